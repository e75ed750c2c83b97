import { z } from 'zod'
import { readAll } from '../client/read-all.ts'
import { choiceValue, customFieldsRead } from '../client/read-values.ts'
import type { Rest } from '../client/rest.ts'
import type { AddressSeen, Holder } from './deviations.ts'
import { type Block, type Family, parseAddress, parseBlock, type Span } from './ip-block.ts'

/** The id of a VRF; null: the global table. Equal addresses of different VRFs are different addresses. */
type Vrf = number | null

export interface IpamSeen {
  /** `isFull`: somebody marked it as used up. */
  prefixes: { block: Block; vrf: Vrf; vrfName: string | null; isPool: boolean; isFull: boolean }[]
  addresses: (AddressSeen & { vrf: Vrf })[]
  ranges: (Span & { family: Family; vrf: Vrf })[]
}

const briefSchema = z.object({ id: z.number(), name: z.string().nullish() })
const vrfSchema = z.object({ id: z.number(), name: z.string() }).nullish()
const prefixSchema = z.object({
  prefix: z.string(),
  vrf: vrfSchema,
  is_pool: z.boolean().default(false),
  mark_utilized: z.boolean().default(false),
})
const addressSchema = z.object({
  address: z.string(),
  vrf: vrfSchema,
  status: choiceValue,
  dns_name: z.string().default(''),
  assigned_object: z
    .object({ device: briefSchema.nullish(), virtual_machine: briefSchema.nullish() })
    .nullish(),
})
const rangeSchema = z.object({ start_address: z.string(), end_address: z.string(), vrf: vrfSchema })
const holderSchema = z.object({
  id: z.number(),
  name: z.string().nullish(),
  display: z.string(),
  role: z.object({ name: z.string() }).nullish(),
  custom_fields: customFieldsRead,
})
const holderFields = ['name', 'display', 'role', 'custom_fields']

/** Prefixes, addresses with what holds them, and ranges, from NetBox's IPAM; nothing is changed. */
export async function readAddresses(
  rest: Rest,
  signal: AbortSignal,
): Promise<{ kind: 'seen'; ipam: IpamSeen } | { kind: 'away'; why: string }> {
  const prefixes = await readAll(
    rest,
    { endpoint: 'ipam/prefixes', fields: Object.keys(prefixSchema.shape), signal },
    prefixSchema,
  )
  if (prefixes.kind === 'away') return prefixes
  const addresses = await readAll(
    rest,
    { endpoint: 'ipam/ip-addresses', fields: Object.keys(addressSchema.shape), signal },
    addressSchema,
  )
  if (addresses.kind === 'away') return addresses
  const ranges = await readRanges(rest, signal)
  if (ranges.kind === 'away') return ranges
  const holders = await readHolders(rest, signal, addresses.rows)
  if (holders.kind === 'away') return holders
  return {
    kind: 'seen',
    ipam: {
      prefixes: prefixes.rows.flatMap(({ prefix, vrf, is_pool: isPool, mark_utilized: isFull }) => {
        const block = parseBlock(prefix)
        return block ? [{ block, vrf: vrf?.id ?? null, vrfName: vrf?.name ?? null, isPool, isFull }] : []
      }),
      addresses: addresses.rows.flatMap((row) => seenAddress(row, holders)),
      ranges: ranges.rows,
    },
  }
}

type Holders = Record<Holder['kind'], ReadonlyMap<number, Holder>>

/** Devices and virtual machines are asked for only where one of them holds an address. */
async function readHolders(
  rest: Rest,
  signal: AbortSignal,
  addresses: z.infer<typeof addressSchema>[],
): Promise<({ kind: 'held' } & Holders) | { kind: 'away'; why: string }> {
  const none = { kind: 'rows' as const, rows: [] }
  const asked = { fields: holderFields, signal }
  const devices = addresses.some((row) => row.assigned_object?.device)
    ? await readAll(rest, { endpoint: 'dcim/devices', ...asked }, holderSchema)
    : none
  if (devices.kind === 'away') return devices
  const machines = addresses.some((row) => row.assigned_object?.virtual_machine)
    ? await readAll(rest, { endpoint: 'virtualization/virtual-machines', ...asked }, holderSchema)
    : none
  if (machines.kind === 'away') return machines
  return { kind: 'held', device: byId('device', devices.rows), vm: byId('vm', machines.rows) }
}

function byId(kind: Holder['kind'], rows: z.infer<typeof holderSchema>[]): ReadonlyMap<number, Holder> {
  return new Map(
    rows.map(({ id, name, display, role, custom_fields }) => [
      id,
      { kind, id, name: name || display, role: role?.name ?? null, customFields: custom_fields },
    ]),
  )
}

function seenAddress(row: z.infer<typeof addressSchema>, holders: Holders): IpamSeen['addresses'] {
  const parsed = parseAddress(row.address)
  if (!parsed) return []
  const { device, virtual_machine: machine } = row.assigned_object ?? {}
  const holder = device ? holders.device.get(device.id) : machine && holders.vm.get(machine.id)
  const { family, value } = parsed
  return [
    {
      ...{ family, value, dnsName: row.dns_name, status: row.status },
      ...{ holder: holder ?? null, vrf: row.vrf?.id ?? null },
    },
  ]
}

/** An inventory without ranges has none; NetBox has had them since 3.0. */
async function readRanges(
  rest: Rest,
  signal: AbortSignal,
): Promise<{ kind: 'rows'; rows: IpamSeen['ranges'] } | { kind: 'away'; why: string }> {
  const fields = ['start_address', 'end_address', 'vrf']
  const ranges = await readAll(rest, { endpoint: 'ipam/ip-ranges', fields, signal }, rangeSchema)
  if (ranges.kind === 'away') return ranges.cause === 'gone' ? { kind: 'rows', rows: [] } : ranges
  const rows = ranges.rows.flatMap(({ start_address, end_address, vrf }) => {
    const [start, end] = [parseAddress(start_address), parseAddress(end_address)]
    if (!start || !end || start.family !== end.family) return []
    return [{ family: start.family, first: start.value, last: end.value, vrf: vrf?.id ?? null }]
  })
  return { kind: 'rows', rows }
}
