import type { Undo } from '../outbox/operation.ts'
import { type MovePart, placeWords } from './move-intent.ts'

/** Leaving a bay removes the module's record there, so it is asked about like every removal. */
export function tierOf({ from }: MovePart): Undo['tier'] {
  return from.kind === 'bay' ? 'bulk-or-destructive' : 'write'
}

export function movedBack({ part, from, to }: MovePart): Undo {
  const back: MovePart = { part, from: to, to: from.kind === 'bay' ? { ...from, isNew: false } : from }
  return {
    kind: 'move_part',
    intent: back,
    lines: [{ label: 'Place', before: placeWords(to), after: placeWords(from) }],
    tier: tierOf(back),
  }
}
