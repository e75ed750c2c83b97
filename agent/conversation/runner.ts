import { ulid } from 'ulid'
import type { Clock } from '../clock.ts'
import type { ContextKeeper } from '../context/turn-context.ts'
import type { ModelChoice } from '../models/model-entry.ts'
import type { Chunk, Message } from '../protocol/messages.ts'
import { type Attempts, openAttempts } from '../routing/attempts.ts'
import type { Routing } from '../routing/open-routing.ts'
import type { Route } from '../routing/plan-route.ts'
import type { Cost } from '../spend/open-spend.ts'
import type { RunRow } from '../store/runs.ts'
import type { Transcript } from '../store/transcript.ts'
import { withForeign } from '../tools/choose-foreign.ts'
import type { Toolbox } from '../tools/toolbox.ts'
import { openWordsThatLeave } from '../tools/words-that-leave.ts'
import { type ChunkLog, openChunkLog } from './chunk-log.ts'
import { closingNotice, describeAnswer, type StoppedBy } from './closing-words.ts'
import { openLeaving } from './leave-answer.ts'
import { type MessageWriter, startMessage } from './message-writer.ts'
import { toModelMessages } from './model-messages.ts'
import { salvagedIn, wordsOfPerson } from './read-parts.ts'
import { openTornRuns } from './torn-runs.ts'
import { runTurn, stepsMax, type ToolAnswer, type TurnOutcome } from './turn.ts'

export interface RunnerDeps {
  transcript: Transcript
  clock: Clock
  toolbox: Toolbox
  context: ContextKeeper
  routing: Pick<Routing, 'record' | 'noteSalvaged' | 'noteFailure' | 'wishIn' | 'askTask' | 'mayAnswer'>
  /** What a run has cost so far. */
  costOf(runId: string): Cost
  /** Of an answer that did not come to its end. */
  answererOf(row: RunRow): Message['answeredBy']
  /** What the person had HWLab remember, in their words. */
  remembered(): string[]
  onChunk(chunk: Chunk): void
  onAnswer(answer: ToolAnswer, conversationId: string): void
  onModelError(error: unknown, modelKey: string): void
  /** A sentence of ours for trouble that a person can end. */
  excuseFor(error: unknown): string | null
  onFailure(error: unknown): void
}

interface ActiveRun {
  runId: string
  stop: AbortController
  /** Ends one of its tool calls. */
  cancels: Map<string, () => void>
  log: ChunkLog
  why: StoppedBy
  done: Promise<void>
}

export interface Runner {
  /** Writes the run row with `before`, then answers in the background. The row, and what `before` writes, are on disk when it returns. */
  start(run: {
    conversationId: string
    requestId: string | null
    operatorMessage: Message | null
    route: Route
    /** Extra chunks ahead of the answer, and what must be stored with the run. */
    before?: { store(): void; chunks: Chunk['body'][] }
    /** Appended to the history for this turn only. */
    note?: string | null
  }): { runId: string; done: Promise<void> }
  active(conversationId: string): { runId: string; lastSeq: number } | null
  /** Resolves when nothing runs in the conversation. */
  idle(conversationId: string): Promise<void>
  stop(conversationId: string): boolean
  /** false: no such call runs. */
  cancelCall(conversationId: string, callId: string): boolean
  stopAll(): Promise<void>
}

