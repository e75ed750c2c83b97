import { createHash } from 'node:crypto'
import type { Clock } from '../clock.ts'
import type { ToolResultsTable } from '../store/tool-results.ts'
import { estimateTokens } from './estimate-tokens.ts'
import { referenceMark } from './shorten-results.ts'

/** Shorter results are not worth a reference. */
const shortCharacters = 300
const letters = 'abcdefghijklmnopqrstuvwxyz234567'

/** Names the result of a call in a conversation. The same call has the same reference, whatever else is left out. */
export function referenceOf(callId: string): string {
  const digest = createHash('sha256').update(callId).digest()
  return Array.from(digest.subarray(0, 6), (byte) => letters[byte % 32]).join('')
}

/** What tools answered in one turn. A model reads the beginning; the rest is kept on disk and named by a reference. */
export interface ResultShelf {
  /** What the model gets of `text`. `line` is what stays when even that is too much. */
  keep(result: {
    callId: string
    text: string
    line: string
    /** Where that is less than a result may take anyway. Estimated. */
    tokensMax?: number
  }): string
  lineOf(reference: string): string | null
  /** The result from a character on; a sentence when it is not kept. */
  more(reference: string, fromCharacter: number): string
}

export function openResultShelf(deps: {
  conversationId: string
  results: ToolResultsTable
  clock: Clock
  /** Estimated tokens that one result may take. */
  resultTokens: number
}): ResultShelf {
  const { conversationId, results, clock, resultTokens } = deps
  const lines = new Map<string, string>()

  return {
    keep({ callId, text, line, tokensMax = resultTokens }) {
      if (text.length <= shortCharacters) return text
      const reference = referenceOf(callId)
      lines.set(reference, line)
      results.put({ conversationId, reference, line, text, createdAtMs: clock.nowMs() })
      return stretch(reference, text, 0, Math.min(tokensMax, resultTokens))
    },
    lineOf: (reference) => lines.get(reference) ?? null,
    more(reference, fromCharacter) {
      const text = results.text(conversationId, reference)
      if (text === null) return 'This result is not kept. Call the tool itself again.'
      if (fromCharacter >= text.length) return `That is all: it has ${text.length} characters.`
      return stretch(reference, text, fromCharacter, resultTokens)
    },
  }
}

function stretch(reference: string, text: string, fromCharacter: number, tokens: number): string {
  const rest = text.slice(fromCharacter)
  const shown = rest.slice(0, charactersOf(rest, tokens))
  const mark = `${referenceMark(reference)}\n${shown}`
  const left = rest.length - shown.length
  if (left === 0) return mark
  return `${mark}\n… ${left} more characters: hwlab_more_of_result from ${fromCharacter + shown.length}`
}

/** How many characters of `text` stay below `tokens`. */
function charactersOf(text: string, tokens: number): number {
  let characters = text.length
  for (let size = estimateTokens(text); size > tokens && characters > 1; ) {
    characters = Math.floor(characters * Math.min(0.95, tokens / size))
    size = estimateTokens(text.slice(0, characters))
  }
  return characters
}
