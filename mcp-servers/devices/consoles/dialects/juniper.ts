import { type ConsoleChassis, found, real, said } from '../console-facts.ts'
import type { ConsoleDialect } from '../dialect.ts'
import { isVirtualModel } from '../inventory-facts.ts'

/** Columns are at least two blanks apart; the part number is there only for boards. */
const chassisLine = /^Chassis {2,}(?:REV \S+ +)?(\S+) {2,}(\S.*?)\s*$/m
const memberLine = /^FPC (\d+) +(?:REV \S+ +)?(?:\S+ +)?(\S+) {2,}((?:EX|QFX)\S*)/gm

/** The serial number stands only in `show chassis hardware`; a Virtual Chassis has one a member. */
export default {
  manufacturer: 'Juniper',
  platform: 'Juniper Junos',
  prompts: ['junos'],
  recognise: (shown) => (/JUNOS .+ Software|JUNOS OS Kernel|JUNOS Base|^Junos:/m.test(shown) ? 99 : 0),
  pagingOff: ['set cli screen-length 0'],
  commands: ['show version', 'show chassis hardware'],
  read(answers) {
    const version = answers('show version')
    const hardware = answers('show chassis hardware')
    const named = found(version, /^\s*Model:\s*(\S+)/m)
    const [, serial, chassisModel] = chassisLine.exec(hardware) ?? []
    const members: ConsoleChassis[] = [...hardware.matchAll(memberLine)].map((match) => ({
      slot: match[1] ?? null,
      model: said(real(match[3] ?? ''), 'show chassis hardware'),
      serial: said(real(match[2] ?? ''), 'show chassis hardware'),
    }))
    const single: ConsoleChassis = {
      slot: null,
      model:
        said(real(chassisModel ?? ''), 'show chassis hardware') ??
        said(named?.toUpperCase() ?? null, 'show version'),
      serial: said(real(serial ?? ''), 'show chassis hardware'),
    }
    const isStack = /^Chassis .*Virtual Chassis/m.test(hardware)
    const chassis = isStack && members.length > 0 ? members : [single]
    return {
      hostname: said(found(version, /^Hostname:\s*(\S+)/m), 'show version'),
      version: said(found(version, /^Junos:\s*(\S+)|JUNOS .*?\[([^\]]+)\]/m), 'show version'),
      chassis,
      modules: [],
      isVirtual: isVirtualModel(named),
    }
  },
} satisfies ConsoleDialect
