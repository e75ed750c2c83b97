import type { StepExecutor, StepOutcome } from '../approval/change-request.ts'
import { type Refusal, refused } from '../serving/tool.ts'
import { callPayloadSchema, callStepKind } from './call-plan.ts'
import type { ForeignCall, ForeignCallState, ForeignCalls, WishedCall } from './foreign-calls.ts'
import type { CallEnd, CallWatch } from './foreign-client.ts'
import type { ForeignServer, ForeignTool } from './foreign-server.ts'
import { plainText } from './plain-text.ts'
import { boundedText, readSaid } from './said.ts'
import type { Policy } from './tool-policies.ts'

export interface CallingSeams {
  calls: ForeignCalls
  server(name: string): ForeignServer | null
  tool(server: string, tool: string): ForeignTool | null
  policy(tool: ForeignTool): Policy
  /** Takes out of a text what only HWLab may know. */
  conceal(text: string): string
  report(stepId: string, outcome: StepOutcome): void
  note(entry: { who: string; what: string; about: string; details: Record<string, unknown> }): void
  changed(): void
}

/** Sends calls, each at most once: the row says `sending` before a byte goes out. */
export interface Calling {
  executor: StepExecutor
  /** A tool that a person allowed. */
  callNow(wish: WishedCall, watch: CallWatch): Promise<ForeignCall>
  /** A person has looked whether it happened. */
  settle(callId: string, happened: boolean, operator: string): { kind: 'ok' } | Refusal
  idle(): Promise<void>
  close(): Promise<void>
}

export function openCalling(seams: CallingSeams): Calling {
  const { calls } = seams
  const stop = new AbortController()
  const working = new Set<Promise<void>>()

  for (const { id } of calls.inState('sending'))
    calls.move(id, { from: 'sending', to: 'unknown', words: 'HWLab stopped while this was being sent.' })

  /** The row is `sending`. */
  async function send(id: string, { signal, onProgress }: CallWatch): Promise<ForeignCall> {
    const call = mustGet(calls, id)
    const server = seams.server(call.server)
    const args: Record<string, unknown> = JSON.parse(call.arguments)
    const end: CallEnd = server
      ? await server.call(call.tool, args, { signal: AbortSignal.any([signal, stop.signal]), onProgress })
      : { kind: 'not-sent', why: 'It is not in the file any more, so nothing was sent.' }
    const change = changeOf(call.server, end, seams.conceal)
    calls.move(id, { from: 'sending', ...change })
    const { stepId, tool } = call
    const details = { server: call.server, tool, stepId, words: change.words }
    seams.note({ who: 'hwlab', what: `call ${change.to}`, about: id, details })
    tell(id)
    seams.changed()
    return mustGet(calls, id)
  }

  function tell(id: string): void {
    const call = calls.get(id)
    const outcome = call && outcomeOf(call)
    if (call?.stepId && outcome) seams.report(call.stepId, outcome)
  }

  async function goOn(stepId: string): Promise<void> {
    const call = calls.ofStep(stepId)
    if (!call) return
    if (call.state !== 'queued') return tell(call.id)
    await seams.server(call.server)?.settled
    if (stop.signal.aborted) return
    const watch = { signal: stop.signal, onProgress() {} }
    if (calls.move(call.id, { from: 'queued', to: 'sending', words: '' })) await send(call.id, watch)
  }

  function work(job: Promise<void>): void {
    working.add(job)
    void job.finally(() => working.delete(job))
  }

  return {
    executor: {
      kind: callStepKind,
      async recheck(payload) {
        const parsed = callPayloadSchema.safeParse(payload)
        if (!parsed.success) return stale('The call cannot be read. Ask for it again.')
        const { server, tool, fingerprint } = parsed.data
        if (!seams.server(server)) return stale(`${server} is not in the file any more, so nothing was sent.`)
        const now = seams.tool(server, tool)
        if (!now) return stale(`${server} is away, or does not offer this any more, so nothing was sent.`)
        if (now.fingerprint !== fingerprint)
          return stale(
            `${server} changed this tool meanwhile, so nothing was sent. Ask for it again and look.`,
          )
        if (seams.policy(now) === 'never')
          return stale('You do not allow this tool any more; nothing was sent.')
        return { kind: 'fresh' }
      },
      begin(stepId, payload) {
        calls.queue(callPayloadSchema.parse(payload), stepId)
        queueMicrotask(() => work(goOn(stepId)))
      },
    },
    async callNow(wish, watch) {
      const id = calls.beginAllowed(wish)
      return send(id, watch)
    },
    settle(callId, happened, operator) {
      const to = happened ? 'happened' : 'not-happened'
      const words = happened ? `It happened, says ${operator}.` : `It did not happen, says ${operator}.`
      if (!calls.move(callId, { from: 'unknown', to, words }))
        return refused('This call is not open any more. Look at it again.')
      seams.note({ who: `operator:${operator}`, what: `call ${to}`, about: callId, details: { words } })
      tell(callId)
      seams.changed()
      return { kind: 'ok' }
    },
    async idle() {
      await Promise.resolve()
      while (working.size > 0) await Promise.all(working)
    },
    async close() {
      stop.abort()
      await Promise.all(working)
    },
  }
}

function changeOf(
  server: string,
  end: CallEnd,
  conceal: (text: string) => string,
): { to: ForeignCallState; words: string; said: string | null } {
  if (end.kind === 'answer') {
    const { isError, text } = readSaid(end.result, conceal)
    return isError
      ? { to: 'error', words: `${server} reported an error.`, said: text }
      : { to: 'answered', words: `${server} answered.`, said: text }
  }
  if (end.kind === 'error')
    return {
      to: 'error',
      words: `${server} refused the call.`,
      said: boundedText(conceal(plainText(end.said))),
    }
  return { to: end.kind, words: `${server}: ${end.why}`, said: null }
}

/** What the approved step is told; null while the call is on its way. */
function outcomeOf({ state, words, server }: ForeignCall): StepOutcome | null {
  const outcomes: Record<ForeignCallState, StepOutcome | null> = {
    queued: null,
    sending: null,
    answered: { kind: 'done', words },
    happened: { kind: 'done', words },
    error: { kind: 'failed', words },
    'not-sent': { kind: 'failed', words },
    'not-happened': { kind: 'failed', words },
    unknown: { kind: 'unknown', words: `${words} Look at ${server} whether it happened.` },
  }
  return outcomes[state]
}

function stale(why: string): { kind: 'stale'; why: string } {
  return { kind: 'stale', why }
}

function mustGet(calls: ForeignCalls, id: string): ForeignCall {
  const call = calls.get(id)
  if (!call) throw new Error(`There is no call ${id}`)
  return call
}
