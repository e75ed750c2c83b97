import { z } from 'zod'
import { movePartSchema, shelfSchema } from '../parts/move-intent.ts'

/** Kinds of ports that HWLab connects, and where NetBox keeps them. */
export const portEndpoints = {
  'dcim.interface': 'dcim/interfaces',
  'dcim.powerport': 'dcim/power-ports',
  'dcim.poweroutlet': 'dcim/power-outlets',
} as const
export type PortType = keyof typeof portEndpoints

const endSchema = z.object({
  objectType: z.enum(['dcim.interface', 'dcim.powerport', 'dcim.poweroutlet']),
  device: z.object({ id: z.number(), name: z.string(), tag: z.string().nullable() }),
  name: z.string().min(1).max(64),
  /** NetBox's type of an interface that is added; null: it is there. */
  newType: z.string().nullable(),
})
export type CableEnd = z.infer<typeof endSchema>

export const connectCableSchema = z.object({
  /** Written into `hwlab_id`, it proves that a cable is ours. */
  hwlabId: z.string().min(1).max(50),
  /** The recorded thing that the cable is, with its tag, and where it lay; null: a cable without a tag. */
  loose: z.object({ part: movePartSchema.shape.part, from: shelfSchema }).nullable(),
  a: endSchema,
  b: endSchema,
  /** NetBox's words: `cat6`, `dac-passive`; empty: unknown. */
  type: z.string().max(50),
  /** Six hexadecimal digits, or empty. */
  color: z.string().regex(/^(?:[0-9a-f]{6})?$/),
  lengthMetres: z.number().min(0).max(99_999).nullable(),
})
export type ConnectCable = z.infer<typeof connectCableSchema>

export function endWords({ device, name }: CableEnd): string {
  return `${device.name} ${name}`
}

export function cableTitle({ loose, a, b }: ConnectCable): string {
  const cable = loose === null ? 'cable' : `cable ${loose.part.tag}`
  return `${cable} ${endWords(a)} – ${endWords(b)}`
}

/** The tag of the cable, else of a machine at its end. */
export function cableSubject({ loose, a, b }: ConnectCable): string {
  return loose?.part.tag ?? a.device.tag ?? b.device.tag ?? a.device.name
}
