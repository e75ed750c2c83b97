import { z } from 'zod'
import { type Refusal, refused } from '../../serving/tool.ts'
import type { Inventory } from '../client/inventory.ts'
import { quoted } from '../intake/field-words.ts'
import { baysOf } from './find-bay.ts'
import type { Place } from './move-intent.ts'

const portSchema = z.object({
  name: z.string(),
  cable: z.object({ id: z.number() }).nullish(),
})

/** Ports and bays that a part brought into its machine go with it, so nothing may hang on them. */
export async function whatIsInTheWay(
  inventory: Inventory,
  record: { id: number; assetTag: string },
  { from, to }: { from: Place; to: Place },
): Promise<{ kind: 'clear'; warnings: string[] } | Refusal> {
  const { rest } = inventory
  if (from.kind === 'shelf') {
    if (to.kind === 'shelf') return { kind: 'clear', warnings: [] }
    const own = await baysOf(rest, record.id)
    if (own.kind === 'failed') return refused(own.why)
    const inside = own.bays.find(({ installed_module }) => installed_module !== null)
    return inside
      ? refused(`${record.assetTag} has a part in it itself (${quoted(inside.name)}). Take that out first.`)
      : { kind: 'clear', warnings: [] }
  }
  const answer = await rest.list('dcim/interfaces', { module_id: record.id }, { limit: 100 })
  const bays = await baysOf(rest, from.machine.id)
  if (answer.kind === 'failed') return refused(answer.why)
  if (bays.kind === 'failed') return refused(bays.why)
  const rows = z
    .array(z.looseObject({ module: z.object({ id: z.number() }).nullish() }))
    .safeParse(answer.rows)
  const own = rows.success ? rows.data.filter(({ module }) => module?.id === record.id) : []
  const ports = z.array(portSchema).safeParse(own)
  const cabled = ports.success ? ports.data.find(({ cable }) => cable) : undefined
  if (cabled)
    return refused(`A cable is in ${quoted(cabled.name)} of ${record.assetTag}. Take the cable out first.`)
  const inner = bays.bays.filter(({ module }) => module?.id === record.id)
  const full = inner.find(({ installed_module }) => installed_module !== null)
  if (full) return refused(`A part sits in ${quoted(full.name)} of ${record.assetTag}. Take that out first.`)
  const goes = own.length + inner.length
  if (to.kind === 'bay')
    return goes === 0 ? { kind: 'clear', warnings: [] } : mayMove(inventory, record, goes)
  return {
    kind: 'clear',
    warnings: [
      'NetBox keeps no part outside of a bay: its module record is removed. The journal goes to the part’s own record; the change log stays.',
      ...(goes === 0
        ? []
        : [
            `${goes} ${goes === 1 ? 'port or bay' : 'ports and bays'} that it brought with it go with the module.`,
          ]),
    ],
  }
}

/** Before 4.7 a module moves, but its ports stay at the old machine. Source: NetBox 4.7 release notes. */
async function mayMove(
  inventory: Inventory,
  record: { assetTag: string },
  many: number,
): Promise<{ kind: 'clear'; warnings: string[] } | Refusal> {
  const known = await inventory.features()
  if (known.kind === 'away') return refused(known.why)
  const [, minor = 0] = known.features.version.split('.').map(Number)
  return known.features.version.startsWith('4.') && minor < 7
    ? refused(
        `${record.assetTag} brought ${many} ports or bays with it, and NetBox before 4.7 leaves those at the old machine. Move it to a shelf first, then into the other machine.`,
      )
    : { kind: 'clear', warnings: [] }
}
