import { inWords, quoted } from '../intake/field-words.ts'
import type { PortIntent, RenameInterfaces } from './rename-intent.ts'
import type { HeldInterface } from './rename-plan.ts'

/** Why the interfaces are not (any more) those that a person saw, as a sentence; null: they are. What was done already is no difference. */
export function differenceFrom(
  { target, ports }: RenameInterfaces,
  held: readonly HeldInterface[],
): string | null {
  const rows = new Map(held.map((row) => [row.id, row]))
  for (const port of ports) {
    const why = portDifference(port, rows, held)
    if (why !== null)
      return `The interfaces of ${target.assetTag} were changed in NetBox meanwhile: ${why}. Cancel this, and propose it anew.`
  }
  return null
}

/** Whether a double was edited, or went, since a person saw it. */
export function isEdited({ ports }: RenameInterfaces, held: readonly HeldInterface[]): boolean {
  const stamps = new Map(held.map(({ id, lastUpdated }) => [id, lastUpdated]))
  return ports.some(({ doubles }) => doubles.some(({ id, lastUpdated }) => stamps.get(id) !== lastUpdated))
}

function portDifference(
  port: PortIntent,
  rows: ReadonlyMap<number, HeldInterface>,
  held: readonly HeldInterface[],
): string | null {
  const stays = rows.get(port.id)
  if (!stays) return `${shown(port.from)} is gone`
  if (stays.name !== port.from && stays.name !== port.to)
    return `${shown(port.from)} is called ${shown(stays.name)}`
  for (const double of port.doubles) {
    const row = rows.get(double.id)
    const why = row ? doubleDifference(double, row) : null
    if (why !== null) return why
  }
  const own = new Set([port.id, ...port.doubles.map(({ id }) => id)])
  return held.some(({ id, name }) => name === port.to && !own.has(id))
    ? `another one is called ${shown(port.to)}`
    : null
}

function doubleDifference(double: PortIntent['doubles'][number], row: HeldInterface): string | null {
  if (row.name !== double.name) return `${shown(double.name)} is called ${shown(row.name)}`
  if (row.hasCable) return `${shown(double.name)} has a cable`
  if (row.otherUses.length > 0) return `${shown(double.name)} has or is more: ${inWords([...row.otherUses])}`
  const seen = new Set(double.addresses.map(({ endpoint, id }) => `${endpoint} ${id}`))
  const more = row.addresses.find(({ endpoint, id }) => !seen.has(`${endpoint} ${id}`))
  if (more) return `${shown(double.name)} has ${more.text} too`
  const isAsSeen = row.lastUpdated === double.lastUpdated
  return isAsSeen || row.primaryMacId === null ? null : `${shown(double.name)} was edited`
}

function shown(name: string): string {
  return `“${quoted(name, 64)}”`
}
