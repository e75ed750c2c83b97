import { readCalls } from './found-calls.ts'
import type { MarkupFamily } from './markup-families.ts'

/** Where the body of the markup ends and where the text goes on; null: not yet. */
export type MarkupReach = (text: string, isEnd: boolean) => { body: number; end: number } | null

/**
 * How far markup reaches in a text that grows. A closing inside of an argument is no closing: the first one counts up to which the
 * call can be read (vllm-project/vllm#45167), or, when nothing can be read, the first one at all. Each is looked at once.
 */
export function openMarkupReach(family: MarkupFamily): MarkupReach {
  const longest = Math.max(0, ...family.close.map((close) => close.length))
  let lookedTo = 0
  let first: { body: number; end: number } | null = null

  return (text, isEnd) => {
    for (let closing = nextClosing(text, family, lookedTo); closing; ) {
      const end = closing.at + closing.length
      const reach = { body: family.keepsOpening ? end : closing.at, end }
      if (family.kind !== 'call' || readCalls(text.slice(0, reach.body))) return reach
      first ??= reach
      lookedTo = closing.at + 1
      closing = nextClosing(text, family, lookedTo)
    }
    lookedTo = Math.max(lookedTo, text.length - longest + 1)
    return isEnd ? (first ?? { body: text.length, end: text.length }) : null
  }
}

function nextClosing(
  text: string,
  { close }: MarkupFamily,
  from: number,
): { at: number; length: number } | null {
  let next: { at: number; length: number } | null = null
  for (const closing of close) {
    const at = text.indexOf(closing, from)
    if (at >= 0 && (!next || at < next.at)) next = { at, length: closing.length }
  }
  return next
}
