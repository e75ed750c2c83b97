/** Which messages are drawn: `from` up to but not including `to`; null in `to` follows the newest. */
export interface MessageRange {
  from: number | null
  to: number | null
}

const page = 60
const drawnMax = 180

export const newest: MessageRange = { from: null, to: null }

/** The range in numbers, for a conversation of `count` messages. */
export function boundsOf(range: MessageRange, count: number): { start: number; end: number } {
  const end = Math.min(range.to ?? count, count)
  const from = range.from ?? end - page
  return { start: Math.max(0, from, end - drawnMax), end }
}

/** The message at `index`, with a page of what was said around it. */
export function around(index: number, count: number): MessageRange {
  const to = Math.min(count, index + page / 2)
  return { from: Math.max(0, to - page), to: to === count ? null : to }
}

/** One page further back; what is then too far below is not drawn any more. */
export function earlier(range: MessageRange, count: number): MessageRange {
  const { start, end } = boundsOf(range, count)
  const from = Math.max(0, start - page)
  const to = Math.min(end, from + drawnMax)
  return { from, to: to === count ? null : to }
}

/** One page towards the newest. */
export function later(range: MessageRange, count: number): MessageRange {
  const { start, end } = boundsOf(range, count)
  const to = Math.min(count, end + page)
  return { from: Math.max(start, to - drawnMax), to: to === count ? null : to }
}
