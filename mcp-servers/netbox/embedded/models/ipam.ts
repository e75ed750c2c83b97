import type { Endpoint } from '../../client/endpoints.ts'
import type { Model } from '../model.ts'
import { common, uniqueSet } from './field-rules.ts'

const lifeStatuses = { active: 'Active', reserved: 'Reserved', deprecated: 'Deprecated' }
const addressRoles = {
  loopback: 'Loopback',
  secondary: 'Secondary',
  anycast: 'Anycast',
  vip: 'VIP',
  vrrp: 'VRRP',
  hsrp: 'HSRP',
  glbp: 'GLBP',
  carp: 'CARP',
}

/** What a device shows of its primary address. */
export const primaryAddressShows = [
  'family',
  'address',
  'description',
  'dns_name',
  'nat_inside',
  'nat_outside',
]

/** Networks and addresses of the one global table: the embedded inventory has no VRFs. */
export const ipamModels = {
  'ipam/prefixes': {
    objectType: 'ipam.prefix',
    fields: {
      prefix: { kind: 'cidr', of: 'network' },
      vlan: { kind: 'reference', model: 'ipam/vlans', whenGone: 'is-cleared' },
      status: { kind: 'choice', choices: { container: 'Container', ...lifeStatuses }, fallback: 'active' },
      is_pool: { kind: 'boolean', fallback: false },
      mark_utilized: { kind: 'boolean', fallback: false },
      ...common,
    },
    unique: [],
    brief: ['family', 'prefix', 'description', '_depth'],
    displayFrom: 'prefix',
    fixed: { vrf: null, scope_type: null, scope_id: null, scope: null, tenant: null, role: null },
    searched: ['prefix', 'description'],
    counts: {},
  },
  'ipam/ip-addresses': {
    objectType: 'ipam.ipaddress',
    fields: {
      address: { kind: 'cidr', of: 'host' },
      status: {
        kind: 'choice',
        choices: { ...lifeStatuses, dhcp: 'DHCP', slaac: 'SLAAC' },
        fallback: 'active',
      },
      role: { kind: 'choice', choices: addressRoles, fallback: '' },
      assigned_object_type: { kind: 'generic-type' },
      assigned_object_id: { kind: 'generic-id' },
      dns_name: { kind: 'text', most: 255, pattern: /^([0-9A-Za-z_-]+|\*)(\.[0-9A-Za-z_-]+)*\.?$/ },
      ...common,
    },
    unique: [],
    brief: ['family', 'address', 'description'],
    displayFrom: 'address',
    fixed: { vrf: null, tenant: null, nat_inside: null, nat_outside: [] },
    searched: ['address', 'dns_name', 'description'],
    counts: {},
  },
  'ipam/ip-ranges': {
    objectType: 'ipam.iprange',
    fields: {
      start_address: { kind: 'cidr', of: 'host' },
      end_address: { kind: 'cidr', of: 'host' },
      status: { kind: 'choice', choices: lifeStatuses, fallback: 'active' },
      mark_populated: { kind: 'boolean', fallback: false },
      mark_utilized: { kind: 'boolean', fallback: false },
      ...common,
    },
    unique: [],
    brief: ['family', 'start_address', 'end_address', 'description'],
    displayFrom: 'start_address',
    fixed: { vrf: null, tenant: null, role: null },
    searched: ['start_address', 'end_address', 'description'],
    counts: {},
  },
  'ipam/vlans': {
    objectType: 'ipam.vlan',
    fields: {
      site: { kind: 'reference', model: 'dcim/sites' },
      vid: { kind: 'number', least: 1, most: 4094, fallback: 1 },
      name: { kind: 'text', most: 64, required: true },
      status: { kind: 'choice', choices: lifeStatuses, fallback: 'active' },
      ...common,
    },
    unique: [],
    brief: ['vid', 'name', 'description'],
    displayFrom: 'vlan',
    fixed: {
      group: null,
      tenant: null,
      role: null,
      qinq_role: null,
      qinq_svlan: null,
      l2vpn_termination: null,
    },
    searched: ['name', 'vid'],
    counts: { prefix_count: { model: 'ipam/prefixes', reference: 'vlan_id' } },
  },
  'virtualization/virtual-machines': {
    objectType: 'virtualization.virtualmachine',
    fields: {
      name: { kind: 'text', most: 64, required: true },
      status: {
        kind: 'choice',
        choices: {
          offline: 'Offline',
          active: 'Active',
          planned: 'Planned',
          staged: 'Staged',
          failed: 'Failed',
          decommissioning: 'Decommissioning',
          paused: 'Paused',
        },
        fallback: 'active',
      },
      site: { kind: 'reference', model: 'dcim/sites' },
      device: { kind: 'reference', model: 'dcim/devices' },
      role: { kind: 'reference', model: 'dcim/device-roles' },
      vcpus: { kind: 'number', least: 0.01, most: 10_000, fallback: null, decimals: 2 },
      memory: { kind: 'number', least: 0, most: 2_147_483_647, fallback: null },
      disk: { kind: 'number', least: 0, most: 2_147_483_647, fallback: null },
      serial: { kind: 'text', most: 50 },
      ...common,
    },
    unique: [uniqueSet('Virtual machine', ['name', 'site'], 'Name and Site')],
    brief: ['name', 'description'],
    displayFrom: 'name',
    fixed: {
      cluster: null,
      tenant: null,
      platform: null,
      primary_ip: null,
      primary_ip4: null,
      primary_ip6: null,
    },
    searched: ['name', 'comments'],
    counts: { interface_count: null, virtual_disk_count: null },
  },
} satisfies Partial<Record<Endpoint, Model>>
