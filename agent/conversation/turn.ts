import {
  dynamicTool,
  isStepCount,
  jsonSchema,
  type ModelMessage,
  type StopCondition,
  streamText,
  type ToolSet,
} from 'ai'
import { z } from 'zod'
import type { ModelEntry } from '../models/model-entry.ts'
import { brokenOff, describeFailure, emptyAnswer, type ModelFailure } from '../models/model-failure.ts'
import { bounded, type CallOutcome } from '../tools/call-outcome.ts'
import type { Toolbox, ToolCard } from '../tools/toolbox.ts'
import type { MessageWriter, ToolCallPart } from './message-writer.ts'

const stepsMax = 5
const outputTokensMax = 2048
/** Small machines need up to two minutes before the first word. */
const timeouts = { firstChunkMs: 120_000, chunkMs: 60_000, totalMs: 600_000 }
const inputCharactersMax = 2000

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

export interface Turn {
  entry: ModelEntry
  instructions: string
  history: ModelMessage[]
  writer: MessageWriter
  toolbox: Toolbox
  signal: AbortSignal
  /** Called before the transcript shows that a person has to decide; the pending row is on disk when it returns. */
  onWaiting(call: WaitingCall): void
  onAnswer(card: ToolCard, args: Record<string, unknown>, outcome: CallOutcome): void
}

/** One turn of one model: steps of text and tool calls until it is done, waits for a person, is stopped, or fails. Never throws. */
export async function runTurn(turn: Turn): Promise<TurnOutcome> {
  const loop = startLoop(turn)
  const usage: TurnUsage = { inputTokens: null, outputTokens: null, costUsd: 0 }
  let failure: { failure: ModelFailure; error: unknown } | null = null
  let said = false
  try {
    const { stream } = streamText({
      model: turn.entry.model,
      instructions: turn.instructions,
      messages: turn.history,
      tools: loop.tools,
      stopWhen: [isStepCount(stepsMax), loop.isOver],
      toolCallConcurrency: 1,
      maxRetries: 0,
      maxOutputTokens: outputTokensMax,
      abortSignal: turn.signal,
      timeout: timeouts,
      onError: () => {},
    })
    for await (const part of stream) {
      if (part.type === 'text-delta') {
        said ||= part.text.trim() !== ''
        turn.writer.text(part.id, part.text)
      } else if (part.type === 'tool-call') {
        said = true
        loop.show(part.toolCallId, part.toolName, part.input)
      } else if (part.type === 'tool-error') {
        loop.showMisuse(part.toolCallId, part.toolName)
      } else if (part.type === 'finish-step') addUsage(usage, part.usage)
      else if (part.type === 'error') failure = { failure: describeFailure(part.error), error: part.error }
      else if (part.type === 'finish' && isCut(part.finishReason)) {
        failure ??= { failure: brokenOff, error: part.rawFinishReason }
      }
    }
  } catch (error) {
    failure = { failure: describeFailure(error), error }
  }
  if (turn.signal.aborted) return { kind: 'stopped', usage }
  if (!failure && !said) failure = { failure: emptyAnswer, error: null }
  if (failure) return { kind: 'failed', ...failure, nothingSaid: !said, usage }
  return { kind: loop.waits() ? 'waiting' : 'done', usage }
}

function isCut(finishReason: string): boolean {
  return finishReason === 'error' || finishReason === 'interrupted'
}

const argumentsSchema = z.record(z.string(), z.unknown())

/** The tools of one turn. The same call twice ends the loop: a model that repeats itself will go on repeating itself. */
function startLoop(turn: Turn) {
  const { writer, toolbox } = turn
  const asked = new Set<string>()
  let waits = false
  let repeats = false

  const callIdOf = (toolCallId: string) => `${writer.messageId}:${toolCallId}`

  function show(toolCallId: string, name: string, input: unknown): ToolCallPart {
    const callId = callIdOf(toolCallId)
    const shown = writer.call(callId)
    if (shown) return shown.part
    const card = toolbox.card(name)
    const part: ToolCallPart = {
      kind: 'tool-call',
      callId,
      server: card?.server ?? '',
      tool: card?.tool ?? name,
      title: card?.title ?? name,
      input: bounded(JSON.stringify(input ?? {}), inputCharactersMax),
      state: 'running',
      outcome: null,
      itemId: null,
      changeId: null,
      result: null,
    }
    writer.toolCall(part)
    return part
  }

  async function execute(card: ToolCard, toolCallId: string, input: unknown): Promise<string> {
    const part = show(toolCallId, card.name, input)
    const args = argumentsSchema.safeParse(input ?? {})
    const key = `${card.name} ${JSON.stringify(input)}`
    let outcome: CallOutcome
    if (!args.success) outcome = { kind: 'refused', why: 'The arguments must be an object.' }
    else if (asked.has(key)) {
      repeats = true
      outcome = { kind: 'refused', why: 'This was already asked; the answer above stands.' }
    } else {
      asked.add(key)
      const onProgress = (words: string) => writer.toolCall({ ...part, outcome: bounded(words, 160) || null })
      outcome = await toolbox.call(card.name, args.data, { signal: turn.signal, onProgress })
      if (outcome.kind === 'waiting') {
        waits = true
        outcome = { ...outcome, itemId: outcome.itemId ?? itemIdOf(args.data) }
        const { changeId, requestState } = outcome
        turn.onWaiting({ callId: part.callId, card, args: args.data, changeId, requestState })
      }
      turn.onAnswer(card, args.data, outcome)
    }
    writer.toolCall(withOutcome(part, outcome))
    return outcomeText(outcome)
  }

  const tools: ToolSet = Object.fromEntries(
    toolbox.cards.map((card) => [
      card.name,
      dynamicTool({
        description: card.description,
        inputSchema: jsonSchema({ ...card.inputSchema }),
        execute: (input, { toolCallId }) => execute(card, toolCallId, input),
        toModelOutput: ({ output }) => ({ type: 'text', value: String(output) }),
      }),
    ]),
  )
  const isOver: StopCondition<ToolSet> = () => waits || repeats
  return {
    tools,
    isOver,
    show,
    showMisuse(toolCallId: string, name: string): void {
      const part = show(toolCallId, name, {})
      if (part.state === 'running') {
        const why = toolbox.card(name) ? 'The arguments do not fit.' : `There is no tool named ${name}.`
        writer.toolCall({ ...part, state: 'failed', outcome: why })
      }
    },
    waits: () => waits,
  }
}

/** The call as the transcript shows it after `outcome`. */
export function withOutcome(part: ToolCallPart, outcome: CallOutcome): ToolCallPart {
  if (outcome.kind === 'refused') return { ...part, state: 'failed', outcome: outcome.why }
  const facts = {
    itemId: outcome.itemId ?? part.itemId,
    changeId: outcome.changeId ?? part.changeId,
    result: outcome.result ?? part.result,
    outcome: outcome.words,
  }
  if (outcome.kind === 'ended') return { ...part, ...facts, state: outcome.state }
  return { ...part, ...facts, state: outcome.kind === 'waiting' ? 'waiting' : 'done' }
}

/** Gated tools name the item in their arguments; the card is drawn for it while a person decides. */
function itemIdOf(args: Record<string, unknown>): string | null {
  return typeof args.item_id === 'string' ? args.item_id : null
}

function outcomeText(outcome: CallOutcome): string {
  if (outcome.kind === 'answer') return outcome.text
  return outcome.kind === 'refused' ? `Refused: ${outcome.why}` : outcome.words
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
