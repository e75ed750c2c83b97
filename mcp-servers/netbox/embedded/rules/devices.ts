import { parseAddress } from '../../ip-plan/ip-block.ts'
import { displayOf } from '../display-of.ts'
import type { ObjectStore } from '../object-store.ts'
import { against, fine, type Judged, type Verdict } from './object-rule.ts'

/** Source: NetBox dcim/models/devices.py `clean()`, 4.6.8. */
export function deviceRule(judged: Judged): Verdict {
  return placeProblem(judged) ?? rackProblem(judged) ?? primaryProblem(judged) ?? inLocationOfRack(judged)
}

/** What stands in a rack stands where the rack stands. */
function inLocationOfRack(judged: Judged): Verdict {
  const location = judged.store.get('dcim/racks', Number(judged.body.rack))?.body.location
  return typeof location === 'number' ? { kind: 'fine', body: { ...judged.body, location } } : fine(judged)
}

function placeProblem({ store, body }: Judged): Verdict | null {
  const rack = store.get('dcim/racks', Number(body.rack))
  const location = store.get('dcim/locations', Number(body.location))
  const site = String(store.get('dcim/sites', Number(body.site))?.body.name)
  if (rack && rack.body.site !== body.site)
    return against('rack', `Rack ${String(rack.body.name)} does not belong to site ${site}.`)
  if (location && location.body.site !== body.site)
    return against('location', `Location ${String(location.body.name)} does not belong to site ${site}.`)
  if (rack && location && rack.body.location !== location.id)
    return against(
      'rack',
      `Rack ${String(rack.body.name)} does not belong to location ${String(location.body.name)}.`,
    )
  if (!rack && body.face !== '' && body.face !== undefined)
    return against('face', 'Cannot select a rack face without assigning a rack.')
  if (!rack && typeof body.position === 'number')
    return against('position', 'Cannot select a rack position without assigning a rack.')
  return null
}

function rackProblem(judged: Judged): Verdict | null {
  const { store, body, id } = judged
  const position = body.position
  const type = store.get('dcim/device-types', Number(body.device_type))
  if (typeof position !== 'number' || !type) return null
  if (position % 0.5 !== 0) return against('position', 'Position must be in increments of 0.5 rack units.')
  if (body.face === '') return against('face', 'Must specify rack face when defining rack position.')
  const height = Number(type.body.u_height)
  const name = displayOf(store, type)
  if (height === 0)
    return against('position', `A 0U device type (${name}) cannot be assigned to a rack position.`)
  const face = type.body.is_full_depth === false ? String(body.face) : null
  return isFree(store, { rack: Number(body.rack), position, height, face, except: id })
    ? null
    : against(
        'position',
        `U${position.toFixed(1)} is already occupied or does not have sufficient space to accommodate this device type: ${name} (${height.toFixed(1)}U)`,
      )
}

function isFree(
  store: ObjectStore,
  at: { rack: number; position: number; height: number; face: string | null; except: number | null },
): boolean {
  const rack = store.get('dcim/racks', at.rack)
  const first = Number(rack?.body.starting_unit ?? 1)
  if (at.position < first || at.position + at.height > first + Number(rack?.body.u_height)) return false
  return store.idsWith('dcim/devices', [{ field: 'rack_id', values: [String(at.rack)] }]).every((id) => {
    const other = store.get('dcim/devices', id)
    if (id === at.except || !other || typeof other.body.position !== 'number') return true
    const type = store.get('dcim/device-types', Number(other.body.device_type))
    const isBothFaces = type?.body.is_full_depth !== false || at.face === null
    if (!isBothFaces && other.body.face !== at.face) return true
    const top = other.body.position + Number(type?.body.u_height)
    return at.position >= top || at.position + at.height <= other.body.position
  })
}

function primaryProblem({ store, body, id }: Judged): Verdict | null {
  for (const family of [4, 6] as const) {
    const field = `primary_ip${family}`
    const address = store.get('ipam/ip-addresses', Number(body[field]))
    if (!address) continue
    const text = String(address.body.address)
    if (parseAddress(text)?.family !== family)
      return against(field, `${text} is not an IPv${family} address.`)
    const port = store.get('dcim/interfaces', Number(address.body.assigned_object_id))
    if (id === null || port?.body.device !== id)
      return against(field, `The specified IP address (${text}) is not assigned to this device.`)
  }
  return null
}
