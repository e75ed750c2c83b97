import { createHash } from 'node:crypto'
import type { ChangeView } from '../protocol/changes.ts'
import type { FactProposal } from '../store/fact-proposals.ts'

/** Of the card's steps: the one that a person may leave out. */
export const cloudStep = 1

/** What a person agrees to: this very sentence, from there. */
export function digestOf({ id, text, proposedBy }: FactProposal): string {
  return createHash('sha256')
    .update(JSON.stringify([id, text, proposedBy]))
    .digest('hex')
}

const inState = {
  proposed: { words: 'Waiting for your decision', tone: 'ask' },
  done: { words: 'Remembered', tone: 'good' },
  declined: { words: 'Declined; nothing is remembered', tone: 'muted' },
  expired: { words: 'Expired; nothing is remembered', tone: 'muted' },
} as const

/** A sentence to remember as the card in the chat shows it. */
export function proposalCard(proposal: FactProposal): ChangeView {
  const { id, text, proposedBy, requester, state, isPrivate } = proposal
  const origin = proposedBy === null ? 'You, in this conversation' : `${proposedBy}, in words of its own`
  const isOpen = state === 'proposed'
  const stepFacts = { optional: false, outcome: null, waitsFor: null }
  const kept = isOpen ? 'waiting' : state === 'done' ? 'done' : 'left-out'
  return {
    ...{ id, digest: digestOf(proposal), itemId: null, tier: 'write', requester },
    title: 'Remember this sentence',
    lines: [
      { label: 'Sentence', before: null, after: text },
      { label: 'From', before: null, after: origin },
    ],
    warnings:
      proposedBy === null
        ? []
        : [
            `You did not write this sentence: ${proposedBy} did, perhaps after reading a label or a web page. Read it word by word.`,
          ],
    steps: [
      {
        ...stepFacts,
        position: 0,
        kind: 'facts.remember',
        title: 'Keep it for every conversation',
        state: kept,
      },
      {
        ...{ ...stepFacts, position: cloudStep, kind: 'facts.tell_cloud', optional: true, waitsFor: 0 },
        title: 'Tell it to models in the cloud as well',
        state: kept === 'done' && isPrivate ? 'left-out' : kept,
      },
    ],
    state,
    stateWords: inState[state].words,
    tone: inState[state].tone,
    approveWords: 'Remember',
    createdAt: new Date(proposal.createdAtMs).toISOString(),
    expiresAt: new Date(proposal.expiresAtMs).toISOString(),
    decidedBy: proposal.decidedBy,
  }
}
