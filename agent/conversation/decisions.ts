import { z } from 'zod'
import type { ContextKeeper } from '../context/turn-context.ts'
import type { OperatorDesk } from '../operator-desk.ts'
import type { ChangeView } from '../protocol/changes.ts'
import type { Route } from '../routing/plan-route.ts'
import type { PendingCall } from '../store/pending-calls.ts'
import type { Transcript } from '../store/transcript.ts'
import type { CallOutcome } from '../tools/call-outcome.ts'
import type { Toolbox } from '../tools/toolbox.ts'
import { withPart } from './read-parts.ts'
import type { Runner } from './runner.ts'
import { withOutcome } from './turn-calls.ts'

export interface DecisionsDeps {
  transcript: Transcript
  runner: Runner
  toolbox: Toolbox
  context: Pick<ContextKeeper, 'keep'>
  desk: Pick<OperatorDesk, 'change' | 'items' | 'onChangeEnded'>
  /** Who tells how it ended. */
  routeOfEnd(call: Pick<PendingCall, 'conversationId' | 'modelKey'>): Route
  onFailure(error: unknown): void
}

const openStates = new Set<ChangeView['state']>(['proposed', 'approved', 'executing'])
const argumentsSchema = z.record(z.string(), z.unknown())

/**
 * When a change request ends, the call that asked for it gets its outcome and a model tells the person in a new
 * short turn. Everything it needs is in `pending_calls`, so it goes on after any restart.
 */
export interface Decisions {
  /** Goes on with what was left open by an earlier process. */
  resume(): void
  /** Finds calls whose change ended before they were known to wait. */
  check(): void
  close(): Promise<void>
}

export function openDecisions(deps: DecisionsDeps): Decisions {
  const { transcript, runner, desk } = deps
  const working = new Map<string, Promise<void>>()
  let isClosed = false

  const stopListening = desk.onChangeEnded((change) => {
    for (const call of transcript.pendingCalls.byChange(change.id)) begin(call, change)
  })

  function begin(call: PendingCall, change: ChangeView | null): void {
    if (working.has(call.callId) || isClosed) return
    const work = goOn(call, change)
      .catch(deps.onFailure)
      .finally(() => working.delete(call.callId))
    working.set(call.callId, work)
  }

  async function goOn(call: PendingCall, change: ChangeView | null): Promise<void> {
    const successor = change ? successorOf(change) : null
    if (successor) {
      follow(call, successor.id)
      return
    }
    const args = argumentsSchema.parse(JSON.parse(call.arguments))
    const outcome = await deps.toolbox.resume({ server: call.server, tool: call.tool, args }, call)
    const ended = outcome.kind === 'refused' && change ? outcomeOf(change) : outcome
    if (ended.kind !== 'waiting') await tell(call, ended)
  }

  /** The outcome goes on disk with the run that tells it: a crash leaves both or neither. */
  async function tell(call: PendingCall, outcome: CallOutcome | null): Promise<void> {
    // Others may have waited for the same answer to end; one of them begins, and the rest wait for that one.
    while (runner.active(call.conversationId)) await runner.idle(call.conversationId)
    if (isClosed) return
    if (transcript.pendingCalls.state(call.callId) !== (outcome ? 'waiting' : 'settled')) return
    const shown = shownIn(call)
    const part = shown && (outcome ? withOutcome(shown.part, outcome) : shown.part)
    const { messageId, partIndex, conversationId, callId } = call
    const { done } = runner.start({
      ...{ conversationId, requestId: null, operatorMessage: null },
      route: deps.routeOfEnd(call),
      before: {
        store() {
          transcript.pendingCalls.move(callId, 'waiting', 'settled')
          if (shown && part)
            transcript.messages.setParts(messageId, withPart(shown.message.parts, partIndex, part))
          if (outcome?.kind !== 'answer') return
          deps.context.keep({ conversationId, callId, text: outcome.text, line: outcome.words })
        },
        chunks: part ? [{ kind: 'part-set', messageId, partIndex, part }] : [],
      },
      note: decisionNote(part?.title ?? call.tool, part ? part.outcome : outcome && wordsOf(outcome)),
    })
    await done
    if (!isClosed) transcript.pendingCalls.move(call.callId, 'settled', 'told')
  }

  /** null: a crash took its message, or the last moment of it. */
  function shownIn({ messageId, partIndex, callId }: PendingCall) {
    const message = transcript.messages.get(messageId)
    const part = message?.parts[partIndex]
    return message && part?.kind === 'tool-call' && part.callId === callId ? { message, part } : null
  }

  /** Editing a field on the card files a newer request for the same item: the call waits for that one. */
  function successorOf(change: ChangeView): ChangeView | null {
    if (change.state !== 'superseded' || !change.itemId) return null
    const newer = desk.items().find((item) => item.id === change.itemId)?.change
    return newer && newer.id !== change.id && openStates.has(newer.state) ? newer : null
  }

  function follow(call: PendingCall, changeId: string): void {
    transcript.together(() => {
      transcript.pendingCalls.follow(call.callId, changeId)
      const shown = shownIn(call)
      if (!shown) return
      const { message, part } = shown
      transcript.messages.setParts(message.id, withPart(message.parts, call.partIndex, { ...part, changeId }))
    })
  }

  function check(): void {
    for (const call of transcript.pendingCalls.inState('waiting')) {
      const change = desk.change(call.changeId)
      if (change && !openStates.has(change.state)) begin(call, change)
    }
  }

  return {
    check,
    resume() {
      for (const call of transcript.pendingCalls.inState('settled')) {
        const work = runner
          .idle(call.conversationId)
          .then(() => tell(call, null))
          .catch(deps.onFailure)
          .finally(() => working.delete(call.callId))
        working.set(call.callId, work)
      }
      check()
    },
    async close() {
      isClosed = true
      stopListening()
      await Promise.all(working.values())
    },
  }
}

/** How a decision is put to a model whose last message is not the call itself; Commands reads it back. */
export function decisionNote(title: string, outcome: string | null): string {
  const words = (outcome ?? 'It ended.').replace(/\s+/g, ' ')
  return `[decided ${JSON.stringify(title)}]\n${words}\nTell the person in one or two sentences; ask for nothing.`
}

function wordsOf(outcome: CallOutcome): string {
  return outcome.kind === 'refused' ? outcome.why : outcome.words
}

const endedAs: Partial<Record<ChangeView['state'], 'failed' | 'declined' | 'expired'>> = {
  declined: 'declined',
  cancelled: 'declined',
  expired: 'expired',
  superseded: 'expired',
}

/** What the desk knows, when the server cannot say more. */
function outcomeOf(change: ChangeView): CallOutcome {
  const facts = { words: change.stateWords, changeId: change.id, itemId: change.itemId, result: null }
  if (change.state === 'done') return { kind: 'answer', text: change.stateWords, ...facts }
  return { kind: 'ended', state: endedAs[change.state] ?? 'failed', ...facts }
}
