import type { RouteView } from '../protocol/routing.ts'
import type { RouteDecision } from '../store/route-decisions.ts'

const decidedByWords: Record<string, string> = {
  override: 'You chose who answers in this conversation.',
  command: 'It was a command.',
  photo: 'It was a photo.',
  cheapest: 'The cheapest model that can was asked first.',
  'no-model': 'No model could be asked.',
  pinned: 'Whoever asks for a change tells how it ended.',
}

/** The decision as a person reads it under the message. */
export function routeView({ decidedBy, models, task }: RouteDecision): RouteView {
  return {
    task,
    canLearn: decidedBy === 'cheapest' || decidedBy === 'override' || decidedBy === 'no-model',
    words: decidedByWords[decidedBy] ?? 'HWLab chose.',
    models: models.map(({ name, words }) => ({ name, words })),
  }
}
