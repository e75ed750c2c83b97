import type { z } from 'zod'
import type { Endpoint, Filters } from './endpoints.ts'
import type { FailureCause } from './failure.ts'
import type { Rest } from './rest.ts'

export type ReadAll<Value> =
  | { kind: 'rows'; rows: Value[] }
  | { kind: 'away'; cause: FailureCause; why: string }

/** Every row of an endpoint in the shape that is asked for; a row of another shape counts as no answer. */
export async function readAll<Name extends Endpoint, Value>(
  rest: Rest,
  asked: { endpoint: Name; filters?: Filters<Name>; fields: readonly string[]; signal?: AbortSignal },
  schema: z.ZodType<Value>,
): Promise<ReadAll<Value>> {
  const rows: Value[] = []
  const { endpoint, fields, signal } = asked
  const options = { fields, ...(signal ? { signal } : {}) }
  for await (const page of rest.pages(endpoint, asked.filters ?? {}, options)) {
    if (page.kind === 'failed') return { kind: 'away', cause: page.cause, why: page.why }
    for (const row of page.rows) {
      const parsed = schema.safeParse(row)
      if (!parsed.success)
        return {
          kind: 'away',
          cause: 'base-url',
          why: 'NetBox’s answer has another shape than NetBox 4.4 to 4.7.',
        }
      rows.push(parsed.data)
    }
  }
  return { kind: 'rows', rows }
}
