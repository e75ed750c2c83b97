import { bareCallAt } from './bare-calls.ts'
import { readCalls } from './found-calls.ts'
import { familyAt, isTornOpening, type MarkupFamily } from './markup-families.ts'
import { type MarkupReach, openMarkupReach } from './markup-reach.ts'
import { type OfferedTool, toolNamed } from './offered-tools.ts'

export interface Piece {
  kind: 'text' | 'thought' | 'call'
  text: string
}

/**
 * Takes the text of an answer as it streams and lets through only what is text for certain: markup, and what may become
 * markup, is held back. The pieces do not depend on how the text was cut.
 */
export interface MarkupFilter {
  feed(text: string): Piece[]
  /** Of a call in markup that has begun and not ended. */
  callCharacters(): number
  end(): Piece[]
}

/** A call without any markup counts only when it names one of `tools`; otherwise it is the text it looks like. */
export function openMarkupFilter(tools: OfferedTool[]): MarkupFilter {
  let held = ''
  /** The character before `held`; the answer begins as a line. */
  let before = '\n'
  let inside: MarkupFamily | 'bare' | null = null
  let reachOf: MarkupReach = () => null
  let isOver = false
  let expectsBare = tools.length > 0

  function take(length: number): string {
    const taken = held.slice(0, length)
    if (taken !== '') before = taken.at(-1) ?? before
    held = held.slice(length)
    return taken
  }

  function outside(isEnd: boolean): Piece | 'again' | 'wait' {
    const start = nextStart(held, before, expectsBare, isEnd)
    if (start.at > 0) return { kind: 'text', text: take(start.at) }
    if (start.what === 'nothing' || start.what === 'maybe') {
      if (isEnd && isTornOpening(held)) held = ''
      return 'wait'
    }
    if (start.what === 'bare') {
      inside = 'bare'
      return 'again'
    }
    const family = start.what
    if (family.kind === 'call' || family.close.length > 0) {
      inside = family
      reachOf = openMarkupReach(family)
    }
    if (family.kind === 'end') isOver = true
    if (!family.keepsOpening) held = held.slice(family.open.length)
    return 'again'
  }

  function within(family: MarkupFamily, isEnd: boolean): Piece | 'again' | 'wait' {
    const reach = reachOf(held, isEnd)
    if (!reach) return 'wait'
    const body = held.slice(0, reach.body)
    held = held.slice(reach.end)
    inside = null
    if (family.kind === 'token') return 'again'
    return { kind: family.kind === 'call' ? 'call' : 'thought', text: body }
  }

  /** Only what ends the answer counts as a call without markup: an example in an explanation stays an example. */
  function bare(): Piece | 'again' {
    inside = null
    const calls = readCalls(held)
    if (calls?.every(({ name }) => toolNamed(name, tools))) return { kind: 'call', text: take(held.length) }
    expectsBare = false
    return 'again'
  }

  function run(isEnd: boolean): Piece[] {
    const pieces: Piece[] = []
    while (!isOver && held !== '') {
      const done: Piece | 'again' | 'wait' =
        inside === 'bare' ? (isEnd ? bare() : 'wait') : inside ? within(inside, isEnd) : outside(isEnd)
      if (done === 'wait') break
      if (done !== 'again') pieces.push(done)
    }
    if (isOver) held = ''
    return pieces
  }

  return {
    feed(text) {
      held += text
      return run(false)
    },
    callCharacters: () => (inside && inside !== 'bare' && inside.kind === 'call' ? held.length : 0),
    end() {
      const pieces = run(true)
      if (inside && inside !== 'bare' && inside.kind === 'call') pieces.push({ kind: 'call', text: '' })
      return pieces
    },
  }
}

/** Where the next thing that is not plain text begins; everything before it is text. */
function nextStart(
  text: string,
  before: string,
  expectsBare: boolean,
  isEnd: boolean,
): { at: number; what: MarkupFamily | 'bare' | 'maybe' | 'nothing' } {
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? ''
    const previous = at === 0 ? before : (text[at - 1] ?? '')
    // In backticks or quotes it is talked about, not used.
    if ((character === '<' || character === '[') && !/[`"']/.test(previous)) {
      const family = familyAt(text, at, isEnd)
      if (family) return { at, what: family }
    }
    if (expectsBare && previous === '\n' && /[[{`c]/.test(character)) {
      const verdict = bareCallAt(text.slice(at), isEnd)
      if (verdict === 'call') return { at, what: 'bare' }
      if (verdict === 'maybe') return { at, what: 'maybe' }
    }
  }
  if (!isEnd) {
    // Half of a character that the next frame completes.
    const last = text.charCodeAt(text.length - 1)
    return { at: last >= 0xd800 && last <= 0xdbff ? text.length - 1 : text.length, what: 'maybe' }
  }
  const torn = text.lastIndexOf('<')
  return { at: torn >= 0 && isTornOpening(text.slice(torn)) ? torn : text.length, what: 'nothing' }
}
