import { parseAddress, parseBlock } from '../../ip-plan/ip-block.ts'
import { hostOf } from '../object-keys.ts'
import { against, fine, type Judged, type Verdict } from './object-rule.ts'

/** Source: ipam/models/ip.py `clean()`, 4.6.8, with the default that the global table is unique. */
export function addressRule(judged: Judged): Verdict {
  const { store, id, body } = judged
  const text = String(body.address)
  const address = parseAddress(text)
  if (!address) return fine(judged)
  const block = parseBlock(text)
  const isShort = address.length < (address.family === 4 ? 31 : 127)
  if (body.assigned_object_id !== null && isShort && block?.first === address.value)
    return against('__all__', `${hostOf(text)} is a network ID, which may not be assigned to an interface.`)
  if (body.assigned_object_id !== null && isShort && address.family === 4 && block?.last === address.value)
    return against(
      '__all__',
      `${hostOf(text)} is a broadcast address, which may not be assigned to an interface.`,
    )
  const twin = store
    .idsWith('ipam/ip-addresses', [{ field: 'address_host', values: [hostOf(text)] }])
    .filter((other) => other !== id)
    .map((other) => store.get('ipam/ip-addresses', other))
    .at(0)
  if (twin && (body.role === '' || twin.body.role === ''))
    return against('address', `Duplicate IP address found in global table: ${String(twin.body.address)}`)
  return leavesItsDevice(judged)
    ? against(
        '__all__',
        'Cannot reassign IP address while it is designated as the primary IP for the parent object',
      )
    : fine(judged)
}

/** The primary address of a device stays with it. */
function leavesItsDevice({ store, id, before, body }: Judged): boolean {
  if (id === null || before === null) return false
  const deviceOf = (one: Record<string, unknown>) =>
    store.get('dcim/interfaces', Number(one.assigned_object_id))?.body.device
  const device = store.get('dcim/devices', Number(deviceOf(before)))
  const isPrimary = device?.body.primary_ip4 === id || device?.body.primary_ip6 === id
  return isPrimary && deviceOf(body) !== device?.id
}

/** The primary address of an interface stays with it. Source: dcim/models/devices.py `MACAddress.clean()`, 4.6.8. */
export function macRule(judged: Judged): Verdict {
  const { store, id, before, body } = judged
  const held = before && store.get('dcim/interfaces', Number(before.assigned_object_id))
  const leaves = body.assigned_object_id !== before?.assigned_object_id
  return held && leaves && id !== null && held.body.primary_mac_address === id
    ? against(
        '__all__',
        `Cannot ${body.assigned_object_id === null ? 'unassign' : 'reassign'} MAC Address while it is designated as the primary MAC for an object`,
      )
    : fine(judged)
}

export function prefixRule(judged: Judged): Verdict {
  const { store, id, body } = judged
  const [twin] = store
    .idsWith('ipam/prefixes', [{ field: 'prefix', values: [String(body.prefix)] }])
    .filter((other) => other !== id)
  return twin === undefined
    ? fine(judged)
    : against('prefix', `Duplicate prefix found in global table: ${String(body.prefix)}`)
}
