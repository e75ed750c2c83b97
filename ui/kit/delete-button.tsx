import { useState } from 'react'
import { Button } from './button.tsx'

/** Asks once more: nothing brings it back. */
export function DeleteButton({ busy, onDelete }: { busy: boolean; onDelete: () => void }) {
  const [isAsked, setAsked] = useState(false)
  if (!isAsked)
    return (
      <Button look="quiet" onClick={() => setAsked(true)}>
        Delete
      </Button>
    )
  return (
    <>
      <Button look="danger" disabled={busy} onClick={onDelete}>
        Delete for good
      </Button>
      <Button look="quiet" onClick={() => setAsked(false)}>
        Keep
      </Button>
    </>
  )
}
