import { z } from 'zod'
import { customFields } from '../custom-fields.ts'

export const namedSchema = z.object({ name: z.string().min(1).max(100), slug: z.string().min(1).max(100) })

/** Locations of NetBox, each inside the one before. */
export const placePathSchema = z.array(z.string().min(1).max(100)).min(1).max(6)

/** The record as it must be read back, in NetBox's words and limits. Only these fields are managed. */
export const desiredItemSchema = z.object({
  /** The item's ULID: written into `hwlab_id`, it proves that a record is ours. */
  hwlabId: z.string().min(1).max(50),
  assetTag: z.string().min(1).max(50),
  manufacturer: namedSchema,
  deviceType: z.object({
    model: z.string().min(1).max(100),
    slug: z.string().min(1).max(100),
    partNumber: z.string().max(50).nullable(),
    uHeight: z.number().min(0),
  }),
  role: namedSchema,
  site: namedSchema,
  /** From the outside in: ["Workshop", "Shelf 2"]; left out where nothing is known. */
  location: placePathSchema.optional(),
  name: z.string().min(1).max(64).nullable(),
  serial: z.string().min(1).max(50).nullable(),
  macAddress: z.string().min(1).nullable(),
  status: z.literal('inventory'),
  /** Keys from `custom-fields.ts`, without `hwlab_id`. */
  customFields: z.record(
    z.string().refine((name) => customFields.some((field) => field.name === name)),
    z.unknown(),
  ),
  /** Names of tags; their slugs are made from them. */
  tags: z.array(z.string().min(1).max(100)),
  comments: z.string().max(20_000),
})
export type DesiredItem = z.infer<typeof desiredItemSchema>

export const createItemSchema = z.object({
  item: desiredItemSchema,
  photos: z.array(z.object({ attachmentId: z.string().min(1), sha256: z.string().regex(/^[0-9a-f]{64}$/) })),
  /** One plain paragraph; the operation id is appended when it is written. */
  journal: z.string().min(1).max(10_000),
  /** After a conflict: fields that stay as NetBox has them, and texts in NetBox that a person has chosen to overwrite. */
  chosen: z.object({ keep: z.array(z.string()), overwrite: z.record(z.string(), z.string()) }).optional(),
})
export type CreateItem = z.infer<typeof createItemSchema>
