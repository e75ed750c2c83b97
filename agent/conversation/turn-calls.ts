import { dynamicTool, jsonSchema, type StopCondition, type ToolSet } from 'ai'
import { z } from 'zod'
import { moreOfResult, moreOfResultSchema } from '../context/more-of-result.ts'
import type { ResultShelf } from '../context/result-shelf.ts'
import { misfitWords } from '../routing/verify-answer.ts'
import { bounded, type CallOutcome } from '../tools/call-outcome.ts'
import type { Toolbox, ToolCard } from '../tools/toolbox.ts'
import type { MessageWriter, ToolCallPart } from './message-writer.ts'
import { summaryOpening } from './model-messages.ts'
import { openToolJob } from './tool-job.ts'
import type { Turn } from './turn.ts'

const inputCharactersMax = 2000
const faultWords = 'HWLab could not carry it out, and what it did by then is not known. The log says more.'
const argumentsSchema = z.record(z.string(), z.unknown())
/** Of an answer that somebody else's server gave; the rest is on the shelf. */
const foreignTokensMax = 600

/** The tool calls of one turn: carried out over MCP, shown in the message, and ended when a model repeats itself. */
export interface TurnCalls {
  tools: ToolSet
  /** A person has to decide, or the same call came twice. */
  isOver: StopCondition<ToolSet>
  beginStep(stepNumber: number): undefined
  /** Ours, because servers repeat theirs from one step to the next. */
  callId(ofStep: number, toolCallId: string): string
  show(callId: string, name: string, input: unknown): ToolCallPart
  /** A tool that is not there, or arguments that its schema refuses: nothing ran. */
  showMisuse(callId: string, name: string, input: unknown): void
  /** Why a call of this name was not made. */
  whyMisuse(name: string): string
  /** The armour made this call out of text. */
  markSalvaged(callId: string): void
  waits(): boolean
  repeats(): boolean
  /** Something ran. */
  wereMade(): boolean
}

export function openTurnCalls(turn: Turn, shelf: ResultShelf): TurnCalls {
  const { writer, toolbox } = turn
  const asked = new Set<string>()
  const misused = new Set<string>()
  let isClean = !hasReadOutside(turn.history, toolbox)
  let step = 0
  let waits = false
  let repeats = false

  const callId: TurnCalls['callId'] = (ofStep, toolCallId) =>
    `${writer.messageId}-${ofStep}-${toolCallId.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 40)}`
  const show: TurnCalls['show'] = (id, name, input) => shownCall({ id, name, input }, writer, toolbox)

  /** As it is shown by now, which is more than what was known when it began. */
  function latest(part: ToolCallPart): ToolCallPart {
    const { job: _, ...shown } = writer.call(part.callId)?.part ?? part
    return shown
  }

  async function carryOut(card: ToolCard, part: ToolCallPart, input: unknown): Promise<CallOutcome> {
    const args = argumentsSchema.safeParse(input ?? {})
    if (!args.success) return { kind: 'refused', why: 'The arguments must be an object.' }
    const key = `${card.name} ${JSON.stringify(args.data)}`
    if (asked.has(key)) {
      repeats = true
      return { kind: 'refused', why: 'This was already asked; the answer above stands.' }
    }
    asked.add(key)
    const job = openToolJob({
      clock: turn.clock,
      signal: turn.signal,
      show({ words, job }) {
        const outcome = words === null ? null : bounded(words, 160)
        writer.toolCall({ ...latest(part), outcome, ...(job ? { job } : {}) })
      },
    })
    turn.cancels.set(part.callId, job.cancel)
    const { conversationId, said, entry } = turn
    const asker = { conversationId, said, modelName: entry.name, where: entry.where }
    const { signal, progress: onProgress } = job
    const options = { signal, onProgress, asker, isClean }
    const came = await toolbox.call(card.name, args.data, options).finally(() => {
      job.end()
      turn.cancels.delete(part.callId)
    })
    const outcome = job.isCancelled() && came.kind === 'refused' ? cancelled(card) : came
    if (card.isOutside || card.isForeign) isClean = false
    turn.onAnswer({ card, args: args.data, outcome })
    if (outcome.kind !== 'waiting') return outcome
    waits = true
    const { changeId, requestState } = outcome
    turn.onWaiting({ callId: part.callId, card, args: args.data, changeId, requestState })
    return { ...outcome, itemId: outcome.itemId ?? itemIdOf(args.data) }
  }

  async function execute(card: ToolCard, toolCallId: string, input: unknown): Promise<string> {
    const part = show(callId(step, toolCallId), card.name, input)
    const outcome = await carryOut(card, part, input).catch((error): CallOutcome => {
      turn.onFault(error)
      return { kind: 'refused', why: faultWords }
    })
    const after = withOutcome(latest(part), outcome)
    writer.toolCall(after)
    const text = outcomeText(outcome)
    // Commands are code: they read the whole answer as it is, and their window has no end.
    if (turn.entry.where === 'commands') return text
    const kept = { callId: part.callId, text, line: after.outcome ?? '' }
    return shelf.keep(card.isForeign ? { ...kept, tokensMax: foreignTokensMax } : kept)
  }

  async function readOn(toolCallId: string, input: unknown): Promise<string> {
    const part = show(callId(step, toolCallId), moreOfResult.name, input)
    const args = moreOfResultSchema.safeParse(input)
    const text = args.success ? shelf.more(args.data.result, args.data.from) : misfitWords
    writer.toolCall({
      ...part,
      state: args.success ? 'done' : 'failed',
      outcome: text.split('\n', 1)[0] ?? '',
    })
    return text
  }

  const tools = toolSet([...toolbox.cards, moreOfResult], (card, toolCallId, input) =>
    card === moreOfResult ? readOn(toolCallId, input) : execute(card, toolCallId, input),
  )
  const whyMisuse = (name: string) =>
    Object.hasOwn(tools, name) ? misfitWords : `There is no tool named ${name}.`
  return {
    tools,
    isOver: () => waits || repeats,
    beginStep(stepNumber) {
      step = stepNumber
    },
    callId,
    show,
    showMisuse(id, name, input) {
      const part = show(id, name, input)
      if (part.state !== 'running') return
      const misuse = `${name} ${JSON.stringify(input)}`
      repeats ||= misused.has(misuse)
      misused.add(misuse)
      writer.toolCall({ ...part, state: 'failed', outcome: whyMisuse(name) })
    },
    whyMisuse,
    markSalvaged(id) {
      const shown = writer.call(id)?.part
      if (shown) writer.toolCall({ ...shown, origin: 'salvaged' })
    },
    waits: () => waits,
    repeats: () => repeats,
    wereMade: () => asked.size > 0,
  }
}

