import type { Endpoint } from '../../client/endpoints.ts'
import type { Model } from '../model.ts'
import { common, name, uniqueSet } from './field-rules.ts'

const cableTypes = Object.fromEntries(
  `cat3 cat5 cat5e cat6 cat6a cat7 cat7a cat8 mrj21-trunk dac-active dac-passive coaxial rg-6 rg-8 rg-11 rg-59 rg-62
   rg-213 lmr-100 lmr-200 lmr-400 mmf mmf-om1 mmf-om2 mmf-om3 mmf-om4 mmf-om5 smf smf-os1 smf-os2 aoc power usb`
    .split(/\s+/)
    .map((type) => [type, type]),
)
const lengthUnits = {
  km: 'Kilometers',
  m: 'Meters',
  cm: 'Centimeters',
  mi: 'Miles',
  ft: 'Feet',
  in: 'Inches',
}
const feedStatuses = { offline: 'Offline', active: 'Active', planned: 'Planned', failed: 'Failed' }

/** What runs between things. */
export const dcimCablingModels = {
  'dcim/power-panels': {
    objectType: 'dcim.powerpanel',
    fields: {
      site: { kind: 'reference', model: 'dcim/sites', required: true },
      location: { kind: 'reference', model: 'dcim/locations' },
      name,
      ...common,
    },
    unique: [uniqueSet('Power panel', ['site', 'name'], 'Site and Name')],
    brief: ['name', 'description'],
    displayFrom: 'name',
    searched: ['name'],
    counts: { powerfeed_count: { model: 'dcim/power-feeds', reference: 'power_panel_id' } },
  },
  'dcim/power-feeds': {
    objectType: 'dcim.powerfeed',
    fields: {
      power_panel: { kind: 'reference', model: 'dcim/power-panels', required: true },
      rack: { kind: 'reference', model: 'dcim/racks' },
      name,
      status: { kind: 'choice', choices: feedStatuses, fallback: 'active' },
      type: { kind: 'choice', choices: { primary: 'Primary', redundant: 'Redundant' }, fallback: 'primary' },
      supply: { kind: 'choice', choices: { ac: 'AC', dc: 'DC' }, fallback: 'ac' },
      phase: {
        kind: 'choice',
        choices: { 'single-phase': 'Single phase', 'three-phase': 'Three-phase' },
        fallback: 'single-phase',
      },
      voltage: { kind: 'number', least: -32_768, most: 32_767, fallback: 120 },
      amperage: { kind: 'number', least: 1, most: 32_767, fallback: 20 },
      max_utilization: { kind: 'number', least: 1, most: 100, fallback: 80 },
      mark_connected: { kind: 'boolean', fallback: false },
      ...common,
    },
    unique: [uniqueSet('Power feed', ['power_panel', 'name'], 'Power panel and Name')],
    brief: ['name', 'description', 'cable', '_occupied'],
    displayFrom: 'name',
    searched: ['name', 'comments'],
    counts: {},
    takesCables: true,
  },
  'dcim/cables': {
    objectType: 'dcim.cable',
    fields: {
      type: { kind: 'choice', choices: cableTypes, fallback: '', bare: true },
      a_terminations: { kind: 'cable-end' },
      b_terminations: { kind: 'cable-end' },
      status: {
        kind: 'choice',
        choices: { connected: 'Connected', planned: 'Planned', decommissioning: 'Decommissioning' },
        fallback: 'connected',
      },
      label: { kind: 'text', most: 100 },
      color: { kind: 'text', most: 6, pattern: /^[0-9a-f]{6}$/ },
      length: { kind: 'number', least: -1_000_000, most: 1_000_000, fallback: null, decimals: 2 },
      length_unit: { kind: 'choice', choices: lengthUnits, fallback: '' },
      ...common,
    },
    unique: [],
    brief: ['label', 'description'],
    displayFrom: 'cable',
    searched: ['label'],
    counts: {},
  },
} satisfies Partial<Record<Endpoint, Model>>
