import { found, said } from '../console-facts.ts'
import type { ConsoleDialect } from '../dialect.ts'
import { chassisOf, isVirtualModel, modulesOf } from '../inventory-facts.ts'
import { inventoryRows } from '../inventory-rows.ts'

export default {
  manufacturer: 'Cisco',
  platform: 'Cisco IOS-XR',
  prompts: ['exec'],
  recognise: (shown) => (/Cisco IOS XR/.test(shown) ? 99 : 0),
  pagingOff: ['terminal length 0'],
  commands: ['show version', 'show inventory', 'admin show inventory'],
  read(answers) {
    const version = answers('show version')
    const own = inventoryRows(answers('show inventory'))
    const command = own.length > 0 ? 'show inventory' : 'admin show inventory'
    const rows = own.length > 0 ? own : inventoryRows(answers('admin show inventory'))
    const [listed] = chassisOf(rows, command)
    const model = listed?.model ?? said(found(version, /^cisco\s+(\S+)\s/im), 'show version')
    return {
      hostname: said(found(version, /^(?!System\s)(\S+)\s+uptime is/m), 'show version'),
      version: said(found(version, /Cisco IOS XR Software,\s+Version\s+([^\s[]+)/), 'show version'),
      chassis: [{ slot: null, model, serial: listed?.serial ?? null }],
      modules: modulesOf(rows, command),
      isVirtual: isVirtualModel(model?.value ?? null),
    }
  },
} satisfies ConsoleDialect
