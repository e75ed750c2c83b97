import { found, said } from '../console-facts.ts'
import type { ConsoleDialect } from '../dialect.ts'

export default {
  manufacturer: 'HPE Aruba',
  platform: 'Aruba AOS-CX',
  prompts: ['exec'],
  recognise: (shown) => (/ArubaOS-CX|AOS-CX/.test(shown) ? 99 : 0),
  pagingOff: ['no page'],
  commands: ['show version', 'show system'],
  read(answers) {
    const system = answers('show system')
    return {
      hostname: said(found(system, /^\s*Hostname\s*:\s*(\S+)/m), 'show system'),
      version: said(found(system, /(?:ArubaOS-CX|AOS-CX) Version\s*:\s*(\S+)/), 'show system'),
      chassis: [
        {
          slot: null,
          model: said(found(system, /^\s*Product Name\s*:\s*(\S+)/m), 'show system'),
          serial: said(found(system, /^\s*Chassis Serial N(?:br|umber)\s*:\s*(\S+)/im), 'show system'),
        },
      ],
      modules: [],
      isVirtual: false,
    }
  },
} satisfies ConsoleDialect
