import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { around, boundsOf, earlier, later, type MessageRange, newest } from './message-window.ts'

export interface MessageWindow {
  start: number
  end: number
  /** Goes above the first and below the last drawn message. */
  above: RefObject<HTMLDivElement | null>
  below: RefObject<HTMLDivElement | null>
  showEarlier(): void
  showNewest(): void
  showAround(index: number): void
}

/** Draws only the messages around the reader, and keeps the one that is being read where it is. */
export function useMessageWindow(count: number, scroller: RefObject<HTMLDivElement | null>): MessageWindow {
  const [range, setRange] = useState<MessageRange>(newest)
  const above = useRef<HTMLDivElement>(null)
  const below = useRef<HTMLDivElement>(null)
  const held = useRef<{ element: Element; top: number } | null>(null)
  const { start, end } = boundsOf(range, count)

  const move = useCallback(
    (step: typeof earlier) => {
      held.current = scroller.current && firstInView(scroller.current)
      setRange((before) => step(before, count))
    },
    [count, scroller],
  )

  useLayoutEffect(() => {
    const kept = held.current
    held.current = null
    if (!kept?.element.isConnected || !scroller.current) return
    scroller.current.scrollTop += kept.element.getBoundingClientRect().top - kept.top
  })

  useEffect(() => {
    const root = scroller.current
    if (!root) return
    const observer = new IntersectionObserver(
      (entries) => {
        const seen = entries.filter((entry) => entry.isIntersecting).map((entry) => entry.target)
        if (start > 0 && seen.some((element) => element === above.current)) move(earlier)
        else if (end < count && seen.some((element) => element === below.current)) move(later)
      },
      { root, rootMargin: '800px 0px' },
    )
    if (above.current) observer.observe(above.current)
    if (below.current) observer.observe(below.current)
    return () => observer.disconnect()
  }, [start, end, count, move, scroller])

  const showEarlier = useCallback(() => move(earlier), [move])
  const showNewest = useCallback(() => setRange(newest), [])
  const showAround = useCallback((index: number) => setRange(around(index, count)), [count])
  return { start, end, above, below, showEarlier, showNewest, showAround }
}

function firstInView(scroller: Element): { element: Element; top: number } | null {
  const edge = scroller.getBoundingClientRect().top
  for (const element of scroller.querySelectorAll(':scope article')) {
    const { top, bottom } = element.getBoundingClientRect()
    if (bottom > edge) return { element, top }
  }
  return null
}
