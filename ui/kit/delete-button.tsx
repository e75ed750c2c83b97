import { useEffect, useRef, useState } from 'react'
import { Button } from './button.tsx'

/** Asks once more: nothing brings it back. */
export function DeleteButton({ busy, onDelete }: { busy: boolean; onDelete: () => void }) {
  const [isAsked, setAsked] = useState(false)
  const keep = useRef<HTMLButtonElement>(null)
  const first = useRef<HTMLButtonElement>(null)
  const wasAsked = useRef(false)
  useEffect(() => {
    if (isAsked) keep.current?.focus()
    else if (wasAsked.current) first.current?.focus()
    wasAsked.current = isAsked
  }, [isAsked])
  if (!isAsked)
    return (
      <Button ref={first} look="quiet" onClick={() => setAsked(true)}>
        Delete
      </Button>
    )
  return (
    <>
      <Button look="danger" disabled={busy} onClick={onDelete}>
        Delete for good
      </Button>
      <Button ref={keep} look="quiet" onClick={() => setAsked(false)}>
        Keep it
      </Button>
    </>
  )
}
