import { z } from 'zod'
import { type Failure, failed } from './failure.ts'
import type { Rest, RestSuccess } from './rest.ts'

/** The state in which a record was seen: what a later write must still find. */
export interface SeenAs {
  /** Verbatim; null before NetBox 4.6. */
  etag: string | null
  /** `last_updated`, verbatim. */
  lastUpdated: string | null
}

const stampSchema = z.object({ last_updated: z.string().nullable() })

/** The ETag that NetBox 4.6 gives an object: lists do not carry it. Source: netbox/api/viewsets, 4.6.8. */
export function etagOf(lastUpdated: string): string {
  return `W/"${lastUpdated.replace(/Z$/, '+00:00')}"`
}

export function seenAs(answer: RestSuccess): SeenAs {
  const stamp = stampSchema.safeParse(answer.body)
  return { etag: answer.etag, lastUpdated: stamp.success ? stamp.data.last_updated : null }
}

/**
 * A PATCH that does not overwrite what somebody else wrote since: `stale` then. NetBox itself watches over an ETag; before
 * 4.6 HWLab looks at `last_updated` just before, which leaves a gap of one request.
 */
export async function guardedPatch(
  rest: Rest,
  patch: { path: string; seen: SeenAs; json: Record<string, unknown>; signal?: AbortSignal },
): Promise<RestSuccess | Failure> {
  const { path, seen, json } = patch
  const common = { path, ...(patch.signal ? { signal: patch.signal } : {}) }
  if (seen.etag !== null) return rest.call({ ...common, method: 'PATCH', body: { json }, ifMatch: seen.etag })
  const now = await rest.call({ ...common, method: 'GET', query: { fields: 'id,last_updated' } })
  if (now.kind === 'failed') return now
  const stamp = stampSchema.safeParse(now.body)
  if (!stamp.success || stamp.data.last_updated !== seen.lastUpdated)
    return failed('stale', 'Somebody changed the record in NetBox meanwhile.')
  return rest.call({ ...common, method: 'PATCH', body: { json } })
}
