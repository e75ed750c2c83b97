import { ulid } from 'ulid'
import type { Clock } from '../clock.ts'
import type { ChangeView } from '../protocol/changes.ts'
import type { Answer, RequestBody, ResponseValues } from '../protocol.ts'
import type { NoteInAudit } from '../spend/open-spend.ts'
import type { FactProposal, FactProposalsTable } from '../store/fact-proposals.ts'
import type { Fact } from '../store/facts.ts'
import type { LabDatabase } from '../store/lab-database.ts'
import type { CallOutcome } from '../tools/call-outcome.ts'
import type { Asker } from '../tools/toolbox.ts'
import { isSaidIn, readFact } from './fact-text.ts'
import { cloudStep, digestOf, proposalCard } from './proposal-card.ts'

const validForMs = 24 * 60 * 60 * 1000
const openMax = 10
/** A card that is over stays in the chat for so long. */
const endedShownForMs = 60 * 60 * 1000
const endedShownMax = 5

export interface ProposalsDeps {
  database: LabDatabase
  table: FactProposalsTable
  clock: Clock
  audit: NoteInAudit
  readOnly: boolean
  keep(fact: Omit<Fact, 'setAtMs'>): void
  refusalOf(text: string, except: string | null): string | null
}

/** Sentences that somebody asked to remember: shown as cards, and decided by a signed-in person only. */
export interface Proposals {
  propose(sentence: string, asker: Asker): CallOutcome
  outcome(id: string): CallOutcome
  open(): ChangeView[]
  /** Those that ended a moment ago. */
  ended(): ChangeView[]
  card(id: string): ChangeView | null
  decide(body: RequestBody<'change-decide'>, operator: string): Answer<ResponseValues['change-decide']>
  /** After something of them changed. The returned function ends it. */
  onChange(listener: () => void): () => void
  onEnded(listener: (card: ChangeView) => void): () => void
  close(): void
}

export function openProposals(deps: ProposalsDeps): Proposals {
  const { database, table, clock } = deps
  const changeListeners = new Set<() => void>()
  const endListeners = new Set<(card: ChangeView) => void>()
  let cancelTimer = () => {}

  function told(endedIds: string[]): void {
    watch()
    for (const listener of changeListeners) listener()
    for (const id of endedIds) {
      const proposal = table.get(id)
      if (proposal) for (const listener of endListeners) listener(proposalCard(proposal))
    }
  }
  function watch(): void {
    cancelTimer()
    const next = Math.min(...table.open().map(({ expiresAtMs }) => expiresAtMs))
    cancelTimer = Number.isFinite(next) ? clock.after(Math.max(0, next - clock.nowMs()), expire) : () => {}
  }
  function expire(): void {
    const endedAtMs = clock.nowMs()
    const over = table.open().filter(({ expiresAtMs }) => expiresAtMs <= endedAtMs)
    for (const { id, isPrivate } of over)
      table.end({ id, state: 'expired', isPrivate, decidedBy: null, endedAtMs })
    told(over.map(({ id }) => id))
  }
  const end = database.transaction((proposal: FactProposal, state: 'done' | 'declined', who: string) => {
    const { id, text, isPrivate, proposedBy } = proposal
    if (!table.end({ id, state, isPrivate, decidedBy: who, endedAtMs: clock.nowMs() })) return
    if (state === 'done') deps.keep({ id, text, isPrivate, proposedBy, setBy: who })
    else deps.audit({ who, channel: 'facts', what: 'fact-declined', about: id, details: {} })
  })
  watch()

  return {
    propose(sentence, { conversationId, modelName, where, said }) {
      if (deps.readOnly)
        return refused('HWLab is in read-only mode, so nothing can be approved in the chat now.')
      const read = readFact(sentence)
      if (read.kind === 'refused') return read
      const { text } = read
      const why = deps.refusalOf(text, null)
      if (why) return refused(why)
      const open = table.open()
      const same = open.find((one) => one.text === text && one.conversationId === conversationId)
      if (same) return waitingFor(same.id)
      if (open.length >= openMax)
        return refused(`${openMax} sentences wait for the person already. They decide those first.`)
      const id = ulid()
      const createdAtMs = clock.nowMs()
      table.insert({
        ...{ id, text, isPrivate: false, conversationId, state: 'proposed' },
        requester: where === 'commands' ? 'you' : modelName,
        ...{ proposedBy: isSaidIn(text, said) ? null : modelName, decidedBy: null },
        ...{ createdAtMs, expiresAtMs: createdAtMs + validForMs, endedAtMs: null },
      })
      told([])
      return waitingFor(id)
    },
    outcome(id) {
      const proposal = table.get(id)
      if (!proposal) return refused('This sentence does not wait any more.')
      return outcomeOf(proposal)
    },
    open: () => table.open().map(proposalCard),
    ended: () => table.endedSince(clock.nowMs() - endedShownForMs, endedShownMax).map(proposalCard),
    card(id) {
      const proposal = table.get(id)
      return proposal && proposalCard(proposal)
    },
    decide({ changeId, digest, decision, leaveOut }, operator) {
      const proposal = table.get(changeId)
      if (proposal?.state !== 'proposed')
        return refused('This was decided already, or is no longer valid. Reload the page.')
      if (digest !== digestOf(proposal))
        return refused('The sentence is another one by now. Reload the page.')
      if (proposal.expiresAtMs <= clock.nowMs()) {
        expire()
        return refused('This is no longer valid. Ask again.')
      }
      const why = decision === 'approve' ? deps.refusalOf(proposal.text, null) : null
      if (why) return refused(why)
      const state = decision === 'approve' ? 'done' : 'declined'
      end.immediate({ ...proposal, isPrivate: leaveOut.includes(cloudStep) }, state, operator)
      told([changeId])
      return { kind: 'ok', value: { changeId, state } }
    },
    onChange(listener) {
      changeListeners.add(listener)
      return () => changeListeners.delete(listener)
    },
    onEnded(listener) {
      endListeners.add(listener)
      return () => endListeners.delete(listener)
    },
    close: () => cancelTimer(),
  }
}

function refused(why: string): { kind: 'refused'; why: string } {
  return { kind: 'refused', why }
}

function waitingFor(changeId: string): CallOutcome {
  const facts = { changeId, itemId: null, requestState: null, result: null }
  return { kind: 'waiting', words: 'Waiting for your decision.', ...facts }
}

function outcomeOf({ id, state, isPrivate }: FactProposal): CallOutcome {
  if (state === 'proposed') return waitingFor(id)
  const facts = { changeId: id, itemId: null, result: null }
  if (state === 'done') {
    const words = isPrivate ? 'Remembered. It stays on this network.' : 'Remembered.'
    return { kind: 'answer', text: words, words, ...facts }
  }
  const words =
    state === 'declined'
      ? 'Declined: nothing is remembered.'
      : 'Nobody decided in a day: nothing is remembered.'
  return { kind: 'ended', state, words, ...facts }
}
