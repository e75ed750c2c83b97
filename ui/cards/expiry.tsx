import { remainingWords } from '../kit/elapsed.ts'

/** How long a request can still be decided. */
export function Expiry({ expiresAt, nowMs }: { expiresAt: string; nowMs: number }) {
  const remaining = remainingWords(expiresAt, nowMs)
  return <p className="expiry">{remaining === null ? 'Expired' : `Expires ${remaining}`}</p>
}
