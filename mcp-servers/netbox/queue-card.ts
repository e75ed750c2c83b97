import type { Outbox } from './outbox/open-outbox.ts'
import type { QueueRow } from './outbox/operation.ts'

/** The queue in words, as a panel shows it. Times are ISO 8601 UTC. */
export interface QueueCard {
  target: string
  words: string
  tone: 'good' | 'working' | 'bad' | 'muted'
  operations: {
    id: string
    title: string
    stateWords: string
    tone: QueueRow['tone']
    tag: string | null
    itemId: string | null
    why: string | null
    conflict: QueueRow['conflict']
    actions: QueueRow['actions']
    undoable: boolean
    updatedAt: string
  }[]
}

const mostShown = 50

/** What needs a person or waits first, then the last that was settled. */
export function queueCard(
  outbox: Pick<Outbox, 'view' | 'status'>,
  canUndo: (operationId: string) => boolean,
): QueueCard {
  const { target, words, weather, waiting, needsHuman } = outbox.status()
  const isTroubled = needsHuman > 0 || (weather.kind !== 'clear' && waiting > 0)
  return {
    target,
    words,
    tone: isTroubled ? 'bad' : waiting > 0 ? 'working' : 'good',
    operations: outbox
      .view()
      .slice(0, mostShown)
      .map((row) => ({
        id: row.id,
        title: row.title,
        stateWords: row.stateWords,
        tone: row.tone,
        tag: row.tag,
        itemId: row.itemId,
        why: row.why,
        conflict: row.conflict,
        actions: row.actions,
        undoable: row.state === 'confirmed' && canUndo(row.id),
        updatedAt: new Date(row.updatedAtMs).toISOString(),
      })),
  }
}
