import { found, said } from '../console-facts.ts'
import type { ConsoleDialect } from '../dialect.ts'
import { chassisOf, isVirtualModel, modulesOf } from '../inventory-facts.ts'
import { inventoryRows } from '../inventory-rows.ts'

const model = /^\s*cisco\s+Nexus\s?\S*\s+(\S+)\s+(?:\(.*?\)\s+)?Chassis|^\s*cisco\s+(Nexus\S*|N\dK-\S+)\s/im

/**
 * `show version` gives a short model (C93180YC-FX3) and on old machines the supervisor's serial number; the orderable
 * product and the chassis' own serial number stand only in `show inventory`.
 */
export default {
  manufacturer: 'Cisco',
  platform: 'Cisco NX-OS',
  prompts: ['exec'],
  recognise: (shown) => (/Cisco Nexus Operating System|NX-OS/.test(shown) ? 99 : 0),
  pagingOff: ['terminal length 0'],
  commands: ['show version', 'show inventory'],
  read(answers) {
    const version = answers('show version')
    const rows = inventoryRows(answers('show inventory'))
    const [listed] = chassisOf(rows, 'show inventory')
    const chassis = {
      slot: null,
      model: listed?.model ?? said(found(version, model), 'show version'),
      serial: listed?.serial ?? said(found(version, /^\s*Processor Board ID\s+(\S+)/im), 'show version'),
    }
    return {
      hostname: said(found(version, /^\s*Device name:\s*(\S+)/m), 'show version'),
      version: said(found(version, /(?:NXOS|system):\s+version\s+(\S+)/i), 'show version'),
      chassis: [chassis],
      modules: modulesOf(rows, 'show inventory'),
      isVirtual: isVirtualModel(chassis.model?.value ?? null),
    }
  },
} satisfies ConsoleDialect
