import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'

const nearPixels = 80

export interface StickToEnd {
  scroller: RefObject<HTMLDivElement | null>
  content: RefObject<HTMLDivElement | null>
  /** False when the reader has scrolled up; the page then stays where it is. */
  atEnd: boolean
  toEnd(): void
  toMessage(messageId: string): void
  /** Where a decision waits outside of what is in view, its card comes into view. */
  toWaitingCard(): void
}

/** Keeps the newest words in view as long as the reader is there. */
export function useStickToEnd(conversationId: string | undefined): StickToEnd {
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const sticking = useRef(true)
  const [atEnd, setAtEnd] = useState(true)

  const toEnd = useCallback(() => {
    const element = scroller.current
    if (!element || !hasTalk(element)) return
    sticking.current = true
    setAtEnd(true)
    element.scrollTop = element.scrollHeight
  }, [])

  const toMessage = useCallback((messageId: string) => {
    const message = scroller.current?.querySelector(`[data-message="${CSS.escape(messageId)}"]`)
    if (!message) return
    sticking.current = false
    message.scrollIntoView({ block: 'center' })
  }, [])

  const toWaitingCard = useCallback(() => {
    const element = scroller.current
    const waiting = element && [...element.querySelectorAll('.card-waiting .decision-actions')].at(-1)
    if (!waiting || isInView(waiting, element)) return
    sticking.current = false
    waiting.closest('.card')?.scrollIntoView({ block: 'start' })
  }, [])

  useEffect(() => {
    if (conversationId !== undefined) toEnd()
  }, [conversationId, toEnd])

  useEffect(() => {
    const element = scroller.current
    const inner = content.current
    if (!element || !inner) return
    let heightBefore = element.scrollHeight
    const onScroll = () => {
      const grown = element.scrollHeight !== heightBefore
      heightBefore = element.scrollHeight
      // A scroll event that comes from growing content says nothing about where the reader wants to be.
      if (grown && sticking.current) return
      const near = isNearEnd(element)
      sticking.current = near
      setAtEnd(near)
    }
    const onResize = () => {
      if (!hasTalk(inner)) return
      if (inner.contains(document.activeElement)) {
        // Nothing moves away under the hands of who is busy with a card: what is new is a button away.
        sticking.current = isNearEnd(element)
        setAtEnd(sticking.current)
      } else if (sticking.current) element.scrollTop = element.scrollHeight
    }
    element.addEventListener('scroll', onScroll, { passive: true })
    const observer = new ResizeObserver(onResize)
    observer.observe(inner)
    observer.observe(element)
    return () => {
      element.removeEventListener('scroll', onScroll)
      observer.disconnect()
    }
  }, [])
  return { scroller, content, atEnd, toEnd, toMessage, toWaitingCard }
}

/** What greets a newcomer is read from its beginning. */
function hasTalk(element: Element): boolean {
  return element.querySelector('article, .card') !== null
}

function isNearEnd({ scrollHeight, scrollTop, clientHeight }: Element): boolean {
  return scrollHeight - scrollTop - clientHeight < nearPixels
}

function isInView(element: Element, frame: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect()
  const edges = frame.getBoundingClientRect()
  return top >= edges.top && bottom <= edges.bottom
}
