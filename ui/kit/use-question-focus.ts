import { useEffect, useRef } from 'react'

/** While a question is asked, the keyboard stands on the answer that does nothing; afterwards on what `back` is. */
export function useQuestionFocus<Back extends HTMLElement>(isAsked: boolean) {
  const keep = useRef<HTMLButtonElement>(null)
  const back = useRef<Back>(null)
  const wasAsked = useRef(false)
  useEffect(() => {
    if (isAsked) keep.current?.focus()
    else if (wasAsked.current) back.current?.focus()
    wasAsked.current = isAsked
  }, [isAsked])
  return { keep, back }
}
