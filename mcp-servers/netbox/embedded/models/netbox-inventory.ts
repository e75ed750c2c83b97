import type { Endpoint } from '../../client/endpoints.ts'
import type { Model } from '../model.ts'
import { asset_tag, common } from './field-rules.ts'

const violated = (words: string) => ({ __all__: [words] })

/** The plugin netbox-inventory 2.6 (models/assets.py), as far as devices and modules go. */
export const inventoryPluginModels = {
  'plugins/inventory/assets': {
    objectType: 'netbox_inventory.asset',
    fields: {
      name: { kind: 'text', most: 128 },
      asset_tag,
      serial: { kind: 'text', most: 60, nullable: true },
      status: {
        kind: 'choice',
        choices: { stored: 'Stored', used: 'Used', retired: 'Retired' },
        fallback: 'stored',
        required: true,
        bare: true,
      },
      device_type: { kind: 'reference', model: 'dcim/device-types' },
      device: { kind: 'reference', model: 'dcim/devices', whenGone: 'is-cleared' },
      module_type: { kind: 'reference', model: 'dcim/module-types' },
      module: { kind: 'reference', model: 'dcim/modules', whenGone: 'is-cleared' },
      storage_location: { kind: 'reference', model: 'dcim/locations' },
      ...common,
    },
    unique: [
      {
        fields: ['asset_tag'],
        ignoreCase: false,
        message: violated('Asset with this Asset Tag and no Owning Tenant already exists.'),
      },
      {
        fields: ['device_type', 'serial'],
        ignoreCase: false,
        message: violated('Asset with this Device Type and Serial Number already exists.'),
      },
      {
        fields: ['module_type', 'serial'],
        ignoreCase: false,
        message: violated('Asset with this Module Type and Serial Number already exists.'),
      },
      { fields: ['device'], ignoreCase: false, message: 'integrity-error' },
      { fields: ['module'], ignoreCase: false, message: 'integrity-error' },
    ],
    brief: ['serial', 'name', 'description'],
    displayFrom: 'asset',
    fixed: {
      role: null,
      inventoryitem_type: null,
      inventoryitem: null,
      rack_type: null,
      rack: null,
      tenant: null,
      contact: null,
      owning_tenant: null,
      delivery: null,
      purchase: null,
      warranty_start: null,
      warranty_end: null,
    },
    searched: ['serial', 'name', 'asset_tag', 'description', 'device_type.model', 'module_type.model'],
    counts: {},
  },
} satisfies Partial<Record<Endpoint, Model>>
