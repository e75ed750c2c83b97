import type { Endpoint } from '../../client/endpoints.ts'
import type { Model } from '../model.ts'
import { asset_tag, common, custom_fields, description, serial, tags, uniqueTag } from './field-rules.ts'
import { primaryAddressShows } from './ipam.ts'

const moduleStatuses = {
  offline: 'Offline',
  active: 'Active',
  planned: 'Planned',
  staged: 'Staged',
  failed: 'Failed',
  decommissioning: 'Decommissioning',
}
const ofDevice = { kind: 'reference', model: 'dcim/devices', required: true, whenGone: 'goes-too' } as const
const primaryAddress = {
  kind: 'reference',
  model: 'ipam/ip-addresses',
  whenGone: 'is-cleared',
  shows: primaryAddressShows,
} as const

/** What stands in the lab, and what sits in it. */
export const dcimDeviceModels = {
  'dcim/devices': {
    objectType: 'dcim.device',
    fields: {
      name: { kind: 'text', most: 64, nullable: true },
      device_type: { kind: 'reference', model: 'dcim/device-types', required: true },
      role: { kind: 'reference', model: 'dcim/device-roles', required: true },
      site: { kind: 'reference', model: 'dcim/sites', required: true },
      location: { kind: 'reference', model: 'dcim/locations' },
      rack: { kind: 'reference', model: 'dcim/racks' },
      position: { kind: 'number', least: 0.5, most: 100.5, fallback: null, decimals: 1 },
      face: { kind: 'choice', choices: { front: 'Front', rear: 'Rear' }, fallback: '' },
      serial,
      asset_tag,
      status: { kind: 'choice', choices: { ...moduleStatuses, inventory: 'Inventory' }, fallback: 'active' },
      primary_ip4: primaryAddress,
      primary_ip6: primaryAddress,
      ...common,
    },
    unique: [
      uniqueTag('device'),
      {
        fields: ['name', 'site'],
        ignoreCase: true,
        message: { __all__: ['Device name must be unique per site.'] },
      },
    ],
    brief: ['name', 'description'],
    displayFrom: 'device',
    fixed: { parent_device: null, config_context: {} },
    searched: [
      'name',
      'serial',
      'asset_tag',
      'comments',
      'device_type.model',
      'device_type.manufacturer.name',
    ],
    counts: {
      console_port_count: { model: 'dcim/console-ports', reference: 'device_id' },
      console_server_port_count: null,
      power_port_count: { model: 'dcim/power-ports', reference: 'device_id' },
      power_outlet_count: { model: 'dcim/power-outlets', reference: 'device_id' },
      interface_count: { model: 'dcim/interfaces', reference: 'device_id' },
      front_port_count: null,
      rear_port_count: null,
      device_bay_count: null,
      module_bay_count: { model: 'dcim/module-bays', reference: 'device_id' },
      inventory_item_count: null,
    },
  },
  'dcim/module-bays': {
    objectType: 'dcim.modulebay',
    fields: {
      device: ofDevice,
      module: {
        kind: 'reference',
        model: 'dcim/modules',
        whenGone: 'goes-too',
        shows: ['device', 'module_bay'],
      },
      name: { kind: 'text', most: 64, required: true },
      label: { kind: 'text', most: 64 },
      position: { kind: 'text', most: 30 },
      enabled: { kind: 'boolean', fallback: true },
      description,
      tags,
      custom_fields,
    },
    // Two bays of a device may have one name (seen on 4.4.10 and 4.7.3).
    unique: [],
    brief: ['installed_module', 'name', 'enabled', 'description', '_occupied'],
    displayFrom: 'name',
    searched: ['name', 'label', 'description'],
    counts: {},
  },
  'dcim/modules': {
    objectType: 'dcim.module',
    fields: {
      device: ofDevice,
      module_bay: {
        kind: 'reference',
        model: 'dcim/module-bays',
        required: true,
        whenGone: 'goes-too',
        shows: ['display_url', 'name'],
      },
      module_type: { kind: 'reference', model: 'dcim/module-types', required: true },
      status: { kind: 'choice', choices: moduleStatuses, fallback: 'active' },
      serial,
      asset_tag,
      ...common,
    },
    unique: [uniqueTag('module')],
    brief: ['device', 'module_bay', 'module_type', 'description'],
    displayFrom: 'module',
    searched: ['serial', 'asset_tag', 'comments'],
    counts: {},
  },
} satisfies Partial<Record<Endpoint, Model>>
