import { z } from 'zod'
import { namedSchema } from '../outbox/item-intent.ts'

export const shelfSchema = z.object({
  kind: z.literal('shelf'),
  site: namedSchema,
  /** From the outside in; empty: somewhere in the site. */
  location: z.array(z.string().min(1).max(100)).max(6),
})
export type Shelf = z.infer<typeof shelfSchema>

const baySchema = z.object({
  kind: z.literal('bay'),
  machine: z.object({ id: z.number(), name: z.string(), tag: z.string().nullable() }),
  name: z.string().min(1).max(64),
  /** It is added to the machine. */
  isNew: z.boolean(),
})
export type Bay = z.infer<typeof baySchema>

const placeSchema = z.discriminatedUnion('kind', [shelfSchema, baySchema])
export type Place = z.infer<typeof placeSchema>

export const movePartSchema = z.object({
  part: z.object({
    tag: z.string().min(1).max(50),
    /** Written into `hwlab_id` of every record that stands for the part. */
    hwlabId: z.string().min(1).max(50),
    manufacturer: namedSchema,
    model: z.string().min(1).max(100),
    /** Of a device record, where the part has none yet. */
    role: namedSchema,
  }),
  from: placeSchema,
  to: placeSchema,
})
export type MovePart = z.infer<typeof movePartSchema>
export type Part = MovePart['part']

export function placeWords(place: Place): string {
  if (place.kind === 'bay') return `${place.machine.name}, ${place.name}`
  return place.location.length === 0 ? place.site.name : place.location.join(' / ')
}

export function isSamePlace(one: Place, other: Place): boolean {
  if (one.kind === 'bay' && other.kind === 'bay')
    return one.machine.id === other.machine.id && one.name === other.name
  if (one.kind === 'shelf' && other.kind === 'shelf')
    return (
      one.site.slug === other.site.slug && placeWords(one).toLowerCase() === placeWords(other).toLowerCase()
    )
  return false
}
