import type { LanguageModelV4 } from '@ai-sdk/provider'
import type { ModelMessage, ToolSet } from 'ai'
import type { Prompt } from '../../prompts/load-prompt.ts'
import type { Clock } from '../clock.ts'
import type { ModelEntry } from '../models/model-entry.ts'
import { UselessAnswer } from '../models/model-failure.ts'
import type { TokenCorrectionsTable } from '../store/token-corrections.ts'
import type { ToolResultsTable } from '../store/tool-results.ts'
import type { ToolCard } from '../tools/toolbox.ts'
import { type Budget, budgetOf } from './budget.ts'
import { estimateTokens } from './estimate-tokens.ts'
import { exactCount } from './exact-count.ts'
import { fitMessages } from './fit-messages.ts'
import { type LearnedTokens, learnedTokens } from './learned-tokens.ts'
import { moreOfResult } from './more-of-result.ts'
import { outgrown } from './outgrown.ts'
import { openResultShelf, type ResultShelf, referenceOf } from './result-shelf.ts'
import { shortenResults } from './shorten-results.ts'
import { sizeOfTool } from './size-of-messages.ts'
import { cutWords, longHistoryWords, nearlyFullWords, tooLongWords } from './window-words.ts'
import { openWindows, type Windows } from './windows.ts'

/** More history than this costs time and money and helps no answer, however wide the window is. Estimated tokens. */
const historyTokensMax = 8000
/** From this step on, results of earlier steps are down to one line. */
const shortenedFromStep = 3
const shortInstructionsBelowTokens = 8192
const nearlyFull = 0.8
/** Below this an estimate is good enough, and counting would only cost time. */
const closeToFull = 0.6
/** What the fix asks for: a turn with tools and some history. */
const windowTokensWanted = 8192

export interface ContextDeps {
  corrections: TokenCorrectionsTable
  results: ToolResultsTable
  clock: Clock
  instructions: { full: Prompt; short: Prompt }
  /** What the person had HWLab remember. */
  facts: {
    /** One line each, within `roomTokens` (estimated). */
    lines(of: { where: ModelEntry['where']; roomTokens: number }): string[]
    /** What stays on this network, taken out of what goes to a model in the cloud. */
    withhold(messages: ModelMessage[], where: ModelEntry['where']): ModelMessage[]
  }
  models: {
    /** null: its server does not count before it answers. */
    counter(key: string): LanguageModelV4 | null
    /** null: nobody knows how. */
    windowFix(key: string, tokens: number): string | null
  }
}

/** Which prompt it was, and which version of it. */
export type UsedPrompt = Pick<Prompt, 'name' | 'hash'>

export interface TurnFacts {
  conversationId: string
  entry: ModelEntry
  cards: ToolCard[]
  /** One line about what is not among the cards. */
  note: string | null
}

export interface ContextKeeper {
  turn(of: TurnFacts): TurnContext
  /** A result that came after its turn, for a model to read on in. */
  keep(result: { conversationId: string; callId: string; text: string; line: string }): void
}

export interface PreparedStep {
  instructions: string
  messages: ModelMessage[]
  /** Names; the beginning of what is sent stays the same from step to step. */
  activeTools: string[]
  maxOutputTokens: number
}

/** What one turn of one model sends, kept below what the model can read. */
export interface TurnContext {
  shelf: ResultShelf
  /** Throws `UselessAnswer` when the question itself does not fit. */
  prepare(stepNumber: number, messages: ModelMessage[], tools: ToolSet): Promise<PreparedStep>
  /** After every step. true: the server read less than it was sent, so the answer counts for nothing. */
  wasCut(inputTokens: number | null): boolean
  cutWords(): string
  /** What the instructions of the last step were made from; null: nothing was sent, or Commands answer, who read none. */
  prompt(): UsedPrompt | null
  /** One sentence, once, when the conversation is about to outgrow the window. */
  warning(messages: ModelMessage[]): string | null
}

export function openContext(deps: ContextDeps): ContextKeeper {
  const windows = openWindows()
  return {
    turn: (of) => turnContext(deps, windows, of),
    keep({ conversationId, callId, text, line }) {
      const { results, clock } = deps
      const reference = referenceOf(callId)
      results.put({ conversationId, reference, line, text, createdAtMs: clock.nowMs() })
    },
  }
}

