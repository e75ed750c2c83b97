import { z } from 'zod'
import type { Features } from '../client/features.ts'
import { type CustomFieldName, customFields } from '../custom-fields.ts'
import { namedSchema } from '../outbox/item-intent.ts'

/** One thing that HWLab needs in NetBox before it records anything. Each can be added; none is ever changed back or removed. */
export const setupThingSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('custom-field'),
    name: z.string().refine((name) => customFields.some((field) => field.name === name)),
    /** NetBox's name of what shall have it: `dcim.device`. */
    objectType: z.string().min(1).max(100),
  }),
  z.object({ kind: z.literal('tag'), name: z.string().min(1).max(100) }),
  z.object({ kind: z.literal('site'), site: namedSchema }),
  z.object({ kind: z.literal('role'), role: namedSchema }),
])
export type SetupThing = z.infer<typeof setupThingSchema>

const typeWords: Record<string, string> = {
  'dcim.device': 'devices',
  'dcim.module': 'modules',
  'dcim.cable': 'cables',
  'netbox_inventory.asset': 'assets',
}

/** What every NetBox needs for HWLab; roles come on top, those that are wanted. */
export function neededThings(site: { name: string; slug: string }, { assets }: Features): SetupThing[] {
  const onRecords = customFields.flatMap(({ name }) =>
    objectTypesOf(name, assets).map((objectType): SetupThing => ({ kind: 'custom-field', name, objectType })),
  )
  return [...onRecords, { kind: 'tag', name: 'hwlab' }, { kind: 'site', site }]
}

function objectTypesOf(name: CustomFieldName, assets: boolean): string[] {
  const onAssets = assets ? ['netbox_inventory.asset'] : []
  // Devices have interfaces for it.
  if (name === 'hwlab_mac') return onAssets
  const records = ['dcim.device', 'dcim.module', ...onAssets]
  // Of a cable only whose it is: the rest is for things with a label of their own.
  return name === 'hwlab_id' ? [...records, 'dcim.cable'] : records
}

/** "Custom field “hwlab_id” on cables". */
export function thingWords(thing: SetupThing): string {
  switch (thing.kind) {
    case 'custom-field':
      return `Custom field “${thing.name}” on ${typeWords[thing.objectType] ?? thing.objectType}`
    case 'tag':
      return `Tag “${thing.name}”`
    case 'site':
      return `Site “${thing.site.name}”`
    case 'role':
      return `Device role “${thing.role.name}”`
  }
}
