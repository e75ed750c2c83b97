import { z } from 'zod'
import { type Failure, failed } from '../client/failure.ts'
import { readAll } from '../client/read-all.ts'
import type { Rest } from '../client/rest.ts'
import type { HeldAddress, HeldInterface } from './rename-plan.ts'

const one = z.looseObject({ id: z.number(), display: z.string().default('') }).nullish()
const several = z.array(z.unknown()).nullish()
const count = z.number().nullish()
const text = z.string().nullish()
const portSchema = z.object({
  id: z.number(),
  name: z.string(),
  device: z.object({ id: z.number() }),
  module: one,
  last_updated: text,
  cable: one,
  mark_connected: z.boolean().nullish(),
  primary_mac_address: one,
  parent: one,
  bridge: one,
  lag: one,
  untagged_vlan: one,
  tagged_vlans: several,
  qinq_svlan: one,
  vlan_translation_policy: one,
  vrf: one,
  vdcs: several,
  wireless_link: one,
  wireless_lans: several,
  l2vpn_termination: z.unknown(),
  count_ipaddresses: count,
  count_fhrp_groups: count,
  label: text,
  description: text,
  tags: several,
  custom_fields: z.record(z.string(), z.unknown()).nullish(),
})
type Port = z.infer<typeof portSchema>

const assigned = { assigned_object_type: text, assigned_object_id: z.number().nullish() }
const ipSchema = z.object({ id: z.number(), address: z.string(), ...assigned })
const macSchema = z.object({ id: z.number(), mac_address: z.string(), ...assigned })

interface Asked {
  deviceId: number
  /** Rows that may be deleted: their journals are looked at as well. */
  doubles(rows: readonly { id: number; name: string }[]): readonly number[]
  signal?: AbortSignal
}

/** Every interface of a device, with all that NetBox would delete or loosen with it. */
export async function readHeld(
  rest: Rest,
  { deviceId, doubles, signal }: Asked,
): Promise<{ kind: 'held'; held: HeldInterface[] } | Failure> {
  const asked = { filters: { device_id: deviceId }, ...(signal ? { signal } : {}) }
  const ips = { ...asked, endpoint: 'ipam/ip-addresses' as const, fields: Object.keys(ipSchema.shape) }
  const macs = { ...asked, endpoint: 'dcim/mac-addresses' as const, fields: Object.keys(macSchema.shape) }
  const ports = { ...asked, endpoint: 'dcim/interfaces' as const, fields: Object.keys(portSchema.shape) }
  const ipRows = await readAll(rest, ips, ipSchema)
  if (ipRows.kind === 'away') return failed(ipRows.cause, ipRows.why)
  const macRows = await readAll(rest, macs, macSchema)
  if (macRows.kind === 'away') return failed(macRows.cause, macRows.why)
  const portRows = await readAll(rest, ports, portSchema)
  if (portRows.kind === 'away') return failed(portRows.cause, portRows.why)
  const own = portRows.rows.filter(({ device }) => device.id === deviceId)
  const noted = await withNotes(rest, doubles(own), signal)
  if (noted.kind === 'failed') return noted
  const addresses = [
    ...ipRows.rows.map((row) => ({ ...row, endpoint: ips.endpoint, text: row.address })),
    ...macRows.rows.map((row) => ({ ...row, endpoint: macs.endpoint, text: row.mac_address })),
  ].filter((row) => row.assigned_object_type === 'dcim.interface')
  const onPort = Map.groupBy(addresses, (row) => row.assigned_object_id)
  return {
    kind: 'held',
    held: own.map((port) => {
      const held = (onPort.get(port.id) ?? []).map(({ endpoint, id, text }) => ({ endpoint, id, text }))
      const notes = noted.ids.has(port.id) ? ['notes in its journal'] : []
      return heldInterface(port, held, [...usesOf(port, held), ...usesBy(port, own), ...notes])
    }),
  }
}

function heldInterface(port: Port, addresses: HeldAddress[], otherUses: string[]): HeldInterface {
  return {
    id: port.id,
    name: port.name,
    lastUpdated: port.last_updated ?? null,
    hasCable: Boolean(port.cable),
    addresses,
    primaryMacId: port.primary_mac_address?.id ?? null,
    otherUses,
  }
}

function usesOf(port: Port, held: readonly HeldAddress[]): string[] {
  const unseen =
    (port.count_ipaddresses ?? 0) - held.filter(({ endpoint }) => endpoint === 'ipam/ip-addresses').length
  const values = Object.entries(port.custom_fields ?? {}).filter(([, value]) => !isEmpty(value))
  const uses: [unknown, string][] = [
    [port.mark_connected, 'is marked as connected'],
    [port.module, 'came with a module'],
    [port.lag, `is a member of ${port.lag?.display}`],
    [port.parent, `is a subinterface of ${port.parent?.display}`],
    [port.bridge, `is bridged to ${port.bridge?.display}`],
    [port.untagged_vlan, `VLAN ${port.untagged_vlan?.display}`],
    [port.tagged_vlans, 'tagged VLANs'],
    [port.qinq_svlan, `service VLAN ${port.qinq_svlan?.display}`],
    [port.vlan_translation_policy, 'a VLAN translation'],
    [port.vrf, `VRF ${port.vrf?.display}`],
    [port.vdcs, 'a virtual device context'],
    [port.wireless_link, 'a wireless link'],
    [port.wireless_lans, 'wireless LANs'],
    [port.l2vpn_termination, 'an L2VPN'],
    [port.count_fhrp_groups, 'FHRP groups'],
    [unseen > 0, 'IP addresses that HWLab may not see'],
    [port.label, 'a label'],
    [port.description, 'a description'],
    [port.tags, 'tags'],
    [values, 'custom fields'],
  ]
  return uses.filter(([value]) => !isEmpty(value)).map(([, words]) => words)
}

function usesBy(port: Port, all: readonly Port[]): string[] {
  return all.flatMap((other) => [
    ...(other.lag?.id === port.id ? [`is the LAG of ${other.name}`] : []),
    ...(other.parent?.id === port.id ? [`has the subinterface ${other.name}`] : []),
    ...(other.bridge?.id === port.id ? [`is the bridge of ${other.name}`] : []),
  ])
}

function isEmpty(value: unknown): boolean {
  return !value || (Array.isArray(value) && value.length === 0)
}

/** NetBox deletes an interface's journal with it. */
async function withNotes(
  rest: Rest,
  ids: readonly number[],
  signal: AbortSignal | undefined,
): Promise<{ kind: 'noted'; ids: Set<number> } | Failure> {
  const noted = new Set<number>()
  for (const id of ids) {
    const filters = { assigned_object_type: 'dcim.interface', assigned_object_id: id }
    const answer = await rest.list('extras/journal-entries', filters, signal ? { signal } : {})
    if (answer.kind === 'failed') return answer
    if (answer.rows.some((row) => row.assigned_object_id === id)) noted.add(id)
  }
  return { kind: 'noted', ids: noted }
}
