import type { Clock } from '../clock.ts'
import type { ModelEntry } from '../models/model-entry.ts'
import type { MemoryResponses, MemoryView } from '../protocol/memory.ts'
import type { Answer, RequestBody } from '../protocol.ts'
import type { NoteInAudit } from '../spend/open-spend.ts'
import type { LabDatabase } from '../store/lab-database.ts'
import { memoryWorkTable } from '../store/memory-work.ts'
import type { Transcript } from '../store/transcript.ts'
import { compactWhenWorthIt, isCompactDue } from './compact.ts'
import { memoryView } from './memory-view.ts'
import type { TableSize } from './read-table-sizes.ts'
import { openRetention, retentionRules } from './retention.ts'
import { inSlices } from './slices.ts'
import { writeSummary } from './summary-writer.ts'
import { tableSizes } from './table-sizes.ts'

const firstAfterMs = 60_000
const everyMs = 60 * 60_000
const dayMs = 24 * 60 * 60_000

export interface MemoryDeps {
  database: LabDatabase
  transcript: Transcript
  clock: Clock
  /** A model that costs nothing and stays on this network. */
  localModel(): ModelEntry | null
  /** The text without what is told to no model in the cloud. */
  withoutPrivate(text: string): string
  /** A decision about one of its items waits. */
  hasOpenRequest(conversationId: string): boolean
  /** Nobody waits for an answer, just had one, or waits for something to be saved. */
  isIdle(): boolean
  audit: NoteInAudit
  onChange(): void
  onModelError(error: unknown, modelKey: string): void
  onError(error: unknown): void
}

/** What HWLab keeps and what it lets go: once an hour, in small slices. */
export interface Memory {
  view(): MemoryView
  sizes(): readonly TableSize[]
  setRule(body: RequestBody<'retention-set'>, operator: string): Answer<MemoryResponses['retention-set']>
  /** Does now what is done every hour. */
  tidyNow(): Answer<MemoryResponses['memory-tidy']>
  /** Begins the hourly work. */
  begin(): void
  close(): Promise<void>
}

export function openMemory(deps: MemoryDeps): Memory {
  const { database, transcript, clock } = deps
  const retention = openRetention(database)
  const work = memoryWorkTable(database)
  const stop = new AbortController()
  let sizes: TableSize[] = []
  let working: Promise<void> | null = null
  let cancelNext: (() => void) | null = null

  async function summarise(untilMs: number): Promise<number> {
    const passedOver = new Set<string>()
    let summaries = 0
    while (!stop.signal.aborted) {
      const found = transcript.conversations
        .idle(untilMs, passedOver.size + 1)
        .find(({ id }) => !passedOver.has(id))
      if (!found) break
      passedOver.add(found.id)
      if (!deps.hasOpenRequest(found.id) && (await summariseOne(found))) summaries += 1
    }
    return summaries
  }
  async function summariseOne(found: { id: string; updatedAtMs: number }): Promise<boolean> {
    const page = (fromIndex: number, count: number) => transcript.messages.page(found.id, fromIndex, count)
    const summary = await writeSummary(found.id, page, {
      ...deps,
      localModel: () => (deps.isIdle() ? deps.localModel() : null),
      signal: stop.signal,
    })
    if (stop.signal.aborted) return false
    return transcript.together(() => {
      const now = transcript.conversations.get(found.id)
      // Somebody went on with it, or pinned it, while the summary was being written.
      if (now?.updatedAtMs !== found.updatedAtMs || now.pinnedAtMs !== null) return false
      transcript.messages.beginWith(found.id, summary)
      return true
    })
  }

  async function tidy(): Promise<void> {
    const nowMs = clock.nowMs()
    let summaries = 0
    let rows = 0
    for (const rule of retentionRules) {
      const days = retention.days(rule)
      if (days === null) continue
      const untilMs = nowMs - days * dayMs
      if (rule.sql === null) summaries += await summarise(untilMs)
      else rows += await inSlices((count) => retention.deleteSlice(rule, untilMs, count), stop.signal)
    }
    await inSlices((count) => transcript.messages.removeSummarised(count), stop.signal)
    if (stop.signal.aborted) return
    work.put('tidy', clock.nowMs(), tidiedWords(summaries, rows))
    if (isCompactDue(work.last('compact')?.atMs ?? null, nowMs) && deps.isIdle())
      work.put('compact', clock.nowMs(), compactWhenWorthIt(database))
    sizes = await tableSizes(database)
  }
  function start(): void {
    cancelNext?.()
    cancelNext = null
    if (working || stop.signal.aborted) return
    working = tidy()
      .catch(deps.onError)
      .finally(() => {
        working = null
        if (stop.signal.aborted) return
        cancelNext = clock.after(everyMs, start)
        deps.onChange()
      })
    deps.onChange()
  }

  return {
    view: () => memoryView({ retention, work, sizes, database, isWorking: working !== null }),
    sizes: () => sizes,
    setRule({ name, days }, operator) {
      const rule = retentionRules.find((one) => one.name === name)
      if (!rule) return { kind: 'refused', why: 'HWLab keeps nothing of that name. Reload the page.' }
      const before = retention.days(rule)
      transcript.together(() => {
        retention.set(rule, days)
        const details = { days, before }
        deps.audit({ who: operator, channel: 'memory', what: 'retention set', about: name, details })
      })
      deps.onChange()
      return { kind: 'ok', value: { words: 'Saved. It is done within the hour.' } }
    },
    tidyNow() {
      start()
      return { kind: 'ok', value: { words: 'HWLab tidies up now, beside other work.' } }
    },
    begin() {
      cancelNext = clock.after(firstAfterMs, start)
      tableSizes(database)
        .then((found) => {
          sizes = found
          if (!stop.signal.aborted) deps.onChange()
        })
        .catch(deps.onError)
    },
    async close() {
      stop.abort()
      cancelNext?.()
      await working
    },
  }
}

function tidiedWords(summaries: number, rows: number): string {
  if (summaries + rows === 0) return 'Nothing was old enough.'
  const made =
    summaries === 1 ? '1 conversation became a summary' : `${summaries} conversations became summaries`
  const gone = rows === 1 ? '1 old row went' : `${rows} old rows went`
  return [summaries > 0 ? [made] : [], rows > 0 ? [gone] : []].flat().join(', ').concat('.')
}
