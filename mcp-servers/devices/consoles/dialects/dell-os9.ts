import { found, said } from '../console-facts.ts'
import type { ConsoleDialect } from '../dialect.ts'

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
    const tag = said(found(inventory, /Service Tag\s*:\s*(\S+)/i), 'show inventory')
    return {
      hostname: said(found(version, /^(\S+)\s+uptime is/m), 'show version'),
      version: said(found(version, /(?:Software|Application Software) Version:\s*(\S+)/i), 'show version'),
      chassis: [
        {
          slot: null,
          model: said(found(version, /^\s*System Type:\s*(.+?)\s*$/m), 'show version'),
          serial: tag ?? said(found(system, /Service Tag\s*:\s*(\S+)/i), 'show system'),
        },
      ],
      modules: [],
      isVirtual: false,
    }
  },
} satisfies ConsoleDialect
