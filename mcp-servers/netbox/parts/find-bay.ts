import { z } from 'zod'
import type { Failure } from '../client/failure.ts'
import type { Rest } from '../client/rest.ts'
import { ensure } from '../outbox/ensure.ts'
import type { Bay } from './move-intent.ts'
import { strange } from './read-part.ts'

const bayRowSchema = z.object({
  id: z.number(),
  name: z.string(),
  description: z.string().default(''),
  device: z.object({ id: z.number() }),
  /** The part that has this bay, such as a riser. */
  module: z
    .object({ id: z.number() })
    .nullish()
    .transform((module) => module ?? null),
  installed_module: z
    .object({ id: z.number(), display: z.string() })
    .nullish()
    .transform((module) => module ?? null),
})
export type BayRow = z.infer<typeof bayRowSchema>

export async function baysOf(
  rest: Rest,
  machineId: number,
  signal?: AbortSignal,
): Promise<{ kind: 'bays'; bays: BayRow[] } | Failure> {
  const answer = await rest.list('dcim/module-bays', { device_id: machineId }, signal ? { signal } : {})
  if (answer.kind === 'failed') return answer
  const rows = z.array(bayRowSchema).safeParse(answer.rows)
  return rows.success
    ? { kind: 'bays', bays: rows.data.filter(({ device }) => device.id === machineId) }
    : strange()
}

/** NetBox lets two bays of a machine have one name, so a bay is meant only where its name is the only one. */
export function baysNamed(bays: readonly BayRow[], name: string): BayRow[] {
  const wanted = name.trim().toLowerCase()
  const exact = bays.filter((bay) => bay.name === name.trim())
  return exact.length > 0 ? exact : bays.filter((bay) => bay.name.trim().toLowerCase() === wanted)
}

/** The bay that a person approved; a new one is added to the machine. */
export async function findBay(
  rest: Rest,
  { machine, name, isNew }: Bay,
  { mark, signal }: { mark: string; signal: AbortSignal },
): Promise<{ kind: 'bay'; bay: BayRow } | { kind: 'needs-human'; why: string } | Failure> {
  if (isNew) {
    const made = await ensure(
      rest,
      {
        endpoint: 'dcim/module-bays',
        words: `the bay “${name}” of ${machine.name}`,
        find: [{ device_id: machine.id, name }],
        isIt: (row) => {
          const bay = bayRowSchema.safeParse(row)
          return bay.success && bay.data.name === name && bay.data.device.id === machine.id
        },
        create: { device: machine.id, name, description: mark },
        permission: 'dcim.add_modulebay',
      },
      signal,
    )
    if (made.kind === 'failed') return made
  }
  const found = await baysOf(rest, machine.id, signal)
  if (found.kind === 'failed') return found
  // A request that was carried out twice left a second bay of that name.
  const named = baysNamed(found.bays, name)
  const [first] = named.sort((a, b) => a.id - b.id)
  const bay = isNew ? (named.find(({ installed_module }) => installed_module !== null) ?? first) : first
  if (bay && (isNew || named.length === 1)) return { kind: 'bay', bay }
  const what = bay
    ? `${machine.name} has more than one bay “${name}”`
    : `${machine.name} has no bay “${name}”`
  return { kind: 'needs-human', why: `${what} any more. Correct that in NetBox, then retry.` }
}

/** A bay that a request carried out twice left beside the one in use. Its mark proves that it is ours. */
export async function removeTwinBays(
  rest: Rest,
  { machine, name }: Bay,
  { mark, signal }: { mark: string; signal: AbortSignal },
): Promise<{ kind: 'right' } | Failure> {
  const found = await baysOf(rest, machine.id, signal)
  if (found.kind === 'failed') return found
  const named = baysNamed(found.bays, name)
  const used = named.find(({ installed_module }) => installed_module !== null)
  const twins = named.filter((bay) => bay.description === mark && bay.installed_module === null)
  if (!used) return { kind: 'right' }
  for (const twin of twins) {
    const removed = await rest.call({ method: 'DELETE', path: `dcim/module-bays/${twin.id}/`, signal })
    if (removed.kind === 'failed' && removed.cause !== 'gone') return removed
  }
  return { kind: 'right' }
}
