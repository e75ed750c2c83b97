import { z } from 'zod'
import type { Failure } from '../client/failure.ts'
import type { Rest } from '../client/rest.ts'
import { ensure } from '../outbox/ensure.ts'
import { strange } from '../parts/read-part.ts'
import { type CableEnd, endWords, type PortType, portEndpoints } from './cable-intent.ts'

const portRowSchema = z.object({
  id: z.number(),
  name: z.string(),
  device: z.object({ id: z.number() }),
  type: z
    .object({ value: z.string() })
    .nullish()
    .transform((type) => type?.value ?? null),
  cable: z
    .object({ id: z.number(), display: z.string().default('') })
    .nullish()
    .transform((cable) => cable ?? null),
  link_peers: z
    .array(
      z.looseObject({
        name: z.string().optional(),
        device: z.looseObject({ display: z.string() }).optional(),
      }),
    )
    .nullish(),
  mark_connected: z.boolean().optional(),
})
export type PortRow = z.infer<typeof portRowSchema>

export async function portsOf(
  rest: Rest,
  objectType: PortType,
  find: { deviceId: number; name?: string; signal?: AbortSignal },
): Promise<{ kind: 'ports'; ports: PortRow[] } | Failure> {
  const { deviceId, name, signal } = find
  const filters = { device_id: deviceId, ...(name === undefined ? {} : { name }) }
  const answer = await rest.list(portEndpoints[objectType], filters, signal ? { signal } : {})
  if (answer.kind === 'failed') return answer
  const rows = z.array(portRowSchema).safeParse(answer.rows)
  return rows.success
    ? { kind: 'ports', ports: rows.data.filter(({ device }) => device.id === deviceId) }
    : strange()
}

/** The port that a person approved, by its exact name; an interface that was to be added is added. */
export async function findPort(
  rest: Rest,
  end: CableEnd,
  signal: AbortSignal,
): Promise<{ kind: 'port'; id: number } | { kind: 'needs-human'; why: string } | Failure> {
  if (end.newType !== null) {
    const made = await ensure(
      rest,
      {
        endpoint: 'dcim/interfaces',
        words: `the interface ${endWords(end)}`,
        find: [{ device_id: end.device.id, name: end.name }],
        isIt: (row) => {
          const port = portRowSchema.safeParse(row)
          return port.success && port.data.name === end.name && port.data.device.id === end.device.id
        },
        create: { device: end.device.id, name: end.name, type: end.newType },
        permission: 'dcim.add_interface',
      },
      signal,
    )
    return made.kind === 'failed' ? made : { kind: 'port', id: made.row.id }
  }
  const found = await portsOf(rest, end.objectType, { deviceId: end.device.id, name: end.name, signal })
  if (found.kind === 'failed') return found
  const port = found.ports.find(({ name }) => name === end.name)
  return port
    ? { kind: 'port', id: port.id }
    : {
        kind: 'needs-human',
        why: `NetBox has no ${endWords(end)} any more. Add it there, then retry, or cancel.`,
      }
}
