import { useCallback, useEffect, useRef, useState } from 'react'

/** The text that is not sent yet; a reload keeps it, and so does a conversation that opens while somebody types. */
export function useDraft(conversationId: string | undefined): [string, (text: string) => void] {
  const [text, setText] = useState('')
  const typed = useRef('')
  const opened = useRef<string | undefined>(undefined)
  useEffect(() => {
    if (conversationId === undefined) return
    const early = opened.current === undefined && typed.current !== ''
    opened.current = conversationId
    if (early) keep(conversationId, typed.current)
    else setText(sessionStorage.getItem(keyOf(conversationId)) ?? '')
  }, [conversationId])
  const write = useCallback(
    (next: string) => {
      typed.current = next
      setText(next)
      if (conversationId !== undefined) keep(conversationId, next)
    },
    [conversationId],
  )
  return [text, write]
}

function keep(conversationId: string, text: string): void {
  if (text === '') sessionStorage.removeItem(keyOf(conversationId))
  else sessionStorage.setItem(keyOf(conversationId), text.slice(0, 100_000))
}

function keyOf(conversationId: string): string {
  return `hwlab-draft ${conversationId}`
}
