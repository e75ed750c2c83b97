import { useState } from 'react'
import { Button } from './button.tsx'
import { useQuestionFocus } from './use-question-focus.ts'

/** Asks once more: nothing brings it back. */
export function DeleteButton({ busy, onDelete }: { busy: boolean; onDelete: () => void }) {
  const [isAsked, setAsked] = useState(false)
  const { keep, back } = useQuestionFocus<HTMLButtonElement>(isAsked)
  if (!isAsked)
    return (
      <Button ref={back} look="quiet" onClick={() => setAsked(true)}>
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
