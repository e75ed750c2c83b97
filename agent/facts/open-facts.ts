import type { ModelMessage } from 'ai'
import { ulid } from 'ulid'
import type { Clock } from '../clock.ts'
import type { ModelEntry } from '../models/model-entry.ts'
import type { FactsView } from '../protocol/facts.ts'
import type { Answer, RequestBody } from '../protocol.ts'
import type { NoteInAudit } from '../spend/open-spend.ts'
import { factProposalsTable } from '../store/fact-proposals.ts'
import { type Fact, factsTable } from '../store/facts.ts'
import type { LabDatabase } from '../store/lab-database.ts'
import { readFact } from './fact-text.ts'
import { factLines, withoutTexts } from './for-models.ts'
import { openProposals, type Proposals } from './proposals.ts'

const factsMax = 100
/** Deleted long ago, and hardly in a history that is still sent. */
const withheldMax = 300

export interface FactsDeps {
  database: LabDatabase
  clock: Clock
  audit: NoteInAudit
  readOnly: boolean
}

/** What a person had HWLab remember. Nothing gets in without a signed-in person. */
export interface Facts {
  proposals: Proposals
  view(): FactsView
  add(body: RequestBody<'fact-add'>, operator: string): Answer<{ words: string }>
  edit(body: RequestBody<'fact-edit'>, operator: string): Answer<{ words: string }>
  forget(body: RequestBody<'fact-forget'>, operator: string): Answer<{ words: string }>
  /** As a model gets them; `roomTokens` are estimated. */
  lines(of: { where: ModelEntry['where']; roomTokens: number }): string[]
  /** Private facts taken out of a history that leaves this network. */
  withhold(messages: ModelMessage[], where: ModelEntry['where']): ModelMessage[]
  /** The returned function ends it. */
  onChange(listener: () => void): () => void
  close(): void
}

export function openFacts({ database, clock, audit, readOnly }: FactsDeps): Facts {
  const table = factsTable(database)
  const proposalsTable = factProposalsTable(database)
  const listeners = new Set<() => void>()
  function told(): void {
    for (const listener of listeners) listener()
  }
  /** Why this sentence cannot be one more fact, or `except` changed to it; null: it can. */
  function refusalOf(text: string, except: string | null): string | null {
    const others = table.all().filter(({ id }) => id !== except)
    if (others.some((fact) => fact.text.toLowerCase() === text.toLowerCase()))
      return 'HWLab remembers this already.'
    return others.length >= factsMax
      ? `HWLab remembers ${factsMax} sentences, and that is all it can. Delete one first.`
      : null
  }
  const put = database.transaction((fact: Fact, what: string) => {
    table.put(fact)
    const { id, setBy, text, isPrivate, proposedBy } = fact
    audit({ who: setBy, channel: 'facts', what, about: id, details: { text, isPrivate, proposedBy } })
  })
  const keep = (fact: Omit<Fact, 'setAtMs'>) => put({ ...fact, setAtMs: clock.nowMs() }, 'fact-remembered')
  const proposals = openProposals({
    ...{ database, clock, audit, readOnly, keep, refusalOf },
    table: proposalsTable,
  })
  const stopProposals = proposals.onChange(told)

  return {
    proposals,
    view() {
      const facts = table.all()
      return {
        facts: facts.map(({ id, text, isPrivate, proposedBy, setBy, setAtMs }) => ({
          ...{ id, text, isPrivate, setBy },
          originWords: proposedBy === null ? 'in your words' : `in words of ${proposedBy}`,
          setAt: new Date(setAtMs).toISOString(),
        })),
        roomWords: `${facts.length} of ${factsMax}`,
      }
    },
    add({ text: written, isPrivate }, operator) {
      const read = readFact(written)
      if (read.kind === 'refused') return read
      const why = refusalOf(read.text, null)
      if (why) return { kind: 'refused', why }
      keep({ id: ulid(), text: read.text, isPrivate, proposedBy: null, setBy: operator })
      told()
      return { kind: 'ok', value: { words: 'Remembered.' } }
    },
    edit({ factId, text: written, isPrivate }, operator) {
      const before = table.all().find(({ id }) => id === factId)
      if (!before) return gone
      const read = readFact(written)
      if (read.kind === 'refused') return read
      const why = refusalOf(read.text, factId)
      if (why) return { kind: 'refused', why }
      const proposedBy = read.text === before.text ? before.proposedBy : null
      const fact = { id: factId, text: read.text, isPrivate, proposedBy, setBy: operator }
      put.immediate({ ...fact, setAtMs: clock.nowMs() }, 'fact-changed')
      told()
      return { kind: 'ok', value: { words: 'Changed.' } }
    },
    forget({ factId }, operator) {
      if (!table.all().some(({ id }) => id === factId)) return gone
      database.transaction(() => {
        table.remove(factId)
        audit({ who: operator, channel: 'facts', what: 'fact-forgotten', about: factId, details: {} })
      })()
      told()
      return { kind: 'ok', value: { words: 'Forgotten.' } }
    },
    lines: (of) => factLines(table.all(), of),
    withhold(messages, where) {
      if (where !== 'cloud') return messages
      const kept = table.all().flatMap(({ isPrivate, text }) => (isPrivate ? [text] : []))
      return withoutTexts(messages, [...kept, ...proposalsTable.withheldTexts(withheldMax)])
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close() {
      stopProposals()
      proposals.close()
    },
  }
}

const gone: Answer<never> = { kind: 'refused', why: 'HWLab does not remember this any more.' }