export function openRunner(deps: RunnerDeps): Runner {
  const { transcript, clock } = deps
  const active = new Map<string, ActiveRun>()
  const leavesAnswer = openLeaving(deps)
  const torn = openTornRuns({ ...deps, nowMs: () => clock.nowMs() })
  const wordsThatLeave = openWordsThatLeave((conversationId) =>
    transcript.messages
      .newest(conversationId)
      .flatMap(({ role, parts }) => (role === 'operator' ? parts : []))
      .flatMap((part) => (part.kind === 'text' ? [part.text] : [])),
  )

  async function answer(row: RunRow, attempts: Attempts, run: ActiveRun, note: string | null): Promise<void> {
    const message = emptyAdvisorMessage(row.advisorMessageId, row.startedAtMs)
    const writer = startMessage(message, run.log, () => clock.nowMs())
    const messages = transcript.messages.newest(row.conversationId)
    const history = toModelMessages(messages)
    if (note) history.push({ role: 'user', content: note })
    const query = { queryId: row.id, conversationId: row.conversationId }
    await attempts.readTask((unsure) => deps.routing.askTask(unsure, { query, signal: run.stop.signal }))
    if (attempts.decision().asked) deps.routing.record(attempts.decision())
    const isAsked = attempts.decision().decidedBy === 'override'
    const seen = [JSON.stringify(history), ...deps.remembered()]
    const said = wordsOfPerson(messages)
    const attempt = (entry: ModelChoice['entry']) =>
      runTurn({
        entry,
        history,
        said,
        writer,
        context: deps.context,
        conversationId: row.conversationId,
        stepsMax: isAsked ? stepsMax.asked : stepsMax.usual,
        toolbox: wordsThatLeave(
          withForeign(attempts.tools(deps.toolbox), said.at(-1) ?? '', entry),
          row.conversationId,
        ),
        clock,
        cancels: run.cancels,
        signal: run.stop.signal,
        query,
        onAnswer(given) {
          seen.push(JSON.stringify(given.args), textOf(given.outcome))
          deps.onAnswer(given, row.conversationId)
        },
        onFault: deps.onFailure,
        onWaiting({ callId, card, args, changeId, requestState }) {
          // A crash must not take the call and leave what waits for it.
          run.log.flush()
          transcript.pendingCalls.insert({
            callId,
            changeId,
            conversationId: row.conversationId,
            messageId: message.id,
            partIndex: writer.call(callId)?.index ?? 0,
            modelKey: entry.key,
            server: card.server,
            tool: card.tool,
            arguments: JSON.stringify(args),
            requestState,
            state: 'waiting',
            createdAtMs: clock.nowMs(),
          })
        },
      })

    const next = async (): Promise<TurnOutcome> => {
      const { entry } = attempts.now()
      const from = writer.parts().length
      const outcome = await attempt(entry)
      if (!leavesAnswer(outcome, { attempts, writer, from, seen })) return outcome
      // After a crash it is on record who was asked last.
      deps.routing.record(attempts.decision())
      return next()
    }
    const outcome = await next()
    finish({ row, attempts, outcome, writer, run })
  }

  function finish(end: {
    row: RunRow
    attempts: Attempts
    outcome: TurnOutcome
    writer: MessageWriter
    run: ActiveRun
  }): void {
    const { row, attempts, outcome, writer, run } = end
    const used = attempts.now()
    closingNotice(outcome, run.why, used, writer)
    const elapsedMs = clock.nowMs() - row.startedAtMs
    const answeredBy = describeAnswer(used, outcome, elapsedMs, deps.costOf(row.id))
    const shown = run.why === 'shutdown' ? 'stopped' : outcome.kind
    run.log.append({ kind: 'run-end', messageId: writer.messageId, outcome: shown, answeredBy })
    run.log.flush()
    transcript.together(() => {
      const message = emptyAdvisorMessage(row.advisorMessageId, row.startedAtMs)
      transcript.messages.insert(row.conversationId, { ...message, parts: writer.parts(), answeredBy })
      const state = run.why === 'shutdown' ? 'interrupted' : outcome.kind
      transcript.runs.end(row.id, { state, modelKey: used.entry.key, answeredBy }, clock.nowMs())
      deps.routing.record(attempts.decision())
      deps.routing.noteSalvaged(row.id, salvagedIn(writer.parts()))
      transcript.chunks.remove(row.id)
    })
  }

  return {
    start({ conversationId, requestId, operatorMessage, route, before, note }) {
      torn.mend(conversationId)
      const runId = ulid()
      const startedAtMs = clock.nowMs()
      const row: RunRow = {
        id: runId,
        conversationId,
        requestId,
        operatorMessageId: operatorMessage?.id ?? null,
        advisorMessageId: ulid(),
        modelKey: route.first.entry.key,
        state: 'running',
        startedAtMs,
      }
      const wish = deps.routing.wishIn(conversationId)
      const attempts = openAttempts(route, row, { wish, mayAnswer: deps.routing.mayAnswer })
      transcript.together(() => {
        before?.store()
        if (operatorMessage) transcript.messages.insert(conversationId, operatorMessage)
        transcript.runs.insert(row)
        deps.routing.record(attempts.decision())
        transcript.conversations.touch(conversationId, startedAtMs)
      })
      const log = openChunkLog({
        run: { conversationId, runId },
        chunks: transcript.chunks,
        clock,
        emit: deps.onChunk,
      })
      if (operatorMessage) log.append({ kind: 'message-start', message: operatorMessage })
      for (const body of before?.chunks ?? []) log.append(body)
      const control = { stop: new AbortController(), cancels: new Map(), why: null }
      const run: ActiveRun = { runId, log, done: Promise.resolve(), ...control }
      active.set(conversationId, run)
      run.done = answer(row, attempts, run, note ?? null)
        .catch((error: unknown) => torn.tear(row, log, error))
        .finally(() => active.delete(conversationId))
      return { runId, done: run.done }
    },
    active(conversationId) {
      const run = active.get(conversationId)
      if (!run) return null
      run.log.flush()
      return { runId: run.runId, lastSeq: run.log.lastSeq() }
    },
    async idle(conversationId) {
      for (let run = active.get(conversationId); run; run = active.get(conversationId)) await run.done
    },
    stop(conversationId) {
      const run = active.get(conversationId)
      if (!run) return false
      run.why ??= 'operator'
      run.stop.abort()
      return true
    },
    cancelCall(conversationId, callId) {
      const cancel = active.get(conversationId)?.cancels.get(callId)
      cancel?.()
      return cancel !== undefined
    },
    async stopAll() {
      const runs = [...active.values()]
      for (const run of runs) {
        run.why ??= 'shutdown'
        run.stop.abort()
      }
      await Promise.all(runs.map((run) => run.done))
    },
  }
}

function textOf(outcome: ToolAnswer['outcome']): string {
  if (outcome.kind === 'refused') return outcome.why
  return outcome.kind === 'answer' ? outcome.text : outcome.words
}

function emptyAdvisorMessage(id: string, createdAtMs: number): Message {
  return {
    id,
    role: 'advisor',
    createdAt: new Date(createdAtMs).toISOString(),
    parts: [],
    answeredBy: null,
  }
}
