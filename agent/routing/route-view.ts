import type { RouteView } from '../protocol/routing.ts'
import type { AskedTask, RouteDecision } from '../store/route-decisions.ts'
import { taskOf } from './intent.ts'
import { tasksInWords } from './task-words.ts'

const decidedByWords: Record<string, string> = {
  override: 'You chose who answers in this conversation.',
  command: 'It was a command.',
  photo: 'It was a photo.',
  cheapest: 'The cheapest model that can was asked first.',
  'no-model': 'No model could be asked.',
  pinned: 'Whoever asks for a change tells how it ended.',
}

/** The decision as a person reads it under the message. */
export function routeView({ decidedBy, models, task, asked }: RouteDecision): RouteView {
  return {
    task,
    canLearn: decidedBy === 'cheapest' || decidedBy === 'override' || decidedBy === 'no-model',
    words: decidedByWords[decidedBy] ?? 'HWLab chose.',
    asked: asked && askedWords(asked),
    models: models
      .filter((model) => !(asked && model.key === asked.key && model.reason === 'low_conf'))
      .map(({ name, reason, words }) => ({ name, words: reason === null ? 'it was asked' : words })),
  }
}

const troubleWords: Record<'late' | 'unclear' | 'failed', string> = {
  late: 'it took too long',
  unclear: 'it could not tell either',
  failed: 'it did not answer',
}

function askedWords({ name, task: said, trouble, elapsedMs, promptHash }: AskedTask): string {
  const task = taskOf(said)
  const answer = task ? `“${tasksInWords[task]}”` : troubleWords[trouble ?? 'unclear']
  const how = `${(elapsedMs / 1000).toFixed(1)} s, what-is-asked.md, version ${promptHash.slice(0, 8)}`
  return `HWLab could not tell what this asks for and had ${name} read it: ${answer} (${how}).`
}
