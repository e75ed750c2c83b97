import { type ConsoleChassis, type ConsoleFacts, found, said } from './console-facts.ts'
import type { Answers } from './dialect.ts'
import { chassisOf, isVirtualModel, modulesOf } from './inventory-facts.ts'
import { inventoryRows } from './inventory-rows.ts'

const model = /^cisco\s+(\S+)\s+(?:\(.*?\)\s+)?(?:\([^)]*\)\s+)?(?:processor|with)/im
const boardSerial = /^Processor board ID\s+(\S+)/im
const memberModel = /^Model Number\s*:\s*(\S+)/im
const memberSerial = /^System Serial Number\s*:\s*(\S+)/im
/** Stands above what every other member says; the one that answers comes first, without. */
const memberHeading = /^Switch 0*(\d+)\s*\n-+\s*$/m
/** In the table of members the one that answers has a star. */
const answeringMember = /^\*\s*(\d+)\s/m

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
  const several = [members, isStack(listed) ? listed : []].find((found) => found.length > 1)
  const chassis = several ?? [
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

/** Every one of them says its number, each another. */
function isStack(listed: readonly ConsoleChassis[]): boolean {
  const slots = listed.map(({ slot }) => slot ?? '')
  return slots.every((slot) => /^\d+$/.test(slot)) && new Set(slots).size === slots.length
}

/** By their numbers. A member that tells no serial number has none: never that of its neighbour. */
function stackMembers(version: string): ConsoleChassis[] {
  const [own = '', ...others] = version.split(memberHeading)
  const ownSlot = found(version, answeringMember) ?? '1'
  const blocks = [
    { slot: ownSlot, text: own },
    ...others.flatMap((slot, at) => (at % 2 === 0 ? { slot, text: others[at + 1] ?? '' } : [])),
  ]
  return blocks
    .flatMap(({ slot, text }): ConsoleChassis[] => {
      const name = said(found(text, memberModel), 'show version')
      const serial = said(found(text, memberSerial), 'show version')
      return name || serial ? [{ slot, model: name, serial }] : []
    })
    .sort((one, other) => Number(one.slot) - Number(other.slot))
}
