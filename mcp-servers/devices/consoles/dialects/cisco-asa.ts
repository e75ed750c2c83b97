import { found, said } from '../console-facts.ts'
import type { ConsoleDialect } from '../dialect.ts'
import { chassisOf, isVirtualModel, modulesOf } from '../inventory-facts.ts'
import { inventoryRows } from '../inventory-rows.ts'

/** On Firepower machines the serial number of `show version` is the logical device's; the chassis' is in the inventory. */
export default {
  manufacturer: 'Cisco',
  platform: 'Cisco ASA',
  prompts: ['exec'],
  recognise: (shown) => (/Cisco Adaptive Security Appliance|Cisco Firepower/.test(shown) ? 99 : 0),
  pagingOff: ['terminal pager 0'],
  commands: ['show version', 'show inventory'],
  read(answers) {
    const version = answers('show version')
    const rows = inventoryRows(answers('show inventory'))
    const [listed] = chassisOf(rows, 'show inventory')
    const model = listed?.model ?? said(found(version, /^Hardware:\s*([^,\s]+)/m), 'show version')
    const serial = listed?.serial ?? said(found(version, /^Serial Number:\s*(\S+)/im), 'show version')
    return {
      hostname: said(found(version, /^(\S+)\s+up\s+\d/m), 'show version'),
      version: said(found(version, /Appliance Software Version\s+(\S+)/), 'show version'),
      chassis: [{ slot: null, model, serial }],
      modules: modulesOf(rows, 'show inventory'),
      isVirtual: isVirtualModel(model?.value ?? null),
    }
  },
} satisfies ConsoleDialect
