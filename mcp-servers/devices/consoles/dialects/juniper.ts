import { type ConsoleChassis, found, real, said } from '../console-facts.ts'
import type { ConsoleDialect } from '../dialect.ts'
import { isVirtualModel } from '../inventory-facts.ts'

/** Columns are at least two blanks apart; most chassis have no revision and no part number. */
const chassisLine = /^Chassis {2,}(?:REV \S+ +)?(?:\d{3}-\d{6} +)?(\S+) {2,}(\S.*?)\s*$/m
/** Stands above what each firewall of a cluster answers. */
const nodeHeading = /^node(\d+):\s*$/m
const memberLine = /^FPC (\d+) +(?:REV \S+ +)?(?:\S+ +)?(\S+) {2,}((?:EX|QFX)\S*)/gm

/**
 * The serial number stands only in `show chassis hardware`; a Virtual Chassis has one a member, a cluster one a node. A new
 * device has no name yet, and its prompt is that of others: `root>`.
 */
export default {
  manufacturer: 'Juniper',
  platform: 'Juniper Junos',
  prompts: ['junos', 'exec'],
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
    const nodes = clusterNodes(hardware)
    const several = isStack ? members : nodes
    const chassis = several.length > 0 ? several : [single]
    return {
      hostname: said(found(version, /^Hostname:\s*(\S+)/m), 'show version'),
      version: said(found(version, /^Junos:\s*(\S+)|JUNOS .*?\[([^\]]+)\]/m), 'show version'),
      chassis,
      modules: [],
      isVirtual: isVirtualModel(named),
    }
  },
} satisfies ConsoleDialect

function clusterNodes(hardware: string): ConsoleChassis[] {
  const [, ...nodes] = hardware.split(nodeHeading)
  return nodes.flatMap((slot, at) => {
    const [, serial, model] = at % 2 === 0 ? (chassisLine.exec(nodes[at + 1] ?? '') ?? []) : []
    return serial && model
      ? {
          slot,
          model: said(real(model), 'show chassis hardware'),
          serial: said(real(serial), 'show chassis hardware'),
        }
      : []
  })
}
