import type { ObjectStore } from '../object-store.ts'
import type { Release } from '../release.ts'

/** What a rule of NetBox's models looks at: the body as it would be stored. */
export interface Judged {
  store: ObjectStore
  release: Release
  /** null: a new object. */
  id: number | null
  before: Record<string, unknown> | null
  body: Record<string, unknown>
  /** What was sent. */
  input: Record<string, unknown>
}

export type Verdict =
  | { kind: 'fine'; body: Record<string, unknown> }
  | { kind: 'errors'; errors: Record<string, unknown> }
  | { kind: 'exception'; name: string; error: string }

export type ObjectRule = (judged: Judged) => Verdict

export function fine({ body }: Judged): Verdict {
  return { kind: 'fine', body }
}

export function against(field: string, message: string): Verdict {
  return { kind: 'errors', errors: { [field]: [message] } }
}
