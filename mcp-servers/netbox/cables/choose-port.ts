import { type Refusal, refused } from '../../serving/tool.ts'
import { findTarget } from '../changes/find-target.ts'
import type { Inventory } from '../client/inventory.ts'
import { inWords, quoted } from '../intake/field-words.ts'
import { canonicalName, newInterface } from '../interface-names/interface-name.ts'
import { matchInterface } from '../interface-names/match-interface.ts'
import { type Platform, platformOf } from '../interface-names/platform.ts'
import { type CableEnd, endWords, type PortType } from './cable-intent.ts'
import { type PortRow, portsOf } from './find-port.ts'

export interface ChosenEnd {
  kind: 'end'
  end: CableEnd
  /** null: it is to be added. */
  row: PortRow | null
}

const portTypes = ['dcim.interface', 'dcim.powerport', 'dcim.poweroutlet'] as const satisfies PortType[]

/** "HW-00001 Gi1/0/1": the port that is meant, in whatever spelling; one that the device does not have is to be added. */
export async function choosePort(inventory: Inventory, text: string): Promise<ChosenEnd | Refusal> {
  const [, tag, port] = /^\s*(\S+)\s+(.+?)\s*$/s.exec(text) ?? []
  if (tag === undefined || port === undefined)
    return refused(
      `“${quoted(text, 60)}” is not an end of a cable. Write the tag and the port, such as HW-00001 Gi1/0/1.`,
    )
  const found = await findTarget(inventory, tag)
  if (found.kind === 'refused') return found
  const { target, live } = found
  if (target.kind !== 'device' || live.record === null)
    return refused(`${target.assetTag} is not a device of NetBox, so it has no ports to connect.`)
  const { manufacturer, model, display } = live.record
  const platform = platformOf(manufacturer, model)
  const device = { id: target.id, name: quoted(display, 80), tag: target.assetTag }
  const similar: string[] = []
  for (const objectType of portTypes) {
    const known = await portsOf(inventory.rest, objectType, { deviceId: target.id })
    if (known.kind === 'failed') return refused(known.why)
    const match = matchInterface(objectType === 'dcim.interface' ? platform : 'unknown', port, known.ports)
    if (match.kind === 'ambiguous') {
      const isNamed = objectType === 'dcim.interface' && platform !== 'unknown'
      const wayOut = isNamed
        ? `\`interfaces ${device.tag}\` proposes to make it one.`
        : 'Make it one in NetBox first.'
      const names = inWords(match.rows.map(({ name }) => quoted(name, 64)))
      return refused(`${device.name} has ${quoted(port, 64)} more than once: ${names}. ${wayOut}`)
    }
    if (match.kind !== 'none')
      return { kind: 'end', row: match.row, end: { objectType, device, name: match.row.name, newType: null } }
    similar.push(...startingLike(known.ports, port))
  }
  return newEnd(device, { platform, port, similar })
}

/** A few that begin like it, for somebody who did not know its whole name. */
function startingLike(ports: readonly PortRow[], port: string): string[] {
  const start = port.trim().toLowerCase()
  return ports.map(({ name }) => name).filter((name) => name.toLowerCase().startsWith(start))
}

function newEnd(
  device: CableEnd['device'],
  { platform, port, similar }: { platform: Platform; port: string; similar: string[] },
): ChosenEnd | Refusal {
  if (similar.length > 0) {
    const names = similar.slice(0, 6).map((name) => quoted(name, 40))
    const more = similar.length - names.length
    return refused(
      `Which one of ${device.name}: ${inWords(names)}${more > 0 ? ` (and ${more} more)` : ''}? Write its whole name.`,
    )
  }
  const { name, type } = newInterface(platform, canonicalName(platform, port))
  if (name.length > 64) return refused('A port’s name has up to 64 characters in NetBox.')
  const end: CableEnd = { objectType: 'dcim.interface', device, name, newType: type }
  if (type === 'virtual' || type === 'lag' || type === 'bridge')
    return refused(`${endWords(end)} is not a port that takes a cable. Name the port it runs over.`)
  return { kind: 'end', row: null, end }
}
