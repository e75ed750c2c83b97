import { z } from 'zod'
import { type Failure, failed } from '../client/failure.ts'
import { etagOf, guardedPatch, seenAs } from '../client/guarded-patch.ts'
import type { Rest } from '../client/rest.ts'
import type { PortIntent, RenameInterfaces } from './rename-intent.ts'
import type { HeldAddress, HeldInterface } from './rename-plan.ts'

export interface RenameWork {
  rest: Rest
  signal: AbortSignal
  intent: RenameInterfaces
  /** For NetBox's change log. */
  message: string
}

type Done = { kind: 'done' } | Failure
const done = { kind: 'done' } as const

const rowSchema = z.looseObject({
  name: z.string().optional(),
  assigned_object_type: z.string().nullish(),
  assigned_object_id: z.number().nullish(),
  primary_mac_address: z.looseObject({ id: z.number() }).nullish(),
})
type Row = z.infer<typeof rowSchema>

/** What hangs on the doubles goes to the rows that stay. What was moved elsewhere meanwhile stays there. */
export async function moveAddresses(work: RenameWork, held: readonly HeldInterface[]): Promise<Done> {
  const rows = new Map(held.map((row) => [row.id, row]))
  for (const port of work.intent.ports) {
    for (const { id } of port.doubles) {
      const double = rows.get(id)
      const moved = double ? await moveFrom(work, double, port.id) : done
      if (moved.kind === 'failed') return moved
    }
    const primary = await keepPrimary(work, port, held)
    if (primary.kind === 'failed') return primary
  }
  return done
}

/** NetBox moves no MAC address that is the primary one of its interface. Source: dcim/models `MACAddress.clean()`, 4.2 and later. */
async function moveFrom(work: RenameWork, double: HeldInterface, to: number): Promise<Done> {
  if (double.primaryMacId !== null) {
    const loosened = await edit(work, `dcim/interfaces/${double.id}/`, {
      isDue: (row) => row.name === double.name && Boolean(row.primary_mac_address),
      json: { primary_mac_address: null },
    })
    if (loosened.kind === 'failed') return loosened
  }
  for (const { endpoint, id } of double.addresses) {
    const moved = await edit(work, `${endpoint}/${id}/`, {
      isDue: (row) => row.assigned_object_type === 'dcim.interface' && row.assigned_object_id === double.id,
      json: { assigned_object_type: 'dcim.interface', assigned_object_id: to },
    })
    if (moved.kind === 'failed') return moved
  }
  return done
}

async function keepPrimary(
  work: RenameWork,
  port: PortIntent,
  held: readonly HeldInterface[],
): Promise<Done> {
  const { primaryMacId } = port
  if (primaryMacId === null) return done
  const own = [port.id, ...port.doubles.map(({ id }) => id)]
  const isHere = ({ endpoint, id }: HeldAddress) => endpoint === 'dcim/mac-addresses' && id === primaryMacId
  if (!held.some(({ id, addresses }) => own.includes(id) && addresses.some(isHere))) return done
  return edit(work, `dcim/interfaces/${port.id}/`, {
    isDue: (row) => !row.primary_mac_address,
    json: { primary_mac_address: primaryMacId },
  })
}

/** Only a row that was just read as bare and as the one that a person saw. */
export async function deleteDouble({ rest, signal }: RenameWork, double: HeldInterface): Promise<Done> {
  const guard = double.lastUpdated === null ? {} : { ifMatch: etagOf(double.lastUpdated) }
  const removed = await rest.call({
    ...{ method: 'DELETE', path: `dcim/interfaces/${double.id}/`, signal },
    ...guard,
  })
  return removed.kind === 'failed' && removed.cause !== 'gone' ? removed : done
}

export async function renamePorts(work: RenameWork, held: readonly HeldInterface[]): Promise<Done> {
  const names = new Map(held.map(({ id, name }) => [id, name]))
  for (const { id, from, to } of work.intent.ports) {
    if (names.get(id) === to) continue
    const path = `dcim/interfaces/${id}/`
    const renamed = await edit(work, path, { isDue: ({ name }) => name === from, json: { name: to } })
    if (renamed.kind === 'failed') return renamed
  }
  return done
}

/** The row as it is now gets these values if it still needs them, unless somebody changes it in between. */
async function edit(
  { rest, signal, message }: RenameWork,
  path: string,
  { isDue, json }: { isDue(row: Row): boolean; json: Record<string, unknown> },
): Promise<Done> {
  const now = await rest.call({ method: 'GET', path, signal })
  if (now.kind === 'failed') return now.cause === 'gone' ? done : now
  const row = rowSchema.safeParse(now.body)
  if (!row.success) return failed('base-url', 'NetBox’s answer has another shape than NetBox 4.4 to 4.7.')
  if (!isDue(row.data)) return done
  const body = { ...json, changelog_message: message }
  const patched = await guardedPatch(rest, { path, seen: seenAs(now), json: body, signal })
  return patched.kind === 'failed' && patched.cause !== 'gone' ? patched : done
}
