import { ulid } from 'ulid'
import type { Clock } from '../clock.ts'
import type { ContextKeeper } from '../context/turn-context.ts'
import type { ModelChoice } from '../models/model-entry.ts'
import type { Chunk, Message, Part } from '../protocol.ts'
import { type Attempts, isItsFault, openAttempts } from '../routing/attempts.ts'
import type { Routing } from '../routing/open-routing.ts'
import type { Route } from '../routing/plan-route.ts'
import type { RunRow } from '../store/runs.ts'
import type { Transcript } from '../store/transcript.ts'
import type { Toolbox } from '../tools/toolbox.ts'
import { type ChunkLog, openChunkLog } from './chunk-log.ts'
import { type MessageWriter, startMessage } from './message-writer.ts'
import { toModelMessages } from './model-messages.ts'
import { runTurn, stepsMax, type ToolAnswer, type TurnOutcome, type TurnUsage } from './turn.ts'

export interface RunnerDeps {
  transcript: Transcript
  clock: Clock
  toolbox: Toolbox
  context: ContextKeeper
  routing: Pick<Routing, 'record' | 'noteSalvaged' | 'noteFailure' | 'wishIn' | 'askTask'>
  /** What a run has cost so far, in USD; what is not known yet counts in full. */
  costOf(runId: string): number
  onChunk(chunk: Chunk): void
  onAnswer(answer: ToolAnswer, conversationId: string): void
  onModelError(error: unknown, modelKey: string): void
}

interface ActiveRun {
  runId: string
  stop: AbortController
  /** Ends one of its tool calls. */
  cancels: Map<string, () => void>
  log: ChunkLog
  why: 'operator' | 'shutdown' | null
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

  async function answer(row: RunRow, attempts: Attempts, run: ActiveRun, note: string | null): Promise<void> {
    const message = emptyAdvisorMessage(row.advisorMessageId, row.startedAtMs)
    const writer = startMessage(message, run.log, () => clock.nowMs())
    const messages = transcript.messages.newest(row.conversationId)
    const history = toModelMessages(messages)
    if (note) history.push({ role: 'user', content: note })
    const query = { queryId: row.id, conversationId: row.conversationId }
    await attempts.readTask((unsure) => deps.routing.askTask(unsure, { query, signal: run.stop.signal }))
    const isAsked = attempts.decision().decidedBy === 'override'
    const attempt = (entry: ModelChoice['entry']) =>
      runTurn({
        entry,
        history,
        said: wordsOfPerson(messages),
        writer,
        context: deps.context,
        conversationId: row.conversationId,
        stepsMax: isAsked ? stepsMax.asked : stepsMax.usual,
        toolbox: attempts.tools(deps.toolbox),
        clock,
        cancels: run.cancels,
        signal: run.stop.signal,
        query,
        onAnswer: (given) => deps.onAnswer(given, row.conversationId),
        onWaiting: ({ callId, card, args, changeId, requestState }) =>
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
          }),
      })

    let outcome = await attempt(attempts.now().entry)
    while (outcome.kind === 'failed') {
      const { key } = attempts.now().entry
      deps.onModelError(outcome.error, key)
      if (isItsFault(outcome.failure)) deps.routing.noteFailure(key)
      if (!outcome.nothingSaid || !attempts.escalate(outcome.failure)) break
      outcome = await attempt(attempts.now().entry)
    }
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
    const answeredBy = describeAnswer(used, outcome.usage, elapsedMs, deps.costOf(row.id))
    const shown = run.why === 'shutdown' ? 'stopped' : outcome.kind
    run.log.append({ kind: 'run-end', messageId: writer.messageId, outcome: shown, answeredBy })
    run.log.flush()
    transcript.together(() => {
      const message = emptyAdvisorMessage(row.advisorMessageId, row.startedAtMs)
      transcript.messages.insert(row.conversationId, { ...message, parts: writer.parts(), answeredBy })
      const state = run.why === 'shutdown' ? 'interrupted' : outcome.kind
      transcript.runs.end(row.id, state, used.entry.key, clock.nowMs())
      deps.routing.record(attempts.decision())
      deps.routing.noteSalvaged(row.id, salvagedIn(writer.parts()))
      transcript.chunks.remove(row.id)
    })
  }

  return {
    start({ conversationId, requestId, operatorMessage, route, before, note }) {
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
      const attempts = openAttempts(route, row, deps.routing.wishIn(conversationId))
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
      run.done = answer(row, attempts, run, note ?? null).finally(() => active.delete(conversationId))
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

function emptyAdvisorMessage(id: string, createdAtMs: number): Message {
  return {
    id,
    role: 'advisor',
    createdAt: new Date(createdAtMs).toISOString(),
    parts: [],
    answeredBy: null,
  }
}

function salvagedIn(parts: Part[]): number {
  return parts.filter((part) => part.kind === 'tool-call' && part.origin === 'salvaged').length
}

function wordsOfPerson(messages: Message[]): string[] {
  const parts = messages.flatMap((message) => (message.role === 'operator' ? message.parts : []))
  return parts.flatMap((part) => (part.kind === 'text' ? [part.text] : []))
}

/** Tool calls that were cut off, and one sentence when the answer did not end by itself. */
function closingNotice(
  outcome: TurnOutcome,
  why: ActiveRun['why'],
  used: ModelChoice,
  writer: MessageWriter,
): void {
  writer.endReasoning()
  for (const part of writer.parts()) {
    if (part.kind === 'tool-call' && part.state === 'running')
      writer.toolCall({ ...part, state: 'failed', outcome: 'Stopped before it answered.' })
  }
  if (outcome.kind === 'stopped') writer.notice('muted', stopWords(why))
  else if (outcome.kind === 'failed' && outcome.failure.kind === 'no-money')
    writer.notice('bad', `${used.entry.name} stops here: ${outcome.failure.words}. What it found is above.`)
  else if (outcome.kind === 'failed') {
    const { words } = outcome.failure
    if (writer.parts().every(({ kind }) => kind === 'reasoning')) {
      writer.notice(
        'bad',
        `${used.entry.name} did not answer: ${words}. Choose another model, or send it again.`,
      )
      return
    }
    writer.notice(
      'bad',
      `${used.entry.name} did not finish: ${words}. What is above stands; send it again to go on.`,
    )
  }
}

function stopWords(why: ActiveRun['why']): string {
  return why === 'shutdown' ? 'HWLab was shut down while answering. Ask again.' : 'You stopped this answer.'
}

function describeAnswer(
  used: ModelChoice,
  usage: TurnUsage,
  elapsedMs: number,
  costUsd: number,
): Message['answeredBy'] {
  const { name, where } = used.entry
  const { inputTokens, outputTokens } = usage
  const counts =
    where === 'commands' ? { inputTokens: null, outputTokens: null } : { inputTokens, outputTokens }
  return { model: name, where, why: used.why, ...counts, elapsedMs, costUsd }
}

/** The parts of a call's message with one part replaced. */
export function withPart(parts: Part[], index: number, part: Part): Part[] {
  return parts.map((old, position) => (position === index ? part : old))
}
