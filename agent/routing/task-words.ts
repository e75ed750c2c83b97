import type { Task } from './intent.ts'

/** Completes "It reads like …". */
export const tasksInWords: Record<Task, string> = {
  lookup: 'a question about your lab',
  action: 'something to be done',
  plan: 'work in many steps',
  research: 'a question for the web',
  explain: 'a question that needs nothing of your lab',
  chitchat: 'small talk',
}
