import { found, said } from '../console-facts.ts'
import type { ConsoleDialect } from '../dialect.ts'
import { isVirtualModel } from '../inventory-facts.ts'

const board = '/system routerboard print without-paging'
const resource = '/system resource print without-paging'

export default {
  manufacturer: 'MikroTik',
  platform: 'MikroTik RouterOS',
  prompts: ['routeros'],
  recognise: (shown) => (/^\s*(?:routerboard|uptime|board-name):/m.test(shown) ? 99 : 0),
  pagingOff: [],
  commands: [board, resource],
  read(answers) {
    const name = found(answers(resource), /^\s*board-name:\s*(.+?)\s*$/m)
    const model = said(found(answers(board), /^\s*model:\s*(.+?)\s*$/m), board) ?? said(name, resource)
    return {
      hostname: null,
      version: said(found(answers(resource), /^\s*version:\s*(\S+)/m), resource),
      chassis: [
        { slot: null, model, serial: said(found(answers(board), /^\s*serial-number:\s*(\S+)/m), board) },
      ],
      modules: [],
      isVirtual: isVirtualModel(name),
    }
  },
} satisfies ConsoleDialect
