import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Endpoint } from '../../client/endpoints.ts'
import type { Model } from '../model.ts'
import { common, custom_fields, description, tags, uniqueSet } from './field-rules.ts'

/** Value and label of every interface type. Source: NetBox 4.6.8 OpenAPI. */
const interfaceTypes: Record<string, string> = Object.fromEntries(
  readFileSync(join(import.meta.dirname, 'interface-types.tsv'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split('\t')),
)
const poeTypes = {
  'type1-ieee802.3af': '802.3af (Type 1)',
  'type2-ieee802.3at': '802.3at (Type 2)',
  'type3-ieee802.3bt': '802.3bt (Type 3)',
  'type4-ieee802.3bt': '802.3bt (Type 4)',
  'passive-24v-2pair': 'Passive 24V (2-pair)',
  'passive-24v-4pair': 'Passive 24V (4-pair)',
  'passive-48v-2pair': 'Passive 48V (2-pair)',
  'passive-48v-4pair': 'Passive 48V (4-pair)',
}
const plugs = {
  'iec-60320-c6': 'C6',
  'iec-60320-c8': 'C8',
  'iec-60320-c14': 'C14',
  'iec-60320-c20': 'C20',
  'cee-7-7': 'CEE 7/7',
  'nema-5-15p': 'NEMA 5-15P',
  'usb-c': 'USB Type C',
  'dc-terminal': 'DC Terminal',
  hardwired: 'Hardwired',
  other: 'Other',
}
const sockets = {
  'iec-60320-c5': 'C5',
  'iec-60320-c7': 'C7',
  'iec-60320-c13': 'C13',
  'iec-60320-c19': 'C19',
  'cee-7-3': 'CEE 7/3',
  'nema-5-15r': 'NEMA 5-15R',
  'usb-c': 'USB Type C',
  'dc-terminal': 'DC Terminal',
  hardwired: 'Hardwired',
  other: 'Other',
}
const consolePlugs = {
  'de-9': 'DE-9',
  'db-25': 'DB-25',
  'rj-11': 'RJ-11',
  'rj-12': 'RJ-12',
  'rj-45': 'RJ-45',
  'usb-a': 'USB Type A',
  'usb-b': 'USB Type B',
  'usb-c': 'USB Type C',
  'usb-mini-b': 'USB Mini B',
  'usb-micro-b': 'USB Micro B',
  other: 'Other',
}
const port = {
  device: { kind: 'reference', model: 'dcim/devices', required: true, whenGone: 'goes-too' },
  module: {
    kind: 'reference',
    model: 'dcim/modules',
    whenGone: 'goes-too',
    shows: ['device', 'module_bay'],
  },
  name: { kind: 'text', most: 64, required: true },
  label: { kind: 'text', most: 64 },
  mark_connected: { kind: 'boolean', fallback: false },
  description,
  tags,
  custom_fields,
} as const
const watts = { kind: 'number', least: 1, most: 2_147_483_647, fallback: null } as const
const ofPort = {
  brief: ['device', 'name', 'description', 'cable', '_occupied'],
  displayFrom: 'name',
  searched: ['name', 'label', 'description'],
  takesCables: true,
} as const

/** Where cables end on a device. */
export const dcimPortModels = {
  'dcim/interfaces': {
    ...ofPort,
    unique: [uniqueSet('Interface', ['device', 'name'], 'Device and Name')],
    objectType: 'dcim.interface',
    fields: {
      ...port,
      type: { kind: 'choice', choices: interfaceTypes, fallback: 'other', required: true },
      enabled: { kind: 'boolean', fallback: true },
      mgmt_only: { kind: 'boolean', fallback: false },
      mtu: { kind: 'number', least: 1, most: 65_536, fallback: null },
      speed: { kind: 'number', least: 0, most: 2_147_483_647, fallback: null },
      poe_mode: { kind: 'choice', choices: { pd: 'PD', pse: 'PSE' }, fallback: '' },
      poe_type: { kind: 'choice', choices: poeTypes, fallback: '' },
      untagged_vlan: { kind: 'reference', model: 'ipam/vlans', whenGone: 'is-cleared' },
      primary_mac_address: { kind: 'reference', model: 'dcim/mac-addresses', whenGone: 'is-cleared' },
    },
    fixed: { bridge_interfaces: [], l2vpn_termination: null, wireless_link: null },
    counts: {
      count_ipaddresses: { model: 'ipam/ip-addresses', reference: 'interface_id' },
      count_fhrp_groups: null,
    },
  },
  'dcim/mac-addresses': {
    objectType: 'dcim.macaddress',
    fields: {
      mac_address: { kind: 'mac' },
      assigned_object_type: { kind: 'generic-type' },
      assigned_object_id: { kind: 'generic-id' },
      ...common,
    },
    unique: [],
    brief: ['mac_address', 'description'],
    displayFrom: 'mac_address',
    searched: ['mac_address'],
    counts: {},
  },
  'dcim/console-ports': {
    ...ofPort,
    unique: [uniqueSet('Console port', ['device', 'name'], 'Device and Name')],
    objectType: 'dcim.consoleport',
    fields: { ...port, type: { kind: 'choice', choices: consolePlugs, fallback: '' } },
    counts: {},
  },
  'dcim/power-ports': {
    ...ofPort,
    unique: [uniqueSet('Power port', ['device', 'name'], 'Device and Name')],
    objectType: 'dcim.powerport',
    fields: {
      ...port,
      type: { kind: 'choice', choices: plugs, fallback: '' },
      maximum_draw: watts,
      allocated_draw: watts,
    },
    counts: {},
  },
  'dcim/power-outlets': {
    ...ofPort,
    unique: [uniqueSet('Power outlet', ['device', 'name'], 'Device and Name')],
    objectType: 'dcim.poweroutlet',
    fields: {
      ...port,
      type: { kind: 'choice', choices: sockets, fallback: '' },
      power_port: { kind: 'reference', model: 'dcim/power-ports', whenGone: 'is-cleared' },
      feed_leg: { kind: 'choice', choices: { A: 'A', B: 'B', C: 'C' }, fallback: '' },
      status: {
        kind: 'choice',
        choices: { enabled: 'Enabled', disabled: 'Disabled', faulty: 'Faulty' },
        fallback: 'enabled',
      },
    },
    counts: {},
  },
} satisfies Partial<Record<Endpoint, Model>>
