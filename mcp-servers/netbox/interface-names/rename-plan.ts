import { canonicalName } from './interface-name.ts'
import type { Platform } from './platform.ts'

/** An interface of one device as NetBox has it, with what hangs on it. */
export interface HeldInterface {
  id: number
  name: string
  hasCable: boolean
  ipAddressIds: readonly number[]
  macAddressIds: readonly number[]
  /** What HWLab cannot move, in words: “VLAN 20”, “is a member of a LAG”. */
  otherUses: readonly string[]
}

export type RenameStep =
  | {
      kind: 'move'
      endpoint: 'ipam/ip-addresses' | 'dcim/mac-addresses'
      id: number
      fromInterface: number
      toInterface: number
    }
  | { kind: 'delete'; interfaceId: number; name: string }
  | { kind: 'rename'; interfaceId: number; from: string; to: string }

export interface RenamePlan {
  /** To be done in this order: a double is gone before another takes its name. */
  steps: RenameStep[]
  /** Left alone until a person has looked. */
  blocked: { names: string[]; why: string }[]
}

/**
 * Every interface of a device under the name that its platform gives it. Where several rows are the same interface, one
 * stays and gets what hangs on the others, which are deleted first. Data for an approval; nothing is done here.
 */
export function planRename(platform: Platform, existing: readonly HeldInterface[]): RenamePlan {
  const plan: RenamePlan = { steps: [], blocked: [] }
  const groups = Map.groupBy(existing, (row) => canonicalName(platform, row.name))
  for (const [name, rows] of groups) {
    const [stays, ...others] = rows.toSorted((one, other) => compareUse(name, one, other))
    if (!stays) continue
    const why = obstacle(stays, others)
    if (why !== null) {
      plan.blocked.push({ names: rows.map((row) => row.name), why })
      continue
    }
    for (const other of others) plan.steps.push(...moves(other, stays))
    for (const other of others) plan.steps.push({ kind: 'delete', interfaceId: other.id, name: other.name })
    if (stays.name !== name)
      plan.steps.push({ kind: 'rename', interfaceId: stays.id, from: stays.name, to: name })
  }
  return plan
}

/** The one with a cable stays, then the one with more on it, then the one with the right name, then the older one. */
function compareUse(name: string, one: HeldInterface, other: HeldInterface): number {
  const ranks = (row: HeldInterface) => [
    row.hasCable ? 0 : 1,
    -row.otherUses.length,
    -(row.ipAddressIds.length + row.macAddressIds.length),
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

function moves(from: HeldInterface, to: HeldInterface): RenameStep[] {
  const move = { kind: 'move' as const, fromInterface: from.id, toInterface: to.id }
  return [
    ...from.ipAddressIds.map((id) => ({ ...move, endpoint: 'ipam/ip-addresses' as const, id })),
    ...from.macAddressIds.map((id) => ({ ...move, endpoint: 'dcim/mac-addresses' as const, id })),
  ]
}
