import { z } from 'zod'
import { type Failure, failed } from '../client/failure.ts'
import { macText } from '../client/mac-text.ts'
import type { Rest } from '../client/rest.ts'
import { add, ensure, type Wanted } from './ensure.ts'

/**
 * In NetBox 4.2 and later a MAC address is an object on an interface. A label does not say which port it belongs to, so
 * HWLab gives the device one interface of its own, never a guessed port name, and makes the address its primary one.
 */
const interfaceName = 'label-mac'

const addressSchema = z.object({
  id: z.number(),
  mac_address: z.string(),
  description: z.string().default(''),
})
const interfaceSchema = z.object({
  id: z.number(),
  primary_mac_address: addressSchema.nullish(),
  mac_addresses: z
    .array(addressSchema)
    .nullish()
    .transform((all) => all ?? []),
})

export interface WantedMac {
  deviceId: number
  mac: string
  /** Written with the address, it proves that it is ours. */
  mark: string
}

/** `isNew`: the device was created a moment ago, so nothing is looked for first. */
export async function addMacAddress(
  rest: Rest,
  wanted: WantedMac & { isNew: boolean },
  signal: AbortSignal,
): Promise<{ kind: 'added' } | Failure> {
  const mac = macText(wanted.mac)
  if (mac === null)
    return failed(
      'invalid',
      `“${wanted.mac.slice(0, 40)}” is not a MAC address. Correct it and propose again.`,
    )
  const have = wanted.isNew ? add : ensure
  const port = await have(rest, wantedPort(wanted.deviceId, mac), signal)
  if (port.kind === 'failed') return port
  const seen = interfaceSchema.safeParse(port.row)
  if (seen.success && macText(seen.data.primary_mac_address?.mac_address ?? '') === mac)
    return { kind: 'added' }
  const address = await have(rest, wantedAddress(port.row.id, mac, wanted.mark), signal)
  if (address.kind === 'failed') return address
  const primary = await rest.call({
    method: 'PATCH',
    path: `dcim/interfaces/${port.row.id}/`,
    body: { json: { primary_mac_address: address.row.id } },
    signal,
  })
  return primary.kind === 'failed' ? primary : { kind: 'added' }
}

function wantedPort(deviceId: number, mac: string): Wanted<'dcim/interfaces'> {
  return {
    endpoint: 'dcim/interfaces',
    words: `an interface for ${mac}`,
    find: [{ device_id: deviceId, name: interfaceName }],
    isIt: (row) => row.name === interfaceName && idIn(row.device) === deviceId,
    create: {
      device: deviceId,
      name: interfaceName,
      type: 'other',
      description: 'MAC address from the label; HWLab does not know which port it is',
    },
    permission: 'dcim.add_interface',
  }
}

function wantedAddress(interfaceId: number, mac: string, mark: string): Wanted<'dcim/mac-addresses'> {
  return {
    endpoint: 'dcim/mac-addresses',
    words: `the MAC address ${mac}`,
    find: [{ interface_id: interfaceId, mac_address: mac }],
    isIt: (row) => row.assigned_object_id === interfaceId && macText(String(row.mac_address)) === mac,
    create: {
      mac_address: mac,
      assigned_object_type: 'dcim.interface',
      assigned_object_id: interfaceId,
      description: mark,
    },
    permission: 'dcim.add_macaddress',
  }
}

/**
 * Whether the device's own interface shows the address as its primary one. A twin of our own (NetBox takes one address
 * twice) is removed: its mark proves that it is ours, and the primary one stays.
 */
export async function checkMacAddress(
  rest: Rest,
  wanted: WantedMac,
  signal: AbortSignal,
): Promise<{ kind: 'right' } | { kind: 'missing'; words: string } | Failure> {
  const mac = macText(wanted.mac)
  const filters = { device_id: wanted.deviceId, name: interfaceName }
  const ports = await rest.list('dcim/interfaces', filters, { signal })
  if (ports.kind === 'failed') return ports
  const [port] = ports.rows.flatMap((row) => {
    const seen = interfaceSchema.safeParse(row)
    return seen.success && row.name === interfaceName && idIn(row.device) === wanted.deviceId
      ? [seen.data]
      : []
  })
  const primary = port?.primary_mac_address
  if (!port || !primary || macText(primary.mac_address) !== mac)
    return { kind: 'missing', words: 'MAC address' }
  for (const other of port.mac_addresses) {
    if (other.id === primary.id || other.description !== wanted.mark || macText(other.mac_address) !== mac)
      continue
    const removed = await rest.call({ method: 'DELETE', path: `dcim/mac-addresses/${other.id}/`, signal })
    if (removed.kind === 'failed' && removed.cause === 'denied')
      return failed(
        'denied',
        `NetBox holds the MAC address ${mac} twice and does not let HWLab remove the extra one. Delete one there, then retry.`,
      )
    if (removed.kind === 'failed' && removed.cause !== 'gone') return removed
  }
  return { kind: 'right' }
}

function idIn(reference: unknown): unknown {
  return typeof reference === 'object' && reference !== null && 'id' in reference ? reference.id : null
}
