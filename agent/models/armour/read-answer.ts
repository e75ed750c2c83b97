import {
  InvalidResponseDataError,
  type LanguageModelV4FinishReason,
  type LanguageModelV4StreamPart,
  type LanguageModelV4ToolCall,
  type LanguageModelV4Usage,
} from '@ai-sdk/provider'
import {
  argumentsTooLong,
  brokenOff,
  emptyAnswer,
  endlessAnswer,
  filtered,
  onlyThoughts,
  UselessAnswer,
} from '../model-failure.ts'
import { openAnswerBlocks } from './answer-blocks.ts'
import { openEndlessText } from './endless-text.ts'
import { callCharactersMax } from './found-calls.ts'
import { callsMax, madeCalls } from './made-calls.ts'
import { openMarkupFilter, type Piece } from './markup-filter.ts'
import type { OfferedTool } from './offered-tools.ts'

/** Thoughts are kept that far, to find a call that was written into them. */
const thoughtsCharactersMax = 64_000

type Part = LanguageModelV4StreamPart
type Finish = Extract<Part, { type: 'finish' }>

/** One answer as it streams in; what comes out holds no markup, and says only what came. */
export interface AnswerReading {
  /** Throws `UselessAnswer` where it makes no sense to read on. */
  add(part: Part): Part[]
  end(): { parts: Part[]; calls: LanguageModelV4ToolCall[]; outcome: AnswerOutcome }
}

export type AnswerOutcome =
  | {
      kind: 'whole'
      finishReason: LanguageModelV4FinishReason
      usage: LanguageModelV4Usage
      metadata: Finish['providerMetadata']
    }
  /** Nothing came that a person could read, or that could be carried out. */
  | { kind: 'nothing'; error: UselessAnswer; usage: LanguageModelV4Usage | null }
  | { kind: 'failed'; error: unknown; usage: LanguageModelV4Usage | null }

export function openAnswerReading(tools: OfferedTool[]): AnswerReading {
  const filter = openMarkupFilter(tools)
  const endless = openEndlessText()
  const blocks = openAnswerBlocks()
  const native: LanguageModelV4ToolCall[] = []
  const written: string[] = []
  let argumentsCharacters = 0
  let thoughts = ''
  let error: { error: unknown } | null = null
  let finish: Finish | null = null

  function think(text: string): Part[] {
    if (endless.feed(text)) throw new UselessAnswer(endlessAnswer)
    thoughts = (thoughts + text).slice(0, thoughtsCharactersMax)
    return blocks.say('reasoning', text)
  }

  function pass(pieces: Piece[]): Part[] {
    return pieces.flatMap((piece) => {
      if (piece.kind === 'text') return blocks.say('text', piece.text)
      if (piece.kind === 'thought') return think(piece.text.replace(/^thought\s+/, ''))
      written.push(piece.text)
      return []
    })
  }

  function rest(): Part[] {
    try {
      return pass(filter.end())
    } catch (thrown) {
      error ??= { error: thrown }
      return []
    }
  }

  function measure(characters: number): void {
    if (characters > callCharactersMax || native.length > callsMax) throw new UselessAnswer(argumentsTooLong)
  }

  return {
    add(part) {
      if (part.type === 'text-delta') {
        if (endless.feed(part.delta)) throw new UselessAnswer(endlessAnswer)
        const shown = pass(filter.feed(part.delta))
        measure(filter.callCharacters())
        return shown
      }
      if (part.type === 'reasoning-delta') return think(part.delta)
      if (part.type === 'tool-input-delta') {
        argumentsCharacters += part.delta.length
        measure(argumentsCharacters)
      } else if (part.type === 'tool-call') {
        native.push(part)
        measure(part.input.length)
      } else if (part.type === 'error') error ??= { error: named(part.error) }
      else if (part.type === 'finish') finish = part
      else if (!/^(?:text|reasoning|tool-input)-/.test(part.type)) return [part]
      return []
    },
    end() {
      const parts = [...rest(), ...blocks.close()]
      const usage = finish?.usage ?? null
      if (!error && isBroken(finish)) error = { error: unfinished }
      const isSilent = !blocks.said() && thoughts === '' && native.length === 0 && written.length === 0
      if (error?.error === unfinished && isSilent)
        return {
          parts,
          calls: [],
          outcome: { kind: 'nothing', error: new UselessAnswer(emptyAnswer), usage },
        }
      if (error || !finish)
        return { parts, calls: [], outcome: { kind: 'failed', error: error?.error, usage } }
      const isCut = finish.finishReason.unified === 'length'
      const made = madeCalls({ native, written, thoughts, said: blocks.said(), isCut, tools })
      if (made.kind === 'refused') {
        return { parts, calls: [], outcome: { kind: 'failed', error: made.error, usage } }
      }
      const { calls } = made
      const isEmpty = calls.length === 0 && !blocks.said()
      if (isEmpty && finish.finishReason.unified === 'content-filter')
        return { parts, calls, outcome: { kind: 'failed', error: new UselessAnswer(filtered), usage } }
      if (isEmpty) {
        const failure = thoughts.trim() === '' ? emptyAnswer : onlyThoughts
        return { parts, calls, outcome: { kind: 'nothing', error: new UselessAnswer(failure), usage } }
      }
      const finishReason = honestReason(finish.finishReason, calls.length > 0)
      const outcome = { finishReason, usage: finish.usage, metadata: finish.providerMetadata }
      return { parts, calls, outcome: { kind: 'whole', ...outcome } }
    },
  }
}

const unfinished = new UselessAnswer(brokenOff)

/** The adapter's word for a stream that ended without an end (earendil-works/pi#8460). */
function named(error: unknown): unknown {
  const isUnfinished = InvalidResponseDataError.isInstance(error) && error.message.includes('finish reason')
  return isUnfinished ? unfinished : error
}

/** OpenRouter's `error` comes without a message where the provider gave none (OleksandrChekhovskyi/hax#15). */
function isBroken(finish: Finish | null): boolean {
  const reason = finish?.finishReason
  return !reason || reason.unified === 'error' || reason.unified === 'interrupted' || reason.raw === 'error'
}

/** What came decides, not what the server calls it (ollama/ollama#7963, vllm-project/vllm#53255). */
function honestReason(said: LanguageModelV4FinishReason, hasCalls: boolean): LanguageModelV4FinishReason {
  if (hasCalls) return { ...said, unified: 'tool-calls' }
  return said.unified === 'tool-calls' || said.unified === 'other' ? { ...said, unified: 'stop' } : said
}
