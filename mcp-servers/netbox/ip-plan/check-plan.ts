import { type Deviation, deviations } from './deviations.ts'
import { type FreeSpace, freeSpace } from './free-space.ts'
import { addressText, type Block, blockText, holds, parseBlock, type Span } from './ip-block.ts'
import type { IpPlan, Rule } from './plan-file.ts'
import type { IpamSeen } from './read-addresses.ts'

export interface PlanReport {
  /** By family and address, the wider one first. */
  prefixes: (FreeSpace & { prefix: string; vrf: string | null; used: number })[]
  /** Lowest address first. */
  deviations: { address: string; why: string }[]
}

interface Declared {
  block: Block
  rules: readonly Rule[]
}

/** What the plan says against what is recorded. Pure. `within`: only this prefix and what is inside it. */
export function checkPlan(plan: IpPlan, seen: IpamSeen, within: Block | null): PlanReport {
  const declared = Object.entries(plan.prefixes).flatMap(([prefix, rules]): Declared[] => {
    const block = parseBlock(prefix)
    return block ? [{ block, rules }] : []
  })
  const isAsked = ({ block }: { block: Block }) => within === null || holds(within, block)
  const prefixes = seen.prefixes
    .filter(isAsked)
    .toSorted((a, b) => byAddress(a.block, b.block))
    .map((prefix) => ({
      prefix: blockText(prefix.block),
      vrf: prefix.vrfName,
      used: seen.addresses.filter(
        (address) => address.vrf === prefix.vrf && holds(prefix.block, only(address)),
      ).length,
      ...freeSpace({ ...prefix.block, isPool: prefix.isPool }, usedIn(prefix, seen, declared)),
    }))
  const found = declared
    .filter(isAsked)
    .flatMap((one) => deviationsOf(one, declared, seen))
    .toSorted((a, b) => a.family - b.family || (a.value < b.value ? -1 : a.value > b.value ? 1 : 0))
    .map(({ family, value, why }) => ({ address: addressText(family, value), why }))
  return { prefixes, deviations: found }
}

function usedIn(
  { block, vrf, isFull }: IpamSeen['prefixes'][number],
  seen: IpamSeen,
  declared: readonly Declared[],
): Span[] {
  if (isFull) return [block]
  const inside = seen.prefixes.filter(
    (other) => other.vrf === vrf && other.block.length > block.length && holds(block, other.block),
  )
  const sameFamily = <Seen extends { family: number; vrf: number | null }>(rows: Seen[]) =>
    rows.filter((row) => row.family === block.family && row.vrf === vrf)
  return [
    ...inside.map((other) => other.block),
    ...sameFamily(seen.addresses).map(only),
    ...sameFamily(seen.ranges),
    ...declared.filter((one) => one.block.family === block.family).flatMap(keptFree),
  ]
}

function keptFree({ block, rules }: Declared): Span[] {
  return rules.flatMap((rule) =>
    rule.kind === 'keep-free'
      ? [{ first: block.first + BigInt(rule.from), last: block.first + BigInt(rule.to) }]
      : [],
  )
}

/** An address belongs to the narrowest declared prefix that holds it, in each VRF where that prefix is recorded. */
function deviationsOf(
  { block, rules }: Declared,
  declared: readonly Declared[],
  seen: IpamSeen,
): Deviation[] {
  const narrower = declared.filter((other) => other.block.length > block.length && holds(block, other.block))
  const recorded = seen.prefixes.filter((prefix) => blockText(prefix.block) === blockText(block))
  const vrfs = recorded.length === 0 ? [null] : [...new Set(recorded.map(({ vrf }) => vrf))]
  return vrfs.flatMap((vrf) => {
    const addresses = seen.addresses.filter(
      (address) =>
        address.vrf === vrf &&
        holds(block, only(address)) &&
        !narrower.some((other) => holds(other.block, only(address))),
    )
    return deviations({ block, rules, addresses })
  })
}

function only<Seen extends { family: 4 | 6; value: bigint }>({ family, value }: Seen) {
  return { family, first: value, last: value }
}

function byAddress(a: Block, b: Block): number {
  if (a.family !== b.family) return a.family - b.family
  return a.first === b.first ? a.length - b.length : a.first < b.first ? -1 : 1
}
