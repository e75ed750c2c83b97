import type { Weather } from './breaker.ts'
import type { OperationState, QueueRow } from './operation.ts'
import type { Operation } from './operation-row.ts'

/** How a state reads; a new state touches this table and the one in `operation.ts`. */
const words: Record<OperationState, Pick<QueueRow, 'stateWords' | 'tone' | 'actions'>> = {
  queued: { stateWords: 'Waiting for NetBox', tone: 'working', actions: ['cancel'] },
  in_flight: { stateWords: 'Writing', tone: 'working', actions: [] },
  ambiguous: { stateWords: 'Waiting for NetBox', tone: 'working', actions: ['retry'] },
  retry_wait: { stateWords: 'Waiting for NetBox', tone: 'working', actions: ['retry', 'cancel'] },
  conflict: { stateWords: 'Changed in NetBox too', tone: 'ask', actions: ['choose', 'cancel'] },
  needs_human: { stateWords: 'Needs you', tone: 'ask', actions: ['retry', 'cancel'] },
  confirmed: { stateWords: 'Confirmed', tone: 'good', actions: [] },
  cancelled: { stateWords: 'Cancelled', tone: 'muted', actions: [] },
  superseded: { stateWords: 'Taken into a later change', tone: 'muted', actions: [] },
}

export function queueRow(operation: Operation): QueueRow {
  const row = words[operation.state]
  return {
    id: operation.id,
    operationKey: operation.operationKey,
    kind: operation.kind.kind,
    title: operation.kind.title(operation.intent),
    state: operation.state,
    stateWords: operation.state === 'needs_human' ? `Needs you: ${operation.why ?? ''}` : row.stateWords,
    tone: row.tone,
    actions: row.actions,
    tag: operation.subject,
    why: operation.why,
    conflict: operation.conflict,
    updatedAtMs: operation.updatedAtMs,
  }
}

/** The queue in one line: "Everything is saved.", "2 waiting for NetBox", "NetBox is away; 3 waiting". */
export function statusWords(weather: Weather, counts: { waiting: number; needsHuman: number }): string {
  const { waiting, needsHuman } = counts
  const needs = needsHuman === 0 ? '' : `${needsHuman} ${needsHuman === 1 ? 'needs' : 'need'} you`
  if (weather.kind === 'clear') {
    const waits = waiting === 0 ? '' : `${waiting} waiting for NetBox`
    return [waits, needs].filter((part) => part !== '').join(', ') || 'Everything is saved.'
  }
  const rest = [`${waiting} waiting`, needs].filter((part) => part !== '').join('; ')
  return weather.kind === 'away' ? `NetBox is away; ${rest}` : `${weather.why} ${rest}`
}
