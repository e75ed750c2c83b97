import { found, said } from '../console-facts.ts'
import type { ConsoleDialect } from '../dialect.ts'
import { isVirtualModel } from '../inventory-facts.ts'

const inventoryModel = /^System information\s*\n(?:.*\bModel\b.*\n)?(?:[\s-]+\n)?\s*(\S+)\s+\S/m
const inventorySerial = /^System information\s*\n[\s\S]*?\n.*\bSerial\b.*\n(?:[\s-]+\n)?\s*\S+\s+(\S+)/m

export default {
  manufacturer: 'Arista',
  platform: 'Arista EOS',
  prompts: ['exec'],
  recognise: (shown) => (/^Arista \S|^\s*(?:vEOS|cEOS)/m.test(shown) ? 99 : 0),
  pagingOff: ['terminal length 0'],
  commands: ['show version', 'show inventory'],
  read(answers) {
    const version = answers('show version')
    const inventory = answers('show inventory')
    const model =
      said(found(inventory, inventoryModel), 'show inventory') ??
      said(found(version, /^Arista\s+(\S+)\s*$|^\s*(vEOS\S*|cEOSLab)\s*$/m), 'show version')
    const serial =
      said(found(inventory, inventorySerial), 'show inventory') ??
      said(found(version, /^Serial number:[ \t]*(\S*)/m), 'show version')
    return {
      hostname: null,
      version: said(found(version, /^Software image version:\s*(\S+)/m), 'show version'),
      chassis: [{ slot: null, model, serial }],
      modules: [],
      isVirtual: isVirtualModel(model?.value ?? null),
    }
  },
} satisfies ConsoleDialect
