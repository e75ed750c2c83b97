import { isStepCount, type ModelMessage, streamText } from 'ai'
import { z } from 'zod'
import type { ModelEntry } from '../models/model-entry.ts'
import {
  brokenOff,
  cutShort,
  describeFailure,
  emptyAnswer,
  type ModelFailure,
  UselessAnswer,
} from '../models/model-failure.ts'
import { forQuery, type Query } from '../spend/query.ts'
import type { CallOutcome } from '../tools/call-outcome.ts'
import type { Toolbox, ToolCard } from '../tools/toolbox.ts'
import type { MessageWriter } from './message-writer.ts'
import { openTurnCalls } from './turn-calls.ts'

const stepsMax = 5
const outputTokensMax = 2048
/** Small machines need up to two minutes before the first word. */
const timeouts = { firstChunkMs: 120_000, chunkMs: 60_000, totalMs: 600_000 }

export interface TurnUsage {
  inputTokens: number | null
  outputTokens: number | null
  costUsd: number
}

export type TurnOutcome =
  | { kind: 'done' | 'waiting' | 'stopped'; usage: TurnUsage }
  /** `nothingSaid`: another model may take over without the person seeing a torn answer. */
  | { kind: 'failed'; failure: ModelFailure; nothingSaid: boolean; error: unknown; usage: TurnUsage }

export interface WaitingCall {
  callId: string
  card: ToolCard
  args: Record<string, unknown>
  changeId: string
  requestState: string | null
}

export interface ToolAnswer {
  card: ToolCard
  args: Record<string, unknown>
  outcome: CallOutcome
}

export interface Turn {
  entry: ModelEntry
  instructions: string
  history: ModelMessage[]
  writer: MessageWriter
  toolbox: Toolbox
  signal: AbortSignal
  /** What its calls are paid for. */
  query: Query
  /** Called before the transcript shows that a person has to decide; the pending row is on disk when it returns. */
  onWaiting(call: WaitingCall): void
  onAnswer(answer: ToolAnswer): void
}

/** One turn of one model: steps of text and tool calls until it is done, waits for a person, is stopped, or fails. Never throws. */
export async function runTurn(turn: Turn): Promise<TurnOutcome> {
  const calls = openTurnCalls(turn)
  const usage: TurnUsage = { inputTokens: null, outputTokens: null, costUsd: 0 }
  let failure: { failure: ModelFailure; error: unknown } | null = null
  let said = false
  let step = -1
  try {
    const { stream } = streamText({
      model: turn.entry.model,
      instructions: turn.instructions,
      messages: turn.history,
      tools: calls.tools,
      stopWhen: [isStepCount(stepsMax), calls.isOver],
      prepareStep: ({ stepNumber }) => calls.beginStep(stepNumber),
      toolCallConcurrency: 1,
      maxRetries: 0,
      maxOutputTokens: outputTokensMax,
      providerOptions: forQuery(turn.query),
      abortSignal: turn.signal,
      timeout: timeouts,
      onError: () => {},
    })
    for await (const part of stream) {
      if (part.type === 'start-step') step += 1
      else if (part.type === 'text-delta') {
        said ||= part.text.trim() !== ''
        turn.writer.text(`${step} ${part.id}`, part.text)
      } else if (part.type === 'tool-call') {
        said = true
        calls.show(calls.callId(step, part.toolCallId), part.toolName, part.input)
      } else if (part.type === 'tool-error') {
        calls.showMisuse(calls.callId(step, part.toolCallId), part.toolName)
      } else if (part.type === 'finish-step') addUsage(usage, part.usage)
      else if (part.type === 'error') failure = { failure: describeFailure(part.error), error: part.error }
      else if (part.type === 'finish' && isCut(part.finishReason)) {
        failure ??= { failure: brokenOff, error: part.rawFinishReason }
      } else if (part.type === 'finish' && part.finishReason === 'length') {
        failure ??= { failure: cutShort, error: new UselessAnswer(cutShort) }
      }
    }
  } catch (error) {
    failure = { failure: describeFailure(error), error }
  }
  if (turn.signal.aborted) return { kind: 'stopped', usage }
  if (!failure && !said) failure = { failure: emptyAnswer, error: null }
  if (failure && said && !(failure.error instanceof UselessAnswer))
    failure = { ...failure, failure: brokenOff }
  if (failure) return { kind: 'failed', ...failure, nothingSaid: !said, usage }
  return { kind: calls.waits() ? 'waiting' : 'done', usage }
}

function isCut(finishReason: string): boolean {
  return finishReason === 'error' || finishReason === 'interrupted'
}

const costSchema = z.object({ cost: z.number().nonnegative() })

function addUsage(
  total: TurnUsage,
  step: { inputTokens: number | undefined; outputTokens: number | undefined; raw?: unknown },
): void {
  if (step.inputTokens !== undefined) total.inputTokens = (total.inputTokens ?? 0) + step.inputTokens
  if (step.outputTokens !== undefined) total.outputTokens = (total.outputTokens ?? 0) + step.outputTokens
  const cost = costSchema.safeParse(step.raw)
  if (cost.success) total.costUsd += cost.data.cost
}
