import type { Tone } from '../kit/status.tsx'
import type { LabState } from '../lab-state.ts'

/** A number beside a section and what it counts; null when there is nothing to say. */
export interface Count {
  number: number
  tone: Tone
  words: string
}

function counted(number: number, tone: Tone, words: string): Count | null {
  return number === 0 ? null : { number, tone, words }
}

export function itemsCount({ items, changes }: Pick<LabState, 'items' | 'changes'>): Count | null {
  const asking = [...(items ?? []), ...(changes ?? [])].filter(({ tone }) => tone === 'ask').length
  if (asking > 0) return counted(asking, 'ask', `${asking} waiting for you`)
  const working = (items ?? []).filter((item) => item.tone === 'working').length
  return counted(working, 'working', `${working} being worked on`)
}

export function benchCount({ bench }: Pick<LabState, 'bench'>): Count | null {
  const asking = (bench?.printJobs ?? []).filter((job) => job.tone === 'ask').length
  if (asking > 0) return counted(asking, 'ask', `${asking} waiting for you`)
  const bad = (bench?.printers ?? []).filter((printer) => printer.tone === 'bad').length
  return counted(bad, 'bad', `${bad} with trouble`)
}

export function queueCount({ queue }: Pick<LabState, 'queue'>): Count | null {
  const open = (queue?.operations ?? []).filter(
    (operation) => operation.tone !== 'good' && operation.tone !== 'muted',
  )
  const stuck = open.filter((operation) => operation.tone === 'ask' || operation.tone === 'bad').length
  if (stuck > 0) return counted(stuck, 'ask', `${stuck} need you`)
  return counted(open.length, 'working', `${open.length} waiting`)
}

export function driftCount({ drift }: Pick<LabState, 'drift'>): Count | null {
  const open = drift ? drift.findings.length + drift.more : 0
  return counted(open, 'ask', open === 1 ? '1 difference' : `${open} differences`)
}

/** Calls whose cost is not known yet, and caps that are used up or nearly so. */
export function spendCount({ spend }: Pick<LabState, 'spend'>): Count | null {
  if (spend?.tone === 'bad') return counted(1, 'bad', spend.words)
  const open = spend?.calls.filter((call) => call.tone === 'working').length ?? 0
  return counted(open, 'working', `${open} on the way`)
}

export function connectionsCount({ connections }: Pick<LabState, 'connections'>): Count | null {
  const bad = (connections ?? []).filter((connection) => connection.tone === 'bad').length
  return counted(bad, 'bad', `${bad} with trouble`)
}
