import { describeFailure } from '../model-failure.ts'

const nobodyKinds = ['unreachable', 'overloaded', 'not-a-model-server']

/** Nobody answered, or the key is refused: that says nothing about what the model can do. */
export function isNoAnswer(error: unknown): boolean {
  const { kind, words } = describeFailure(error)
  return nobodyKinds.includes(kind) || (kind === 'refused' && !words.includes('form'))
}
