import { z } from 'zod'

/** A thing as the inventory shows it: read, never assumed. */
export const recordSeenSchema = z.object({
  /** An asset is a record of the plugin netbox-inventory; a cable has its tag as its label. */
  kind: z.enum(['device', 'module', 'asset', 'cable']),
  id: z.number(),
  name: z.string().nullable(),
  display: z.string(),
  assetTag: z.string().nullable(),
  serial: z.string().nullable(),
  manufacturer: z.string(),
  model: z.string(),
  role: z.string().nullable(),
  site: z.string().nullable(),
  /** Shelf or room, or rack and unit; for a part the machine and the bay in which it sits, for a cable what it connects. */
  location: z.string().nullable().default(null),
  status: z.string(),
  /** Where a person opens it. For the embedded inventory a path of HWLab itself: `/a/HW-00001`. */
  url: z.string(),
  hwlabId: z.string().nullable(),
  /** ISO 8601 with NetBox's microseconds, as it was written; `etagOf` makes the ETag of it. */
  lastUpdated: z.string().nullable().default(null),
  /** These three are null where they were not read. */
  comments: z.string().nullable().default(null),
  /** NetBox's slugs, in alphabetical order. */
  tags: z.array(z.string()).nullable().default(null),
  /** Only HWLab's own ones, without `hwlab_id`. */
  customFields: z.record(z.string(), z.unknown()).nullable().default(null),
})
export type RecordSeen = z.infer<typeof recordSeenSchema>
export type RecordKind = RecordSeen['kind']

/** Where records of a kind are kept, and NetBox's name of their type. */
export const recordPlaces = {
  device: { endpoint: 'dcim/devices', objectType: 'dcim.device' },
  module: { endpoint: 'dcim/modules', objectType: 'dcim.module' },
  asset: { endpoint: 'plugins/inventory/assets', objectType: 'netbox_inventory.asset' },
  cable: { endpoint: 'dcim/cables', objectType: 'dcim.cable' },
} as const
export type RecordPlace = (typeof recordPlaces)[RecordKind]
