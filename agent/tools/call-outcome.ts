import { z } from 'zod'
import { fitsAsJson } from './size-of-json.ts'

/** What became of one tool call, in the agent's words. */
export type CallOutcome =
  /** The server answered. `text` is for the model, `result` for the drawing; both bounded. */
  | {
      kind: 'answer'
      text: string
      words: string
      result: unknown
      itemId: string | null
      changeId: string | null
    }
  /** The server (or the call itself) said no; `why` is a sentence of ours. */
  | { kind: 'refused'; why: string }
  /** A person has to decide; nothing has happened yet. */
  | {
      kind: 'waiting'
      words: string
      changeId: string
      itemId: string | null
      requestState: string | null
      result: unknown
    }
  /** A person decided and it did not end well, or not at all. */
  | {
      kind: 'ended'
      state: 'failed' | 'declined' | 'expired'
      words: string
      changeId: string
      itemId: string | null
      result: unknown
    }

/** What is kept of an answer for a model to read on in; the rest of a longer one is gone. */
const textCharactersMax = 64_000
const resultCharactersMax = 20_000
const wordsCharactersMax = 300

const resultFactsSchema = z.object({
  outcome: z.string().optional().catch(undefined),
  words: z.string().optional().catch(undefined),
  note: z.string().optional().catch(undefined),
  item_id: z.string().nullish().catch(undefined),
  change_id: z.string().nullish().catch(undefined),
  title: z.string().optional().catch(undefined),
})
type ResultFacts = z.infer<typeof resultFactsSchema>

/** Outcomes of a gated tool (`mcp-servers/serving`), as they are shown in the transcript. */
const endedStates: Record<string, 'failed' | 'declined' | 'expired'> = {
  failed: 'failed',
  unknown: 'failed',
  stale: 'failed',
  declined: 'declined',
  cancelled: 'declined',
  superseded: 'expired',
  expired: 'expired',
}

export interface ToolResult {
  text: string
  structured: unknown
  isError: boolean
}

/** Reads the answer of a tool: the text for the model, the facts that the transcript keeps. */
export function readOutcome(result: ToolResult): CallOutcome {
  const text = keptText(result.text)
  if (result.isError) return { kind: 'refused', why: bounded(text, 600) || 'The tool refused.' }
  const parsed = resultFactsSchema.safeParse(result.structured)
  const facts: ResultFacts = parsed.success ? parsed.data : {}
  const itemId = facts.item_id ?? null
  const changeId = facts.change_id ?? null
  const drawing = boundedResult(result.structured)
  if (changeId && (facts.outcome === 'waiting' || facts.outcome === 'working')) {
    return {
      kind: 'waiting',
      words: 'Waiting for your decision.',
      changeId,
      itemId,
      requestState: null,
      result: drawing,
    }
  }
  const ended = changeId && facts.outcome ? endedStates[facts.outcome] : undefined
  if (changeId && ended) {
    const words = facts.words ?? text
    return { kind: 'ended', state: ended, words: bounded(words, 600), changeId, itemId, result: drawing }
  }
  return {
    kind: 'answer',
    text,
    words: bounded(facts.words ?? facts.note ?? facts.title ?? plainLine(text), wordsCharactersMax),
    result: drawing,
    itemId,
    changeId,
  }
}

/** Cut at `charactersMax`, with a mark that something is missing. */
export function bounded(text: string, charactersMax: number): string {
  const trimmed = text.trim()
  return trimmed.length <= charactersMax ? trimmed : `${trimmed.slice(0, charactersMax - 1)}…`
}

/** The first line of a text answer; an answer that is only JSON has none. */
function plainLine(text: string): string {
  const line = text.trim().split('\n', 1)[0] ?? ''
  return line === '' || line.startsWith('{') || line.startsWith('[') ? 'Done.' : line
}

function boundedResult(structured: unknown): unknown {
  if (structured === undefined) return null
  return fitsAsJson(structured, resultCharactersMax) ? structured : null
}

/** A copy: a slice would keep the whole of a large answer in memory for as long as its beginning is used. */
function keptText(text: string): string {
  if (text.length <= textCharactersMax) return text.trim()
  const kept = Buffer.from(text.slice(0, textCharactersMax)).toString()
  return `${kept}\n… and ${text.length - textCharactersMax} more characters, which were not kept. Ask for less at once.`
}
