import type { ChangeRequest, ChangeState, ChangeStep, StepState } from './change-request.ts'

type Tone = 'ask' | 'working' | 'good' | 'bad' | 'muted'

/** A change request in words, as a card or a page shows it. Times are ISO 8601 UTC. */
export interface ChangeCard {
  id: string
  digest: string
  itemId: string | null
  tier: ChangeRequest['tier']
  title: string
  requester: string
  lines: ChangeRequest['lines']
  warnings: string[]
  steps: {
    position: number
    kind: string
    title: string
    optional: boolean
    state: StepState
    outcome: string | null
    /** Position of the step that must be done first, or null. */
    waitsFor: number | null
  }[]
  state: ChangeState
  stateWords: string
  tone: Tone
  approveWords: string
  createdAt: string
  expiresAt: string
  decidedBy: string | null
}

const inState: Record<ChangeState, { words: string; tone: Tone }> = {
  proposed: { words: 'Waiting for your decision', tone: 'ask' },
  approved: { words: 'Approved, about to start', tone: 'working' },
  executing: { words: 'Working', tone: 'working' },
  done: { words: 'Done', tone: 'good' },
  failed: { words: 'Failed', tone: 'bad' },
  unknown: { words: 'It may have happened: please look', tone: 'ask' },
  declined: { words: 'Declined; nothing was done', tone: 'muted' },
  cancelled: { words: 'Taken back; nothing was done', tone: 'muted' },
  expired: { words: 'Expired; nothing was done', tone: 'muted' },
  superseded: { words: 'Replaced by a newer request', tone: 'muted' },
  stale: { words: 'Things changed meanwhile; nothing was done', tone: 'bad' },
}

/** The state in a few sentences: what did and did not happen, as each step tells it. */
export function stateSentence(change: ChangeRequest): string {
  const told = change.steps.map(stepSentence).filter((sentence) => sentence !== '')
  if (change.state === 'done' && told.length > 0) return told.join(' ')
  const why = change.why ? [asSentence(change.why)] : []
  return [asSentence(headWords(change)), ...why, ...told].join(' ')
}

/** "Partly done: 3 done, 1 failed, 2 left out" where several things did not wait for each other. */
function headWords({ state, steps }: ChangeRequest): string {
  const { words } = inState[state]
  if (state === 'failed' && !steps.some((step) => step.state === 'done')) return words
  const head = state === 'failed' ? 'Partly done' : words
  const roots = steps.filter(({ waitsFor }) => waitsFor === null)
  if (roots.length < 2 || !(state === 'failed' || state === 'done' || state === 'unknown')) return head
  const kinds = { done: 'done', failed: 'failed', unknown: 'to look at', 'left-out': 'left out' }
  const counts = Object.entries(kinds).flatMap(([state, words]) => {
    const count = roots.filter((step) => step.state === state).length
    return count === 0 ? [] : [`${count} ${words}`]
  })
  return `${head}: ${counts.join(', ')}`
}

function stepSentence({ state, outcome }: ChangeStep): string {
  return outcome === null || state === 'left-out' ? '' : asSentence(outcome)
}

function asSentence(words: string): string {
  return /[.!?…]$/.test(words) ? words : `${words}.`
}

/** The words of the approving button. */
export function approveWords({ steps }: Pick<ChangeRequest, 'steps'>): string {
  const verbs = new Set(steps.filter(({ state }) => state !== 'left-out').map(({ kind }) => verbOf(kind)))
  const prints = verbs.delete('print')
  if (prints) return verbs.size > 0 ? 'Confirm and print' : 'Print'
  if (verbs.has('call')) return 'Send it once'
  if (verbs.size !== 1 || !verbs.has('create')) return 'Confirm'
  return steps.length === 1 ? 'Create record' : 'Create records'
}

/** `devices.print_label` → `print`. */
function verbOf(kind: string): string {
  return /\.([a-z]+)/.exec(kind)?.[1] ?? kind
}

export function changeCard(change: ChangeRequest): ChangeCard {
  const { id, digest, itemId, tier, title, requester, lines, warnings, state, decidedBy } = change
  const { tone } = inState[state]
  const words = headWords(change)
  return {
    ...{ id, digest, itemId, tier, title, requester, lines, warnings, state, decidedBy, tone },
    steps: change.steps.map(({ position, kind, title, optional, state, outcome, waitsFor }) => ({
      ...{ position, kind, title, optional, state, outcome, waitsFor },
    })),
    stateWords: change.why ? `${words}. ${change.why}` : words,
    approveWords: approveWords(change),
    createdAt: new Date(change.createdAtMs).toISOString(),
    expiresAt: new Date(change.expiresAtMs).toISOString(),
  }
}
