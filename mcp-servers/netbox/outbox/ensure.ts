import { z } from 'zod'
import type { Endpoint, Filters } from '../client/endpoints.ts'
import { type Failure, failed } from '../client/failure.ts'
import type { Rest, Row } from '../client/rest.ts'

const rowSchema = z.looseObject({ id: z.number() })

export interface Wanted<Name extends Endpoint> {
  endpoint: Name
  /** "the manufacturer “Acme”". */
  words: string
  /** Tried in this order. */
  find: Filters<Name>[]
  /** The key is checked in every answer: a filter alone is never trusted. */
  isIt(row: Row): boolean
  create: Record<string, unknown>
  permission: string
}

/** For what hangs on something that was created a moment ago: nothing to find before, and a read-back follows. */
export async function add<Name extends Endpoint>(
  rest: Rest,
  wanted: Wanted<Name>,
  signal: AbortSignal,
): Promise<{ kind: 'have'; row: Row } | Failure> {
  const path = `${wanted.endpoint}/`
  const created = await rest.call({ method: 'POST', path, body: { json: wanted.create }, signal })
  if (created.kind === 'failed')
    return ['exists', 'race', 'denied'].includes(created.cause) ? ensure(rest, wanted, signal) : created
  const row = rowSchema.safeParse(created.body)
  return row.success
    ? { kind: 'have', row: row.data }
    : failed('doubt', 'NetBox’s answer was not understood.')
}

/**
 * Finds it, or creates it, or finds that somebody created it meanwhile. Only ever adds. What NetBox shows in answer to the
 * creation is taken: whatever refers to it is read back, and a reference to nothing is refused.
 */
export async function ensure<Name extends Endpoint>(
  rest: Rest,
  wanted: Wanted<Name>,
  signal: AbortSignal,
): Promise<{ kind: 'have'; row: Row } | Failure> {
  const before = await findWanted(rest, wanted, signal)
  if (before.kind !== 'none') return before
  const created = await rest.call({
    method: 'POST',
    path: `${wanted.endpoint}/`,
    body: { json: wanted.create },
    signal,
  })
  if (created.kind === 'failed' && created.cause === 'denied')
    return failed(
      'denied',
      `NetBox does not allow HWLab’s token to add ${wanted.words}. The token must be write-enabled and its user needs the permission ${wanted.permission}; or add it in NetBox yourself. Then retry.`,
    )
  if (created.kind === 'failed' && created.cause !== 'exists' && created.cause !== 'race') return created
  const shown = created.kind === 'ok' ? rowSchema.safeParse(created.body) : null
  if (shown?.success && wanted.isIt(shown.data)) return { kind: 'have', row: shown.data }
  const after = await findWanted(rest, wanted, signal)
  if (after.kind !== 'none') return after
  if (created.kind === 'failed' && created.cause === 'race') return created
  return created.kind === 'failed'
    ? failed('invalid', `HWLab cannot add ${wanted.words}. ${created.why}`)
    : failed(
        'invalid',
        `NetBox said that it added ${wanted.words}, but does not show it. Look in NetBox, then retry.`,
      )
}

/** Looks for it, and adds nothing. */
export async function findWanted<Name extends Endpoint>(
  rest: Rest,
  wanted: Wanted<Name>,
  signal?: AbortSignal,
): Promise<{ kind: 'have'; row: Row } | { kind: 'none' } | Failure> {
  for (const filters of wanted.find) {
    const answer = await rest.list(wanted.endpoint, filters, { limit: 50, ...(signal ? { signal } : {}) })
    if (answer.kind === 'failed') return answer
    const row = answer.rows.find((candidate) => wanted.isIt(candidate))
    if (row) return { kind: 'have', row }
  }
  return { kind: 'none' }
}
