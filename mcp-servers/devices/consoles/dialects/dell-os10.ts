import { found, said } from '../console-facts.ts'
import type { ConsoleDialect } from '../dialect.ts'

/** The service tag is Dell's serial number; the inventory's first line of units is the chassis itself. */
export default {
  manufacturer: 'Dell',
  platform: 'Dell OS10',
  prompts: ['exec'],
  recognise: (shown) => (/Dell EMC Networking OS10|Dell SmartFabric OS10/.test(shown) ? 99 : 0),
  pagingOff: ['terminal length 0'],
  commands: ['show version', 'show inventory'],
  read(answers) {
    const version = answers('show version')
    const inventory = answers('show inventory')
    const tag =
      found(inventory, /Service Tag\s*:\s*(\S+)/i) ??
      found(inventory, /^\*?\s*\d+\s+\S.*\s([A-Z0-9]{7})\s+\d{3}\s+\d{3}/m)
    return {
      hostname: null,
      version: said(found(version, /^OS Version:\s*(\S+)/m), 'show version'),
      chassis: [
        {
          slot: null,
          model:
            said(found(version, /^System Type:\s*(\S+)/m), 'show version') ??
            said(found(inventory, /^Product\s*:\s*(\S+)/m), 'show inventory'),
          serial: said(tag, 'show inventory'),
        },
      ],
      modules: [],
      isVirtual: false,
    }
  },
} satisfies ConsoleDialect
