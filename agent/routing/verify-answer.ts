import type { Part } from '../protocol/messages.ts'
import type { WhyNot } from './eligibility.ts'

/** What a tag and a MAC address look like; a model that names one must have read it. */
const names = [/\bHW-\d{4,8}\b/gi, /\b(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}\b/gi]

export interface EndedAnswer {
  /** What it left in the message. */
  parts: Part[]
  /** All that it was sent, and all that its calls brought. */
  seen: string
}

/** Holds an answer that came to its end against what can be checked without judging it. null: nothing speaks against it. */
export function whyUseless({ parts, seen }: EndedAnswer): WhyNot | null {
  const text = parts.map((part) => (part.kind === 'text' ? part.text : '')).join('\n')
  const invented = inventedIn(text, seen)
  if (invented)
    return { reason: 'conflict', words: `it named ${invented}, which stands in nothing that it read` }
  if (text.trim() !== '') return null
  const calls = parts.filter((part) => part.kind === 'tool-call')
  if (calls.length === 0 || calls.some(({ state }) => state === 'waiting')) return null
  if (calls.some(({ state }) => state === 'done')) {
    // A notice says already why it ended there.
    if (parts.some(({ kind }) => kind === 'notice')) return null
    return { reason: 'empty', words: 'it looked things up and then said nothing' }
  }
  return calls.every(({ outcome }) => misfit.test(outcome ?? ''))
    ? { reason: 'schema_fail', words: 'what it wanted to call did not fit the tools' }
    : { reason: 'tool_fail', words: 'nothing that it called gave an answer' }
}

/** The second: of `@modelcontextprotocol/server`, when it checks the arguments itself. */
const misfit = /^The arguments do not fit\.|Input validation error/

/** Said of a call whose arguments its tool's schema refuses. */
export const misfitWords = 'The arguments do not fit.'

/** The tags and MAC addresses of a text, in capitals. */
export function namesIn(text: string): string[] {
  return names.flatMap((name) => [...text.matchAll(name)].map(([found]) => found.toUpperCase()))
}

/** The first name in the text that was nowhere to be read. */
function inventedIn(text: string, seen: string): string | null {
  const known = seen.toUpperCase().replaceAll('-', ':')
  return namesIn(text).find((name) => !known.includes(name.replaceAll('-', ':'))) ?? null
}
