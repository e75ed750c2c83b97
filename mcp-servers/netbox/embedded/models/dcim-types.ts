import type { Endpoint } from '../../client/endpoints.ts'
import type { Model } from '../model.ts'
import { common, name, nameAndSlug, named, slug, taken, uniqueSet } from './field-rules.ts'

const weightUnits = { kg: 'Kilograms', g: 'Grams', lb: 'Pounds', oz: 'Ounces' }
const weight = { kind: 'number', least: 0, most: 999_999, fallback: null, decimals: 2 } as const
const weight_unit = { kind: 'choice', choices: weightUnits, fallback: '' } as const
const portTemplates = {
  console_port_template_count: null,
  console_server_port_template_count: null,
  power_port_template_count: null,
  power_outlet_template_count: null,
  interface_template_count: null,
  front_port_template_count: null,
  rear_port_template_count: null,
  module_bay_template_count: null,
}

/** What kinds of things there are. */
export const dcimTypeModels = {
  'dcim/manufacturers': {
    ...named,
    objectType: 'dcim.manufacturer',
    fields: { name, slug, ...common },
    unique: nameAndSlug('manufacturer'),
    counts: {
      devicetype_count: { model: 'dcim/device-types', reference: 'manufacturer_id' },
      moduletype_count: { model: 'dcim/module-types', reference: 'manufacturer_id' },
      inventoryitem_count: null,
      platform_count: null,
    },
  },
  'dcim/device-types': {
    objectType: 'dcim.devicetype',
    fields: {
      manufacturer: { kind: 'reference', model: 'dcim/manufacturers', required: true },
      model: name,
      slug,
      part_number: { kind: 'text', most: 50 },
      u_height: { kind: 'number', least: 0, most: 1000, fallback: 1, decimals: 1 },
      is_full_depth: { kind: 'boolean', fallback: true },
      weight,
      weight_unit,
      ...common,
    },
    unique: [
      uniqueSet('Device type', ['manufacturer', 'model'], 'Manufacturer and Model'),
      uniqueSet('Device type', ['manufacturer', 'slug'], 'Manufacturer and Slug'),
    ],
    brief: ['manufacturer', 'model', 'slug', 'description', 'device_count'],
    displayFrom: 'model',
    searched: ['model', 'slug', 'part_number'],
    counts: {
      device_count: { model: 'dcim/devices', reference: 'device_type_id' },
      ...portTemplates,
      device_bay_template_count: null,
      inventory_item_template_count: null,
    },
  },
  'dcim/module-type-profiles': {
    objectType: 'dcim.moduletypeprofile',
    fields: { name, schema: { kind: 'json' }, ...common },
    unique: [
      { fields: ['name'], ignoreCase: false, message: { name: [taken('module type profile', 'name')] } },
    ],
    brief: ['name', 'description'],
    displayFrom: 'name',
    searched: ['name'],
    counts: {},
  },
  'dcim/module-types': {
    objectType: 'dcim.moduletype',
    fields: {
      profile: { kind: 'reference', model: 'dcim/module-type-profiles' },
      manufacturer: { kind: 'reference', model: 'dcim/manufacturers', required: true },
      model: name,
      part_number: { kind: 'text', most: 50 },
      weight,
      weight_unit,
      attributes: { kind: 'json' },
      ...common,
    },
    unique: [uniqueSet('Module type', ['manufacturer', 'model'], 'Manufacturer and Model')],
    brief: ['profile', 'manufacturer', 'model', 'description', 'module_count'],
    displayFrom: 'model',
    searched: ['model', 'part_number'],
    counts: { module_count: { model: 'dcim/modules', reference: 'module_type_id' }, ...portTemplates },
  },
  'dcim/device-roles': {
    ...named,
    brief: [...named.brief, 'device_count', 'virtualmachine_count', '_depth'],
    objectType: 'dcim.devicerole',
    fields: {
      name,
      slug,
      color: { kind: 'text', most: 6, pattern: /^[0-9a-f]{6}$/, fallback: '9e9e9e' },
      vm_role: { kind: 'boolean', fallback: true },
      ...common,
    },
    unique: nameAndSlug('device role'),
    counts: {
      device_count: { model: 'dcim/devices', reference: 'role_id' },
      virtualmachine_count: { model: 'virtualization/virtual-machines', reference: 'role_id' },
      _depth: null,
    },
  },
} satisfies Partial<Record<Endpoint, Model>>
