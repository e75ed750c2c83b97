import { parseAddress } from '../ip-plan/ip-block.ts'
import { cableAt, endsOf, objectAt } from './cable-ends.ts'
import { primaryAddressShows } from './models/ipam.ts'
import { endpointOf, models } from './models.ts'
import type { StoredObject } from './object-store.ts'
import type { Reader } from './read-object.ts'

/** Who writes to the embedded inventory: HWLab alone. */
export const ownUser = { id: 1, url: '', display: 'hwlab', username: 'hwlab' }

/** Read-only attributes that are worked out from other objects. */
export function specialAttributes(reader: Reader, object: StoredObject): Record<string, unknown> {
  const { body } = object
  if (models[object.model].takesCables)
    return object.model === 'dcim/interfaces'
      ? { ...portAttributes(reader, object), ...macAttributes(reader, object) }
      : portAttributes(reader, object)
  switch (object.model) {
    case 'dcim/devices':
      return {
        primary_ip: reader.referred(
          'ipam/ip-addresses',
          body.primary_ip4 ?? body.primary_ip6 ?? null,
          primaryAddressShows,
        ),
      }
    case 'dcim/module-bays':
      return bayAttributes(reader, object)
    case 'dcim/cables':
      return {
        a_terminations: endsShown(reader, object, 'a_terminations'),
        b_terminations: endsShown(reader, object, 'b_terminations'),
      }
    case 'dcim/rack-reservations':
      return { user: ownUser, unit_count: Array.isArray(body.units) ? body.units.length : 0 }
    case 'dcim/mac-addresses':
      return { assigned_object: target(reader, body, 'assigned_object') }
    case 'ipam/ip-addresses':
      return { family: familyOf(body.address), assigned_object: target(reader, body, 'assigned_object') }
    case 'ipam/ip-ranges':
      return { family: familyOf(body.start_address), size: rangeSize(body) }
    case 'ipam/prefixes':
      return { family: familyOf(body.prefix), children: 0, _depth: 0 }
    case 'core/object-changes':
      return { user: ownUser, changed_object: target(reader, body, 'changed_object') }
    case 'plugins/inventory/assets':
      return { kind: body.module_type === null ? 'device' : 'module' }
    case 'extras/custom-fields':
      return { data_type: String(body.type), weight: 100 }
    case 'extras/custom-field-choice-sets':
      return { choices_count: Array.isArray(body.extra_choices) ? body.extra_choices.length : 0 }
    case 'extras/journal-entries':
      return { assigned_object: target(reader, body, 'assigned_object'), created_by: null }
    case 'extras/image-attachments': {
      const { width: image_width, height: image_height, size: image_size } = body
      return { parent: target(reader, body, 'object'), image_width, image_height, image_size }
    }
    default:
      return {}
  }
}

function portAttributes(reader: Reader, port: StoredObject): Record<string, unknown> {
  const at = cableAt(reader.store, port)
  const peers = (at?.others ?? []).flatMap((end) => objectAt(reader.store, end) ?? [])
  const [first] = peers
  const type = first ? models[first.model].objectType : null
  const shown = peers.map((peer) => reader.brief(peer, peerShows))
  return {
    cable: at ? reader.brief(at.cable) : null,
    cable_end: at?.end ?? null,
    link_peers: shown,
    link_peers_type: type,
    connected_endpoints: peers.length > 0 ? shown : null,
    connected_endpoints_type: type,
    connected_endpoints_reachable: at !== null && peers.length > 0,
    _occupied: at !== null || port.body.mark_connected === true,
  }
}
/** Not `cable`: the peer's cable is this one. */
const peerShows = ['device', 'name', 'description'] as const

function macAttributes(reader: Reader, port: StoredObject): Record<string, unknown> {
  const macs = reader.store.idsWith('dcim/mac-addresses', [
    { field: 'interface_id', values: [String(port.id)] },
  ])
  const primary = reader.store.get('dcim/mac-addresses', Number(port.body.primary_mac_address))
  return {
    mac_address: primary?.body.mac_address ?? null,
    mac_addresses: macs.map((id) => reader.referred('dcim/mac-addresses', id)),
  }
}

function bayAttributes(reader: Reader, bay: StoredObject): Record<string, unknown> {
  const [installed] = reader.store.idsWith('dcim/modules', [
    { field: 'module_bay_id', values: [String(bay.id)] },
  ])
  return {
    installed_module: reader.referred('dcim/modules', installed ?? null, ['serial', 'description']),
    _occupied: installed !== undefined || bay.body.enabled === false,
  }
}

function endsShown(reader: Reader, cable: StoredObject, side: 'a_terminations' | 'b_terminations') {
  return endsOf(cable.body, side).flatMap((end) => {
    const object = objectAt(reader.store, end)
    return object ? { ...end, object: reader.brief(object) } : []
  })
}

function target(
  reader: Reader,
  body: Record<string, unknown>,
  prefix: string,
): Record<string, unknown> | null {
  const model = endpointOf(body[`${prefix}_type`])
  return model === null ? null : reader.referred(model, body[`${prefix}_id`])
}

function familyOf(text: unknown): { value: number; label: string } {
  const family = parseAddress(String(text))?.family ?? 4
  return { value: family, label: `IPv${family}` }
}

function rangeSize(body: Record<string, unknown>): number {
  const first = parseAddress(String(body.start_address))
  const last = parseAddress(String(body.end_address))
  return first && last ? Number(last.value - first.value) + 1 : 0
}
