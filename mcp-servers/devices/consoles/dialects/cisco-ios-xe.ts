import type { ConsoleDialect } from '../dialect.ts'
import { iosFacts } from '../ios-facts.ts'

export default {
  manufacturer: 'Cisco',
  platform: 'Cisco IOS-XE',
  prompts: ['exec'],
  recognise: (shown) => (/Cisco IOS[ -]XE Software/.test(shown) ? 99 : 0),
  pagingOff: ['terminal length 0'],
  commands: ['show version', 'show inventory'],
  read: iosFacts,
} satisfies ConsoleDialect
