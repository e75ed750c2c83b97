import {
  isStepCount,
  type ModelMessage,
  type ProviderMetadata,
  streamText,
  type TextStreamPart,
  type ToolSet,
} from 'ai'
import type { Clock } from '../clock.ts'
import type { ContextKeeper, TurnContext, UsedPrompt } from '../context/turn-context.ts'
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
import { withoutReasoning, withPlainFaults } from './model-messages.ts'
import { openTurnCalls, type TurnCalls } from './turn-calls.ts'

/** Of one turn; `asked`: a person chose the model for it. */
export const stepsMax = { usual: 5, asked: 10 } as const
/** Small machines need up to two minutes before the first word. */
const timeouts = { firstChunkMs: 120_000, chunkMs: 60_000 }
const totalMs = 600_000

export interface TurnUsage {
  inputTokens: number | null
  outputTokens: number | null
  /** Of the last step, as the AI SDK names it. */
  finishReason: string | null
  /** Of the last step. */
  prompt: UsedPrompt | null
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
  conversationId: string
  entry: ModelEntry
  context: ContextKeeper
  history: ModelMessage[]
  /** What the person wrote in this conversation. */
  said: string[]
  stepsMax: number
  writer: MessageWriter
  toolbox: Toolbox
  clock: Clock
  /** Ends a running call, by its id. */
  cancels: Map<string, () => void>
  signal: AbortSignal
  /** What its calls are paid for. */
  query: Query
  /** Called before the transcript shows that a person has to decide; the pending row is on disk when it returns. */
  onWaiting(call: WaitingCall): void
  onAnswer(answer: ToolAnswer): void
  /** HWLab itself failed at a call; the model and the person are told so without its details. */
  onFault(error: unknown): void
}

/** One turn of one model: steps of text and tool calls until it is done, waits for a person, is stopped, or fails. Never throws. */
export async function runTurn(turn: Turn): Promise<TurnOutcome> {
  const { entry, toolbox, conversationId } = turn
  const context = turn.context.turn({
    conversationId,
    entry,
    cards: toolbox.cards,
    note: toolbox.note ?? null,
  })
  const calls = openTurnCalls(turn, context.shelf)
  turn.writer.dropReasoning()
  const soFar: SoFar = {
    usage: { inputTokens: null, outputTokens: null, finishReason: null, prompt: null },
    failure: null,
    said: false,
    step: -1,
    messages: turn.history,
  }
  // Again with less, when the server turned out to read less than it said. The second time it is believed.
  while (await wasCut(turn, context, calls, soFar));
  const { usage, failure, said } = soFar
  usage.prompt = context.prompt()
  if (turn.signal.aborted) return { kind: 'stopped', usage }
  if (failure) {
    const isWorded = !said || failure.error instanceof UselessAnswer || failure.failure.kind === 'no-money'
    return {
      kind: 'failed',
      failure: isWorded ? failure.failure : brokenOff,
      error: failure.error,
      nothingSaid: !said,
      usage,
    }
  }
  if (!said) return { kind: 'failed', failure: emptyAnswer, error: null, nothingSaid: true, usage }
  if (calls.waits()) return { kind: 'waiting', usage }
  const notice = calls.repeats()
    ? repeatedWords
    : usage.finishReason === 'tool-calls'
      ? tooManyStepsWords(turn.stepsMax)
      : context.warning(turn.history)
  if (notice) turn.writer.notice('muted', notice)
  return { kind: 'done', usage }
}

interface SoFar {
  usage: TurnUsage
  failure: { failure: ModelFailure; error: unknown } | null
  /** Text or calls that stand. */
  said: boolean
  /** Counts on when the loop begins again. */
  step: number
  messages: ModelMessage[]
}

