import { generateText, Output } from 'ai'
import { loadPrompt } from '../../prompts/load-prompt.ts'
import type { Clock } from '../clock.ts'
import type { ModelEntry } from '../models/model-entry.ts'
import { describeFailure } from '../models/model-failure.ts'
import { forQuery, type Query } from '../spend/query.ts'
import type { AskedTask } from '../store/route-decisions.ts'
import { type Task, taskOf, tasks } from './intent.ts'

/** The longest that an answer waits for it: a small machine reads the prompt and writes a word in about two seconds. */
export const askDeadlineMs = 5000
const charactersMax = 800
const answers = [...tasks, 'unsure'] as const
/** A word, or the same in the form of a schema: `{"result":"lookup"}`. */
const tokensMax = { word: 8, form: 24 }

export interface TaskQuestion {
  entry: ModelEntry
  text: string
  query: Query
  /** The person stopped the answer. */
  signal: AbortSignal
}

/** Asks a small model, in one short call, which task a message is. Never throws; what is not plainly one task is none. */
export async function askTask(
  { entry, text, query, signal }: TaskQuestion,
  clock: Clock,
): Promise<AskedTask> {
  const prompt = loadPrompt('what-is-asked', { message: JSON.stringify(shortened(text)) })
  const deadline = new AbortController()
  const cancel = clock.after(askDeadlineMs, () => deadline.abort())
  const startedAtMs = clock.nowMs()
  const told = (task: Task | null, trouble: AskedTask['trouble']): AskedTask => ({
    ...{ key: entry.key, name: entry.name, task, trouble, promptHash: prompt.hash },
    elapsedMs: clock.nowMs() - startedAtMs,
  })
  const keepsForm = entry.capabilities?.schema === true
  try {
    const { text: said } = await generateText({
      model: entry.model,
      prompt: prompt.text,
      ...(keepsForm ? { output: Output.choice({ options: [...answers] }) } : {}),
      maxOutputTokens: keepsForm ? tokensMax.form : tokensMax.word,
      reasoning: 'none',
      temperature: 0,
      maxRetries: 0,
      providerOptions: forQuery(query),
      abortSignal: AbortSignal.any([signal, deadline.signal]),
    })
    const task = taskSaid(said)
    return told(task, task === null ? 'unclear' : null)
  } catch (error) {
    if (deadline.signal.aborted) return told(null, 'late')
    return told(null, describeFailure(error).kind === 'wrong-form' ? 'unclear' : 'failed')
  } finally {
    cancel()
  }
}

/** One word and no other. */
function taskSaid(said: string): Task | null {
  const words = (said.toLowerCase().match(/[a-z]+/g) ?? []).filter((word) => word !== 'result')
  return words.length === 1 ? taskOf(words[0] ?? null) : null
}

/** What is asked stands at the beginning or at the end of a long message. */
function shortened(text: string): string {
  if (text.length <= charactersMax) return text
  return `${text.slice(0, charactersMax / 2)} … ${text.slice(-charactersMax / 2)}`
}
