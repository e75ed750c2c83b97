import { z } from 'zod'
import { changeTargetSchema } from '../changes/record-change.ts'
import type { Undo } from '../outbox/operation.ts'

const id = z.number().int().positive()
const name = z.string().min(1).max(64)

const heldAddressSchema = z.object({
  endpoint: z.enum(['ipam/ip-addresses', 'dcim/mac-addresses']),
  id,
  text: z.string().max(64),
})

/** The intent of `rename_interfaces`: the rows that a person saw, by id and name, and what becomes of them. */
export const renameInterfacesSchema = z.object({
  target: changeTargetSchema.extend({ kind: z.literal('device') }),
  ports: z
    .array(
      z.object({
        id,
        from: name,
        to: name,
        /** Rows that are the same interface, with the addresses that go to the one that stays. */
        doubles: z.array(
          z.object({ id, name, lastUpdated: z.string().nullable(), addresses: z.array(heldAddressSchema) }),
        ),
        /** The MAC address that is to be the primary one if the row that stays has none. */
        primaryMacId: id.nullable(),
      }),
    )
    .min(1)
    .max(2000),
})
export type RenameInterfaces = z.infer<typeof renameInterfacesSchema>
export type PortIntent = RenameInterfaces['ports'][number]

/** The same names as before; a deleted double does not come back. Null: only doubles were deleted. */
export function renamedBack({ target, ports }: RenameInterfaces): Undo | null {
  const renamed = ports.filter(({ from, to }) => from !== to)
  if (renamed.length === 0) return null
  const intent: RenameInterfaces = {
    target,
    ports: renamed.map(({ id, from, to }) => ({ id, from: to, to: from, doubles: [], primaryMacId: null })),
  }
  const gone = ports.flatMap(({ doubles }) => doubles.map((double) => `“${double.name}”`))
  const lines = renamed.map(({ from, to }) => ({ label: 'Interface', before: to, after: from }))
  const deleted = {
    label: 'Deleted doubles',
    before: gone.join(', '),
    after: 'They do not come back; their addresses stay where they are.',
  }
  return {
    kind: 'rename_interfaces',
    intent,
    lines: gone.length === 0 ? lines : [...lines, deleted],
    tier: 'write',
  }
}
