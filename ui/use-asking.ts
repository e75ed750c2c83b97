import { useCallback, useEffect, useRef, useState } from 'react'
import type { Answer, RequestBody, RequestName, ResponseValues } from '../agent/protocol.ts'
import { useConnection } from './use-lab.ts'

export interface Asking {
  busy: boolean
  /** Why the last request was refused, for the person; null when it went well. */
  refusal: string | null
  ask<Name extends RequestName>(name: Name, body: RequestBody<Name>): Promise<Answer<ResponseValues[Name]>>
  forget(): void
}

/** One place on the page that asks the server for something and shows what came of it. */
export function useAsking(): Asking {
  const connection = useConnection()
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const askedAt = useRef<Element | null>(null)
  useEffect(() => {
    // What is switched off while it waits loses the keyboard: it gets it back.
    if (busy || !(askedAt.current instanceof HTMLElement)) return
    if (document.activeElement === document.body) askedAt.current.focus({ preventScroll: true })
    askedAt.current = null
  }, [busy])
  const ask = useCallback(
    async <Name extends RequestName>(name: Name, body: RequestBody<Name>) => {
      const { activeElement } = document
      askedAt.current = activeElement?.matches(':focus-visible') ? activeElement : null
      setBusy(true)
      setRefusal(null)
      const answer = await connection.request(name, body)
      setBusy(false)
      if (answer.kind === 'refused') setRefusal(answer.why)
      return answer
    },
    [connection],
  )
  const forget = useCallback(() => setRefusal(null), [])
  return { busy, refusal, ask, forget }
}