function turnContext(
  deps: ContextDeps,
  windows: Windows,
  { conversationId, entry, cards, note }: TurnFacts,
): TurnContext {
  const tokens = learnedTokens(entry.key, deps)
  const budget = () => budgetOf(windows.of(entry))
  const { results, clock } = deps
  const shelf = openResultShelf({ conversationId, results, clock, resultTokens: budget().resultTokens })
  const counter = deps.models.counter(entry.key)
  const fix = () => deps.models.windowFix(entry.key, windowTokensWanted)
  let sentEstimate = 0
  let used: UsedPrompt | null = null

  const fixed = (): FixedPart => fixedPart(deps, { cards, note, where: entry.where }, tokens, budget())

  return {
    shelf,
    async prepare(stepNumber, whole, tools) {
      const messages = deps.facts.withhold(whole, entry.where)
      const { promptTokens, outputTokens } = budget()
      const { prompt, instructions, activeTools, size } = fixed()
      used = entry.where === 'commands' ? null : { name: prompt.name, hash: prompt.hash }
      const stepped = stepNumber < shortenedFromStep ? messages : shortenEarlier(messages, shelf)
      let countedBy = counter
      let room = countedBy ? promptTokens / tokens.expected(1) : tokens.estimateWithin(promptTokens)
      for (;;) {
        const sizes = { roomTokens: room - size, historyTokens: historyTokensMax }
        const fitted = fitMessages(stepped, sizes, shelf.lineOf)
        if (fitted.kind === 'too-long') {
          const neededTokens = tokens.expected(fitted.tokens + size)
          throw new UselessAnswer({ kind: 'too-long', words: tooLongWords(neededTokens, promptTokens) })
        }
        sentEstimate = fitted.tokens + size
        const step = { instructions, messages: fitted.messages, activeTools }
        const prepared = { ...step, maxOutputTokens: outputTokens }
        if (!countedBy || tokens.expected(sentEstimate) < closeToFull * promptTokens) return prepared
        const counted = await exactCount(countedBy, { ...step, tools })
        if (counted === null) {
          countedBy = null
          room = tokens.estimateWithin(promptTokens)
        } else {
          tokens.learn(counted, sentEstimate)
          if (counted <= promptTokens) return prepared
          room = Math.min(room, sentEstimate) * 0.98 * (promptTokens / counted)
        }
      }
    },
    wasCut(inputTokens) {
      if (inputTokens === null || entry.where === 'commands') return false
      if (tokens.isTooFew(inputTokens, sentEstimate)) return windows.narrow(entry, inputTokens)
      tokens.learn(inputTokens, sentEstimate)
      return false
    },
    prompt: () => used,
    cutWords: () => cutWords(entry.name, budget().windowTokens, fix()),
    warning(messages) {
      const { promptTokens, windowTokens } = budget()
      const grown = outgrown(messages, {
        fixedTokens: fixed().size,
        promptTokens: (nearlyFull * promptTokens) / tokens.expected(1),
        historyTokens: historyTokensMax,
      })
      if (grown === null || entry.where === 'commands') return null
      if (grown === 'history') return longHistoryWords
      return nearlyFullWords(entry.name, windowTokens, windowTokens < windowTokensWanted ? fix() : null)
    },
  }
}

interface FixedPart {
  prompt: Prompt
  instructions: string
  activeTools: string[]
  /** Estimated. */
  size: number
}

/** What every step sends, whatever the conversation is: the beginning, which stays the same. */
function fixedPart(
  deps: ContextDeps,
  { cards, note, where }: Pick<TurnFacts, 'cards' | 'note'> & { where: ModelEntry['where'] },
  tokens: LearnedTokens,
  { toolTokens, factTokens, windowTokens }: Budget,
): FixedPart {
  const { full, short } = deps.instructions
  const prompt = windowTokens < shortInstructionsBelowTokens ? short : full
  const roomTokens = tokens.estimateWithin(factTokens)
  const notes = note === null ? [] : [note]
  const instructions = [prompt.text, ...notes, ...deps.facts.lines({ where, roomTokens })].join('\n')
  const offered = cardsWithin(cards, tokens.estimateWithin(toolTokens))
  if (offered.length > 0) offered.push(moreOfResult)
  const size = estimateTokens(instructions) + offered.reduce((sum, card) => sum + sizeOfTool(card), 0)
  return { prompt, instructions, activeTools: offered.map((card) => card.name), size }
}

/** Reading comes before changing where there is no room for every tool; the order of the list stays. */
function cardsWithin(cards: ToolCard[], roomTokens: number): ToolCard[] {
  let left = roomTokens
  const chosen = new Set<ToolCard>()
  for (const card of [...cards].sort((a, b) => Number(b.readOnly) - Number(a.readOnly))) {
    const size = sizeOfTool(card)
    if (size > left) continue
    chosen.add(card)
    left -= size
  }
  return cards.filter((card) => chosen.has(card))
}

/** The newest results stay whole; those of earlier steps of this turn are down to one line. */
function shortenEarlier(messages: ModelMessage[], shelf: ResultShelf): ModelMessage[] {
  const question = messages.findLastIndex((message) => message.role === 'user')
  const newest = messages.findLastIndex((message) => message.role === 'tool')
  return messages.map((message, at) =>
    at > question && at < newest ? shortenResults(message, shelf.lineOf) : message,
  )
}
