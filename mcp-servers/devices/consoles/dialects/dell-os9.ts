import { found, said } from '../console-facts.ts'
import { dellUnits } from '../dell-units.ts'
import type { ConsoleDialect } from '../dialect.ts'

/** The service tag is Dell's serial number. */
export default {
  manufacturer: 'Dell',
  platform: 'Dell OS9',
  prompts: ['exec'],
  recognise: (shown) =>
    /Real Time Operating System Software|Dell (?:EMC )?Networking OS\d?\b(?!10)/.test(shown) ? 95 : 0,
  pagingOff: ['terminal length 0'],
  commands: ['show version', 'show inventory', 'show system'],
  read(answers) {
    const version = answers('show version')
    const inventory = answers('show inventory')
    const system = answers('show system')
    const units = dellUnits(inventory)
    const model = said(found(version, /^\s*System Type:\s*(.+?)\s*$/m), 'show version')
    const tag = said(found(system, /Service Tag\s*:\s*(\S+)/i), 'show system')
    const single = { slot: null, model, serial: said(units[0]?.serviceTag ?? null, 'show inventory') ?? tag }
    const members = units.map(({ number, type, serviceTag }) => ({
      slot: number,
      model: model && type.startsWith(model.value) ? model : said(type, 'show inventory'),
      serial: said(serviceTag, 'show inventory'),
    }))
    return {
      hostname: said(found(version, /^(\S+)\s+uptime is/m), 'show version'),
      version: said(found(version, /(?:Software|Application Software) Version:\s*(\S+)/i), 'show version'),
      chassis: members.length > 1 ? members : [single],
      modules: [],
      isVirtual: false,
    }
  },
} satisfies ConsoleDialect
