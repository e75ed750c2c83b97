import type { Weather } from './breaker.ts'
import type { OperationState, QueueAction, QueueRow } from './operation.ts'
import type { Operation } from './operation-row.ts'
import type { Blocker } from './queue-view.ts'

/** How a state reads; a new state touches this table and the one in `operation.ts`. */
const words: Record<OperationState, Pick<QueueRow, 'stateWords' | 'tone' | 'actions'>> = {
  queued: { stateWords: 'Waiting for NetBox', tone: 'working', actions: ['edit', 'cancel'] },
  in_flight: { stateWords: 'Writing', tone: 'working', actions: [] },
  ambiguous: { stateWords: 'Waiting for NetBox', tone: 'working', actions: ['retry', 'cancel'] },
  retry_wait: { stateWords: 'Waiting for NetBox', tone: 'working', actions: ['retry', 'edit', 'cancel'] },
  conflict: { stateWords: 'Changed in NetBox too', tone: 'ask', actions: ['choose', 'edit', 'cancel'] },
  needs_human: { stateWords: 'Needs you', tone: 'ask', actions: ['retry', 'edit', 'cancel'] },
  confirmed: { stateWords: 'Confirmed', tone: 'good', actions: [] },
  cancelled: { stateWords: 'Cancelled', tone: 'muted', actions: [] },
  superseded: { stateWords: 'Taken into a later change', tone: 'muted', actions: [] },
}

export function queueRow(operation: Operation, blocker: Blocker | null): QueueRow {
  const row = words[operation.state]
  const itemId = operation.kind.itemId?.(operation.intent) ?? null
  const isPossible = (action: QueueAction) =>
    (action !== 'edit' || itemId !== null) && (action !== 'retry' || blocker === null)
  return {
    id: operation.id,
    operationKey: operation.operationKey,
    kind: operation.kind.kind,
    title: operation.kind.title(operation.intent),
    state: operation.state,
    stateWords: stateWords(operation, blocker),
    tone: row.tone,
    actions: row.actions.filter(isPossible),
    tag: operation.subject,
    itemId,
    why: operation.why,
    conflict: operation.conflict,
    updatedAtMs: operation.updatedAtMs,
  }
}

function stateWords({ state, why, subject }: Operation, blocker: Blocker | null): string {
  if (state === 'needs_human') return `Needs you: ${why ?? ''}`
  if (state === 'conflict' || blocker === null) return words[state].stateWords
  const isOwn = blocker.tag === subject
  if (blocker.kind === 'late')
    return `Waits a few minutes: a lost request ${isOwn ? 'before it' : `about ${blocker.tag}`} may still reach NetBox`
  const first = isOwn ? 'what comes before it' : blocker.tag
  return `Waits for ${first}${blocker.kind === 'stuck' ? ', which needs you' : ''}`
}

/** The queue in one line: "Everything is saved.", "2 waiting for NetBox", "NetBox is away; 3 waiting". */
export function statusWords(queue: {
  weather: Weather
  diskWords: string | null
  waiting: number
  needsHuman: number
}): string {
  const { weather, diskWords, waiting, needsHuman } = queue
  const needs = needsHuman === 0 ? '' : `${needsHuman} ${needsHuman === 1 ? 'needs' : 'need'} you`
  const rest = [`${waiting} waiting`, needs].filter((part) => part !== '').join('; ')
  if (diskWords !== null) return `${diskWords} The queue goes on by itself when there is room. ${rest}`
  if (weather.kind === 'clear') {
    const waits = waiting === 0 ? '' : `${waiting} waiting for NetBox`
    return [waits, needs].filter((part) => part !== '').join(', ') || 'Everything is saved.'
  }
  return weather.kind === 'away' ? `NetBox is away; ${rest}` : `${weather.why} ${rest}`
}