/** Whether what the model was given of the conversation holds text of others: an answer of a tool, or a summary that may repeat one. */
function hasReadOutside(history: Turn['history'], toolbox: Toolbox): boolean {
  return history.some(
    ({ role, content }) =>
      (role === 'user' && typeof content === 'string' && content.startsWith(summaryOpening)) ||
      (role === 'tool' &&
        content.some((part) => {
          const card = part.type === 'tool-result' ? toolbox.card(part.toolName) : null
          return card === null || card.isOutside === true || card.isForeign === true
        })),
  )
}

function toolSet(
  cards: ToolCard[],
  execute: (card: ToolCard, toolCallId: string, input: unknown) => Promise<string>,
): ToolSet {
  return Object.fromEntries(
    cards.map((card) => [
      card.name,
      dynamicTool({
        description: card.description,
        inputSchema: jsonSchema({ ...card.inputSchema }),
        providerOptions: { hwlab: { readOnly: card.readOnly, title: card.title } },
        execute: (input, { toolCallId }) => execute(card, toolCallId, input),
        toModelOutput: ({ output }) => ({ type: 'text', value: String(output) }),
      }),
    ]),
  )
}

function shownCall(
  call: { id: string; name: string; input: unknown },
  writer: MessageWriter,
  toolbox: Toolbox,
): ToolCallPart {
  const shown = writer.call(call.id)
  if (shown) return shown.part
  const card = call.name === moreOfResult.name ? moreOfResult : toolbox.card(call.name)
  const part: ToolCallPart = {
    kind: 'tool-call',
    callId: call.id,
    server: card?.server ?? '',
    tool: card?.tool ?? call.name,
    title: card?.title ?? call.name,
    input: bounded(JSON.stringify(call.input ?? {}), inputCharactersMax),
    state: 'running',
    outcome: null,
    itemId: null,
    changeId: null,
    result: null,
  }
  writer.toolCall(part)
  return part
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

function cancelled({ readOnly }: ToolCard): CallOutcome {
  const rest = readOnly
    ? 'its answer is not known.'
    : 'what it did by then is not known: look before it is asked again.'
  return { kind: 'refused', why: `Cancelled before it came to an end; ${rest}` }
}

/** Gated tools name the item in their arguments; the card is drawn for it while a person decides. */
function itemIdOf(args: Record<string, unknown>): string | null {
  return typeof args.item_id === 'string' ? args.item_id : null
}

function outcomeText(outcome: CallOutcome): string {
  if (outcome.kind === 'answer') return outcome.text
  return outcome.kind === 'refused' ? `Refused: ${outcome.why}` : outcome.words
}
