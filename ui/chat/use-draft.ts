import { useCallback, useEffect, useState } from 'react'

/** The text that is not sent yet; a reload keeps it. */
export function useDraft(conversationId: string | undefined): [string, (text: string) => void] {
  const [text, setText] = useState('')
  const key = `hwlab-draft ${conversationId}`
  useEffect(() => {
    setText(sessionStorage.getItem(key) ?? '')
  }, [key])
  const write = useCallback(
    (next: string) => {
      setText(next)
      if (next === '') sessionStorage.removeItem(key)
      else sessionStorage.setItem(key, next.slice(0, 100_000))
    },
    [key],
  )
  return [text, write]
}
