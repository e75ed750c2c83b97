import type { ReactNode } from 'react'
import { Mark, type Tone } from './status.tsx'
import { WithCode } from './with-code.tsx'

/** A sentence that must not be missed, with room for what to do about it. */
export function Notice({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <div className={`notice notice-${tone}`}>
      <Mark tone={tone} />
      <div className="notice-words">{children}</div>
    </div>
  )
}

/** What the server refused just now; read out at once. */
export function Refusal({ why }: { why: string | null }) {
  return (
    <div role="alert" className="refusal">
      {why && (
        <Notice tone="bad">
          <WithCode text={why} />
        </Notice>
      )}
    </div>
  )
}
