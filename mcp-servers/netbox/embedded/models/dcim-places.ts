import type { Endpoint } from '../../client/endpoints.ts'
import type { Model } from '../model.ts'
import { asset_tag, common, name, nameAndSlug, named, serial, slug, uniqueTag } from './field-rules.ts'

const placeStatuses = {
  planned: 'Planned',
  staging: 'Staging',
  active: 'Active',
  decommissioning: 'Decommissioning',
  retired: 'Retired',
}
const rackStatuses = {
  reserved: 'Reserved',
  available: 'Available',
  planned: 'Planned',
  active: 'Active',
  deprecated: 'Deprecated',
}
const formFactors = {
  '2-post-frame': '2-post frame',
  '4-post-frame': '4-post frame',
  '4-post-cabinet': '4-post cabinet',
  'wall-frame': 'Wall-mounted frame',
  'wall-frame-vertical': 'Wall-mounted frame (vertical)',
  'wall-cabinet': 'Wall-mounted cabinet',
  'wall-cabinet-vertical': 'Wall-mounted cabinet (vertical)',
}
const reservationStatuses = { pending: 'Pending', active: 'Active', stale: 'Stale' }

/** Where things stand. */
export const dcimPlaceModels = {
  'dcim/sites': {
    ...named,
    objectType: 'dcim.site',
    fields: {
      name,
      slug,
      status: { kind: 'choice', choices: placeStatuses, fallback: 'active' },
      ...common,
    },
    unique: nameAndSlug('site'),
    counts: {
      device_count: { model: 'dcim/devices', reference: 'site_id' },
      circuit_count: null,
      prefix_count: null,
      rack_count: { model: 'dcim/racks', reference: 'site_id' },
      virtualmachine_count: { model: 'virtualization/virtual-machines', reference: 'site_id' },
      vlan_count: { model: 'ipam/vlans', reference: 'site_id' },
    },
  },
  'dcim/locations': {
    ...named,
    brief: [...named.brief, 'rack_count', '_depth'],
    objectType: 'dcim.location',
    fields: {
      name,
      slug,
      site: { kind: 'reference', model: 'dcim/sites', required: true, whenGone: 'goes-too' },
      parent: {
        kind: 'reference',
        model: 'dcim/locations',
        whenGone: 'goes-too',
        shows: ['display_url', 'name', 'slug', '_depth'],
      },
      status: { kind: 'choice', choices: placeStatuses, fallback: 'active' },
      facility: { kind: 'text', most: 50 },
      ...common,
    },
    unique: [
      {
        fields: ['site', 'parent', 'slug'],
        ignoreCase: false,
        nullsCollide: true,
        message: { __all__: ['A location with this slug already exists within the specified site.'] },
      },
      {
        fields: ['site', 'parent', 'name'],
        ignoreCase: false,
        nullsCollide: true,
        message: { __all__: ['A location with this name already exists within the specified site.'] },
      },
    ],
    counts: {
      device_count: { model: 'dcim/devices', reference: 'location_id' },
      rack_count: { model: 'dcim/racks', reference: 'location_id' },
      prefix_count: null,
      _depth: null,
    },
  },
  'dcim/racks': {
    objectType: 'dcim.rack',
    fields: {
      name,
      facility_id: { kind: 'text', most: 50, nullable: true },
      site: { kind: 'reference', model: 'dcim/sites', required: true },
      location: { kind: 'reference', model: 'dcim/locations' },
      status: { kind: 'choice', choices: rackStatuses, fallback: 'active' },
      serial,
      asset_tag,
      form_factor: { kind: 'choice', choices: formFactors, fallback: '' },
      width: {
        kind: 'choice',
        choices: { 10: '10 inches', 19: '19 inches', 21: '21 inches', 23: '23 inches' },
        fallback: '19',
        numeric: true,
      },
      u_height: { kind: 'number', least: 1, most: 100, fallback: 42 },
      starting_unit: { kind: 'number', least: 1, most: 32_767, fallback: 1 },
      desc_units: { kind: 'boolean', fallback: false },
      weight: { kind: 'number', least: 0, most: 999_999, fallback: null, decimals: 2 },
      max_weight: { kind: 'number', least: 0, most: 2_147_483_647, fallback: null },
      ...common,
    },
    unique: [
      uniqueTag('rack'),
      {
        fields: ['location', 'name'],
        ignoreCase: false,
        message: { __all__: ['Rack with this Location and Name already exists.'] },
      },
    ],
    brief: ['name', 'description'],
    displayFrom: 'name',
    searched: ['name', 'facility_id', 'serial', 'asset_tag', 'comments'],
    counts: {
      device_count: { model: 'dcim/devices', reference: 'rack_id' },
      powerfeed_count: { model: 'dcim/power-feeds', reference: 'rack_id' },
    },
  },
  'dcim/rack-reservations': {
    objectType: 'dcim.rackreservation',
    fields: {
      rack: { kind: 'reference', model: 'dcim/racks', required: true, whenGone: 'goes-too' },
      units: { kind: 'numbers', required: true },
      status: { kind: 'choice', choices: reservationStatuses, fallback: 'active' },
      ...common,
    },
    unique: [],
    brief: ['status', 'description', 'units'],
    displayFrom: 'description',
    searched: ['description'],
    counts: {},
  },
} satisfies Partial<Record<Endpoint, Model>>
