import type { ConsoleDialect } from '../dialect.ts'
import { iosFacts } from '../ios-facts.ts'

export default {
  manufacturer: 'Cisco',
  platform: 'Cisco IOS',
  prompts: ['exec'],
  recognise: (shown) =>
    /Cisco IOS Software|Cisco Internetwork Operating System Software/.test(shown) ? 95 : 0,
  pagingOff: ['terminal length 0'],
  commands: ['show version', 'show inventory'],
  read: iosFacts,
} satisfies ConsoleDialect
