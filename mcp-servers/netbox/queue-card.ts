import type { Outbox, QueueStatus } from './outbox/open-outbox.ts'
import type { QueueRow } from './outbox/operation.ts'

export interface QueueOperationCard {
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
}

/** The queue in words, as a panel shows it. Times are ISO 8601 UTC. */
export interface QueueCard {
  target: string
  words: string
  tone: 'good' | 'working' | 'bad' | 'muted'
  standing: QueueStanding
  operations: QueueOperationCard[]
}

interface QueueStanding {
  connectionWords: string
  connectionTone: 'good' | 'bad'
  why: string | null
  since: string | null
  lastContact: string | null
  oldestWaitsSince: string | null
  restWords: string | null
  stuck: number
  hidden: number
  hasEarlier: boolean
}

type CanUndo = (operationId: string) => boolean

const mostShown = 50

/** What needs a person or waits first, then the last that was settled. */
export function queueCard(outbox: Pick<Outbox, 'view' | 'status'>, canUndo: CanUndo): QueueCard {
  const status = outbox.status()
  const { target, words, weather, diskWords, waiting, needsHuman } = status
  const isTroubled = needsHuman > 0 || diskWords !== null || (weather.kind !== 'clear' && waiting > 0)
  const rows = outbox.view()
  const shown = rows.slice(0, mostShown)
  const open = shown.filter(({ state }) => state !== 'confirmed' && state !== 'cancelled').length
  return {
    target,
    words,
    tone: isTroubled ? 'bad' : waiting > 0 ? 'working' : 'good',
    standing: {
      ...connection(status),
      lastContact: iso(status.lastContactMs),
      oldestWaitsSince: iso(status.oldestAtMs),
      restWords: restWords(status.restMs),
      stuck: rows.filter(({ state }) => state === 'needs_human').length,
      hidden: waiting + needsHuman - open,
      hasEarlier: rows.length > shown.length,
    },
    operations: shown.map((row) => operationCard(row, canUndo)),
  }
}

export function operationCard(row: QueueRow, canUndo: CanUndo): QueueOperationCard {
  return {
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
  }
}

function connection({
  target,
  weather,
  diskWords,
}: QueueStatus): Pick<QueueStanding, 'connectionWords' | 'connectionTone' | 'why' | 'since'> {
  if (diskWords !== null)
    return { connectionWords: 'The disk takes nothing', connectionTone: 'bad', why: diskWords, since: null }
  if (weather.kind === 'clear')
    return { connectionWords: `${target} answers`, connectionTone: 'good', why: null, since: null }
  return {
    connectionWords: weather.kind === 'away' ? `${target} is away` : `${target} refuses HWLab`,
    connectionTone: 'bad',
    why: weather.why,
    since: iso(weather.sinceMs),
  }
}

function restWords(restMs: number | null): string | null {
  if (restMs === null) return null
  const minutes = Math.max(Math.round(restMs / 60_000), 1)
  const time = minutes < 90 ? `${minutes} min` : `${Math.round(minutes / 60)} hours`
  return `About ${time} for the rest, at the pace of the last minutes.`
}

function iso(atMs: number | null): string | null {
  return atMs === null ? null : new Date(atMs).toISOString()
}
