import type { Endpoint } from '../client/endpoints.ts'
import { dcimModels } from './dcim-models.ts'
import { extrasModels } from './extras-models.ts'
import type { Model } from './model.ts'

/** The embedded inventory knows these endpoints and keeps nothing there yet. */
const empty = (objectType: string): Model => ({
  objectType,
  fields: {},
  unique: [],
  brief: [],
  displayFrom: 'name',
  searched: [],
  counts: {},
})

/** The part of NetBox that HWLab needs, as a table. */
export const models: Record<Endpoint, Model> = {
  'dcim/module-types': empty('dcim.moduletype'),
  'dcim/module-type-profiles': empty('dcim.moduletypeprofile'),
  'dcim/module-bays': empty('dcim.modulebay'),
  'dcim/racks': empty('dcim.rack'),
  'dcim/rack-reservations': empty('dcim.rackreservation'),
  'dcim/console-ports': empty('dcim.consoleport'),
  'dcim/power-ports': empty('dcim.powerport'),
  'dcim/power-outlets': empty('dcim.poweroutlet'),
  'dcim/power-panels': empty('dcim.powerpanel'),
  'dcim/power-feeds': empty('dcim.powerfeed'),
  'dcim/cables': empty('dcim.cable'),
  'ipam/prefixes': empty('ipam.prefix'),
  'ipam/ip-addresses': empty('ipam.ipaddress'),
  'ipam/vlans': empty('ipam.vlan'),
  'virtualization/virtual-machines': empty('virtualization.virtualmachine'),
  'core/object-changes': empty('core.objectchange'),
  'plugins/inventory/assets': empty('netbox_inventory.asset'),
  ...dcimModels,
  ...extrasModels,
}

export function isEndpoint(path: string): path is Endpoint {
  return Object.hasOwn(models, path)
}
