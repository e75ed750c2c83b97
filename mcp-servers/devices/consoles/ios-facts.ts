import { type ConsoleChassis, type ConsoleFacts, everyFound, found, said } from './console-facts.ts'
import type { Answers } from './dialect.ts'
import { chassisOf, isVirtualModel, modulesOf } from './inventory-facts.ts'
import { inventoryRows } from './inventory-rows.ts'

const model = /^cisco\s+(\S+)\s+(?:\(.*?\)\s+)?(?:\([^)]*\)\s+)?(?:processor|with)/im
const boardSerial = /^Processor board ID\s+(\S+)/im
const memberModel = /^Model Number\s*:\s*(\S+)/gim
const memberSerial = /^System Serial Number\s*:\s*(\S+)/gim

/**
 * IOS and IOS-XE. A stack lists each member in `show version`; there the processor board ID is only the master's.
 * `show inventory` names the orderable product, so it comes first for a single device.
 */
export function iosFacts(answers: Answers): ConsoleFacts {
  const version = answers('show version')
  const rows = inventoryRows(answers('show inventory'))
  const members = stackMembers(version)
  const listed = chassisOf(rows, 'show inventory')
  const single: ConsoleChassis = {
    slot: null,
    model: said(found(version, model), 'show version'),
    serial: said(found(version, boardSerial), 'show version'),
  }
  const chassis =
    members.length > 1
      ? members
      : [
          {
            slot: null,
            model: listed[0]?.model ?? members[0]?.model ?? single.model,
            serial: listed[0]?.serial ?? members[0]?.serial ?? single.serial,
          },
        ]
  return {
    hostname: said(found(version, /^(\S+)\s+uptime is/m), 'show version'),
    version: said(found(version, /\bVersion\s+([^\s,]+)/), 'show version'),
    chassis,
    modules: modulesOf(rows, 'show inventory'),
    isVirtual: chassis.some((one) => isVirtualModel(one.model?.value ?? null)),
  }
}

function stackMembers(version: string): ConsoleChassis[] {
  const serials = everyFound(version, memberSerial)
  return everyFound(version, memberModel).map((name, index) => ({
    slot: `${index + 1}`,
    model: said(name, 'show version'),
    serial: said(serials[index] ?? null, 'show version'),
  }))
}
