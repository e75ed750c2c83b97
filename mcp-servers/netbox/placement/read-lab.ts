import { z } from 'zod'
import type { Endpoint } from '../client/endpoints.ts'
import { readAll } from '../client/read-all.ts'
import { choiceValue, customFieldsRead } from '../client/read-values.ts'
import type { Rest } from '../client/rest.ts'

const ref = z.object({ id: z.number() })
const named = z.object({ id: z.number(), name: z.string() })
const choice = choiceValue.nullish()

const shapes = {
  'dcim/racks': z.object({
    id: z.number(),
    name: z.string(),
    site: named,
    location: named.nullish(),
    status: choiceValue,
    u_height: z.number(),
    starting_unit: z.number().default(1),
  }),
  'dcim/rack-reservations': z.object({ rack: ref, units: z.array(z.number()) }),
  'dcim/locations': z.object({ id: z.number(), name: z.string(), site: named }),
  'dcim/device-types': z.object({
    id: z.number(),
    model: z.string(),
    u_height: z.number(),
    is_full_depth: z.boolean(),
  }),
  'dcim/devices': z.object({
    id: z.number(),
    display: z.string(),
    asset_tag: z.string().nullish(),
    role: named,
    device_type: ref,
    rack: ref.nullish(),
    location: ref.nullish(),
    position: z.number().nullish(),
    face: choice,
    custom_fields: customFieldsRead,
  }),
  'dcim/power-feeds': z.object({
    rack: ref.nullish(),
    status: choiceValue,
    type: choice,
    phase: choice,
    voltage: z.number(),
    amperage: z.number(),
    max_utilization: z.number(),
  }),
  'dcim/power-ports': z.object({ device: ref, maximum_draw: z.number().nullish() }),
  'dcim/power-outlets': z.object({ device: ref, _occupied: z.boolean().default(false) }),
  'dcim/interfaces': z.object({
    id: z.number(),
    device: ref,
    type: choiceValue,
    enabled: z.boolean().default(true),
    mgmt_only: z.boolean().default(false),
    poe_mode: choice,
    poe_type: choice,
    link_peers: z.array(z.looseObject({ id: z.number() })).default([]),
    _occupied: z.boolean().default(false),
  }),
} satisfies Partial<Record<Endpoint, z.ZodObject>>

type Name = keyof typeof shapes
type Shape<Of extends Name> = z.infer<(typeof shapes)[Of]>[]

export interface LabRows {
  racks: Shape<'dcim/racks'>
  reservations: Shape<'dcim/rack-reservations'>
  locations: Shape<'dcim/locations'>
  types: Shape<'dcim/device-types'>
  devices: Shape<'dcim/devices'>
  feeds: Shape<'dcim/power-feeds'>
  powerPorts: Shape<'dcim/power-ports'>
  outlets: Shape<'dcim/power-outlets'>
  interfaces: Shape<'dcim/interfaces'>
}

/** Racks, what stands in them, power and ports; nothing is changed. A part that the inventory does not have is empty. */
export async function readLab(
  rest: Rest,
  signal: AbortSignal,
): Promise<{ kind: 'read'; rows: LabRows } | { kind: 'away'; why: string }> {
  const troubles: string[] = []
  async function rows<Row>(endpoint: Name, schema: z.ZodType<Row>): Promise<Row[]> {
    const fields = Object.keys(shapes[endpoint].shape)
    const answer = await readAll(rest, { endpoint, fields, signal }, schema)
    if (answer.kind === 'rows') return answer.rows
    if (answer.cause !== 'gone') troubles.push(answer.why)
    return []
  }
  const [racks, reservations, locations, types, devices, feeds, powerPorts, outlets, interfaces] =
    await Promise.all([
      rows('dcim/racks', shapes['dcim/racks']),
      rows('dcim/rack-reservations', shapes['dcim/rack-reservations']),
      rows('dcim/locations', shapes['dcim/locations']),
      rows('dcim/device-types', shapes['dcim/device-types']),
      rows('dcim/devices', shapes['dcim/devices']),
      rows('dcim/power-feeds', shapes['dcim/power-feeds']),
      rows('dcim/power-ports', shapes['dcim/power-ports']),
      rows('dcim/power-outlets', shapes['dcim/power-outlets']),
      rows('dcim/interfaces', shapes['dcim/interfaces']),
    ])
  const [why] = troubles
  if (why !== undefined) return { kind: 'away', why }
  return {
    kind: 'read',
    rows: { racks, reservations, locations, types, devices, feeds, powerPorts, outlets, interfaces },
  }
}
