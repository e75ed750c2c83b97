import { z } from 'zod'

/** What is carried into NetBox, in an order in which each refers only to the ones before it. */
export const sharedEndpoints = [
  'extras/tags',
  'dcim/manufacturers',
  'dcim/device-roles',
  'dcim/sites',
  'dcim/locations',
  'dcim/racks',
  'dcim/device-types',
  'dcim/module-type-profiles',
  'dcim/module-types',
] as const
export const recordEndpoints = ['dcim/devices', 'dcim/modules', 'dcim/cables'] as const
/** Of a device or a module, without a life of their own. */
export const partEndpoints = [
  'dcim/module-bays',
  'dcim/interfaces',
  'dcim/mac-addresses',
  'dcim/console-ports',
  'dcim/power-ports',
  'dcim/power-outlets',
] as const
export const carriedEndpoints = [...sharedEndpoints, ...recordEndpoints, ...partEndpoints] as const

export type RecordEndpoint = (typeof recordEndpoints)[number]
export type CarriedEndpoint = (typeof carriedEndpoints)[number]

/** Another object of the same intent, by its id in HWLab's own inventory. */
const refSchema = z.strictObject({ own: z.number().int() })
const endSchema = z.array(z.strictObject({ object_type: z.string(), object_id: refSchema }))
const valueSchema = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  refSchema,
  z.array(refSchema),
  endSchema,
  z.array(z.string()),
  z.strictObject({ json: z.unknown() }),
])
export type CarriedValue = z.infer<typeof valueSchema>
export type Ref = z.infer<typeof refSchema>

const carriedObjectSchema = z.object({
  /** Its id in HWLab's own inventory, unique over all kinds. */
  own: z.number().int(),
  endpoint: z.enum(carriedEndpoints),
  /** `add`: added where it is missing. `record`: the one that it is all about. `find`: must be there already. */
  how: z.enum(['add', 'record', 'find']),
  /** As it is written; empty ones are left out. */
  fields: z.record(z.string(), valueSchema),
  customFields: z.record(z.string(), z.unknown()),
})
export type CarriedObject = z.infer<typeof carriedObjectSchema>

export const carriedRecordSchema = z.object({
  /** `HW-00001`, or what takes its place where there is no tag. */
  name: z.string().min(1).max(100),
  /** "Acme Box 1". */
  title: z.string().min(1).max(300),
  /** Names of records that have to be there first. */
  after: z.array(z.string().min(1).max(100)),
  objects: z.array(carriedObjectSchema).min(1),
  /** The primary address of an interface, both by their ids in the own inventory. */
  primaryMacs: z.array(z.object({ interface: z.number().int(), mac: z.number().int() })),
  /** Images of the inventory's own, by their ids there. */
  photos: z.array(z.object({ own: z.number().int(), name: z.string().min(1).max(50) })),
  journal: z.array(z.object({ kind: z.string(), comments: z.string().min(1) })),
})
export type CarriedRecord = z.infer<typeof carriedRecordSchema>

/** null: only things that records share. */
export function mainObject({ objects }: CarriedRecord): CarriedObject | null {
  return objects.find(({ how }) => how === 'record') ?? null
}

export function hwlabIdOf({ customFields }: CarriedObject): string | null {
  return typeof customFields.hwlab_id === 'string' ? customFields.hwlab_id : null
}

export function isRef(value: unknown): value is Ref {
  return refSchema.safeParse(value).success
}