/** One loop of steps; true: its last step counts for nothing, because the server cut what it was sent. */
async function wasCut(turn: Turn, context: TurnContext, calls: TurnCalls, soFar: SoFar): Promise<boolean> {
  const { writer } = turn
  const stepsBefore = soFar.step + 1
  const made: ModelMessage[] = []
  let isCutStep = false
  let firstPart = 0
  let saidBefore = soFar.said
  const limit = timeLimit(turn.signal)
  try {
    const { stream } = streamText({
      model: turn.entry.model,
      messages: soFar.messages,
      tools: calls.tools,
      stopWhen: [isStepCount(Math.max(1, turn.stepsMax - stepsBefore)), calls.isOver, () => isCutStep],
      prepareStep({ stepNumber, initialMessages, responseMessages }) {
        calls.beginStep(stepsBefore + stepNumber)
        const messages = withoutReasoning([...initialMessages, ...responseMessages])
        const plain = withPlainFaults(messages, calls.whyMisuse)
        return context.prepare(stepsBefore + stepNumber, plain, calls.tools)
      },
      onStepEnd({ usage, toolCalls, response }) {
        isCutStep = context.wasCut(usage.inputTokens ?? null)
        if (!isCutStep || toolCalls.length > 0) made.push(...response.messages)
      },
      toolCallConcurrency: 1,
      maxRetries: 0,
      providerOptions: forQuery(turn.query),
      abortSignal: limit.signal,
      timeout: timeouts,
      onError: () => {},
    })
    for await (const part of stream) {
      if (part.type === 'start-step') {
        soFar.step += 1
        firstPart = writer.parts().length
        saidBefore = soFar.said
      } else if (part.type === 'finish-step' && isCutStep) {
        writer.discardText(firstPart, context.cutWords())
        soFar.said = saidBefore || calls.wereMade()
      }
      takePart(part, calls, writer, soFar)
    }
  } catch (error) {
    soFar.failure = { failure: describeFailure(error), error }
  } finally {
    limit.clear()
  }
  soFar.messages = [...soFar.messages, ...made]
  return isCutStep && !soFar.failure && !turn.signal.aborted && !calls.waits() && stepsBefore === 0
}

/** Node keeps a signal of `AbortSignal.timeout`, and all that listens to it, until its time has come: ten minutes for every answer. */
function timeLimit(stopped: AbortSignal): { signal: AbortSignal; clear(): void } {
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(new DOMException('Too late', 'TimeoutError')), totalMs)
  return { signal: AbortSignal.any([stopped, late.signal]), clear: () => clearTimeout(timer) }
}

function takePart(
  part: TextStreamPart<ToolSet>,
  calls: TurnCalls,
  writer: MessageWriter,
  soFar: SoFar,
): void {
  const { step, usage } = soFar
  if (part.type === 'text-delta') {
    soFar.said ||= part.text.trim() !== ''
    writer.text(`${step} ${part.id}`, part.text)
  } else if (part.type === 'reasoning-delta') {
    writer.reasoning(`${step} ${part.id}`, part.text)
  } else if (part.type === 'reasoning-end') {
    writer.endReasoning()
  } else if (part.type === 'tool-call') {
    soFar.said = true
    const id = calls.callId(step, part.toolCallId)
    calls.show(id, part.toolName, part.input)
    if (isSalvaged(part.providerMetadata)) calls.markSalvaged(id)
  } else if (part.type === 'tool-error') {
    calls.showMisuse(calls.callId(step, part.toolCallId), part.toolName, part.input)
  } else if (part.type === 'finish-step') addUsage(usage, part.usage)
  else if (part.type === 'error') soFar.failure = { failure: describeFailure(part.error), error: part.error }
  else if (part.type === 'finish') {
    usage.finishReason = part.finishReason
    if (isCut(part.finishReason)) soFar.failure ??= { failure: brokenOff, error: part.rawFinishReason }
    else if (part.finishReason === 'length')
      soFar.failure ??= { failure: cutShort, error: new UselessAnswer(cutShort) }
  }
}

/** The armour made this call out of what the model wrote. */
function isSalvaged(metadata: ProviderMetadata | undefined): boolean {
  return metadata?.hwlab?.origin === 'salvaged'
}

const repeatedWords = 'It asked for the same thing twice and was stopped.'
const tooManyStepsWords = (steps: number): string =>
  `It was stopped after ${steps} steps. Say “go on” and it continues.`

function isCut(finishReason: string): boolean {
  return finishReason === 'error' || finishReason === 'interrupted'
}

function addUsage(
  total: Pick<TurnUsage, 'inputTokens' | 'outputTokens'>,
  step: { inputTokens: number | undefined; outputTokens: number | undefined },
): void {
  if (step.inputTokens !== undefined) total.inputTokens = (total.inputTokens ?? 0) + step.inputTokens
  if (step.outputTokens !== undefined) total.outputTokens = (total.outputTokens ?? 0) + step.outputTokens
}
