import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { ChangePlan } from './change-request.ts'

interface Bound {
  server: string
  tool: string
  tier: ChangePlan['tier']
  steps: readonly { kind: string; payload: unknown; waitsFor: number | null; optional: boolean }[]
}

/** RFC 8785 JSON: equal values give equal text. Throws when the value is not JSON. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value)
  if (text === undefined) throw new Error('A value that is not JSON cannot be stored')
  return text
}

export function sha256Hex(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}

/** What an approval is bound to: every byte that will be executed, and who executes it. */
export function changeDigest({ server, tool, tier, steps }: Bound): string {
  const bound = {
    server,
    tool,
    tier,
    steps: steps.map(({ kind, payload, waitsFor, optional }) => ({ kind, payload, waitsFor, optional })),
  }
  return sha256Hex(`hwlab/change/v1\n${canonicalJson(bound)}`)
}
