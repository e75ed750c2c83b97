import { z } from 'zod'
import { type Failure, failed } from '../client/failure.ts'
import { macText } from '../client/mac-text.ts'
import type { Rest } from '../client/rest.ts'
import { ensure } from './ensure.ts'

/**
 * In NetBox 4.2 and later a MAC address is an object on an interface. A label does not say which port it belongs to, so
 * HWLab gives the device one interface of its own, never a guessed port name, and makes the address its primary one.
 */
const interfaceName = 'label-mac'

const interfaceSchema = z.object({
  id: z.number(),
  primary_mac_address: z.object({ mac_address: z.string() }).nullish(),
})

export async function ensureMacAddress(
  rest: Rest,
  wanted: { deviceId: number; mac: string },
  signal: AbortSignal,
): Promise<{ kind: 'added' } | Failure> {
  const mac = macText(wanted.mac)
  if (mac === null)
    return failed(
      'invalid',
      `“${wanted.mac.slice(0, 40)}” is not a MAC address. Correct it and propose again.`,
    )
  const port = await ensure(
    rest,
    {
      endpoint: 'dcim/interfaces',
      words: `an interface for ${mac}`,
      find: [{ device_id: wanted.deviceId, name: interfaceName }],
      isIt: (row) => row.name === interfaceName && idIn(row.device) === wanted.deviceId,
      create: {
        device: wanted.deviceId,
        name: interfaceName,
        type: 'other',
        description: 'MAC address from the label; HWLab does not know which port it is',
      },
      permission: 'dcim.add_interface',
    },
    signal,
  )
  if (port.kind === 'failed') return port
  const seen = interfaceSchema.safeParse(port.row)
  if (seen.success && macText(seen.data.primary_mac_address?.mac_address ?? '') === mac)
    return { kind: 'added' }
  const address = await ensure(
    rest,
    {
      endpoint: 'dcim/mac-addresses',
      words: `the MAC address ${mac}`,
      find: [{ interface_id: port.row.id, mac_address: mac }],
      isIt: (row) => row.assigned_object_id === port.row.id && macText(String(row.mac_address)) === mac,
      create: { mac_address: mac, assigned_object_type: 'dcim.interface', assigned_object_id: port.row.id },
      permission: 'dcim.add_macaddress',
    },
    signal,
  )
  if (address.kind === 'failed') return address
  const primary = await rest.call({
    method: 'PATCH',
    path: `dcim/interfaces/${port.row.id}/`,
    body: { json: { primary_mac_address: address.row.id } },
    signal,
  })
  return primary.kind === 'failed' ? primary : { kind: 'added' }
}

/** Whether the device's own interface shows the address as its primary one. */
export async function macIsThere(
  rest: Rest,
  wanted: { deviceId: number; mac: string },
  signal: AbortSignal,
): Promise<{ kind: 'right' } | { kind: 'missing' } | Failure> {
  const filters = { device_id: wanted.deviceId, name: interfaceName }
  const answer = await rest.list('dcim/interfaces', filters, { signal })
  if (answer.kind === 'failed') return answer
  const there = answer.rows.some((row) => {
    const seen = interfaceSchema.safeParse(row)
    const mac = seen.success ? seen.data.primary_mac_address?.mac_address : null
    return idIn(row.device) === wanted.deviceId && macText(mac ?? '') === macText(wanted.mac)
  })
  return there ? { kind: 'right' } : { kind: 'missing' }
}

function idIn(reference: unknown): unknown {
  return typeof reference === 'object' && reference !== null && 'id' in reference ? reference.id : null
}
