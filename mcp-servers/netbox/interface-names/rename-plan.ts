import { canonicalName } from './interface-name.ts'
import type { Platform } from './platform.ts'

/** An address on an interface. */
export interface HeldAddress {
  endpoint: 'ipam/ip-addresses' | 'dcim/mac-addresses'
  id: number
  /** As NetBox writes it. */
  text: string
}

/** An interface of one device as NetBox has it, with what hangs on it. */
export interface HeldInterface {
  id: number
  name: string
  /** Verbatim. */
  lastUpdated: string | null
  hasCable: boolean
  addresses: readonly HeldAddress[]
  primaryMacId: number | null
  /** What HWLab cannot move, in words: “VLAN 20”, “is a member of a LAG”. */
  otherUses: readonly string[]
}

/** One interface that needs work: the row that stays, its name to be, and the rows that are the same interface. */
export interface PortToBe {
  stays: HeldInterface
  name: string
  doubles: readonly HeldInterface[]
}

export interface RenamePlan {
  ports: PortToBe[]
  /** Left alone until a person has looked. */
  blocked: { names: string[]; why: string }[]
}

/**
 * Every interface of a device under the name that its platform gives it. Where several rows are the same interface, one
 * stays and gets what hangs on the others, which are deleted first. Data for an approval; nothing is done here.
 */
export function planRename(platform: Platform, existing: readonly HeldInterface[]): RenamePlan {
  const plan: RenamePlan = { ports: [], blocked: [] }
  const groups = Map.groupBy(existing, (row) => canonicalName(platform, row.name))
  for (const [name, rows] of groups) {
    const [stays, ...doubles] = rows.toSorted((one, other) => compareUse(name, one, other))
    if (!stays) continue
    const why = obstacle(stays, doubles)
    if (why !== null) plan.blocked.push({ names: rows.map((row) => row.name), why })
    else if (doubles.length > 0 || stays.name !== name) plan.ports.push({ stays, name, doubles })
  }
  return plan
}

/** The one with a cable stays, then the one with more on it, then the one with the right name, then the older one. */
function compareUse(name: string, one: HeldInterface, other: HeldInterface): number {
  const ranks = (row: HeldInterface) => [
    row.hasCable ? 0 : 1,
    -row.otherUses.length,
    -row.addresses.length,
    row.name === name ? 0 : 1,
    row.id,
  ]
  const [left, right] = [ranks(one), ranks(other)]
  return left.map((rank, at) => rank - (right[at] ?? 0)).find((difference) => difference !== 0) ?? 0
}

function obstacle(stays: HeldInterface, others: readonly HeldInterface[]): string | null {
  const cabled = others.find((row) => row.hasCable)
  if (cabled)
    return `“${stays.name}” and “${cabled.name}” are the same interface, and each has a cable. Remove the wrong cable in NetBox, then look again.`
  const used = others.find((row) => row.otherUses.length > 0)
  return used
    ? `“${stays.name}” and “${used.name}” are the same interface, and “${used.name}” has what HWLab cannot move: ${used.otherUses.join(', ')}. Move it to “${stays.name}” in NetBox, then look again.`
    : null
}
