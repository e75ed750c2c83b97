import { useEffect, useRef } from 'react'
import { Button } from '../../kit/button.tsx'
import { Notice } from '../../kit/notice.tsx'

/** The keyboard stands on the answer that does nothing. */
export function BreakQuestion({ onSend, onLeave }: { onSend(): void; onLeave(): void }) {
  const leave = useRef<HTMLButtonElement>(null)
  useEffect(() => leave.current?.focus(), [])
  return (
    <Notice tone="ask">
      <p>A break stops a boot, or opens the boot loader, on many devices.</p>
      <div className="actions">
        <Button look="danger" onClick={onSend}>
          Send break
        </Button>
        <Button ref={leave} look="quiet" onClick={onLeave}>
          Leave it
        </Button>
      </div>
    </Notice>
  )
}
