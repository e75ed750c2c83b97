import { countText } from '../count-text.ts'
import { quoted } from '../intake/field-words.ts'
import type { PlanReport } from './check-plan.ts'
import { addressText, blockText, parseBlock } from './ip-block.ts'

/** One line per prefix: "192.168.10.0/24: 12 used, 242 free, next .13 …"; what does not fit is counted in the last line. */
export function prefixLines(prefixes: PlanReport['prefixes'], most: number): string[] {
  const lines = prefixes.slice(0, most).map(prefixLine)
  const more = prefixes.length - lines.length
  return more > 0
    ? [...lines, `and ${countText(more, 'prefix', 'prefixes')} more; ask for one by name`]
    : lines
}

function prefixLine({ prefix, vrf, used, free, largest, next }: PlanReport['prefixes'][number]): string {
  const name = vrf === null ? prefix : `${prefix} (${quoted(vrf, 30)})`
  const family = parseBlock(prefix)?.family ?? 4
  if (next === null) return `${name}: ${used} used, full`
  const block = largest === null ? '' : `, largest free block ${blockText(largest)}`
  return `${name}: ${used} used, ${freeText(free)} free, next ${addressText(family, next)}${block}`
}

/** IPv6 prefixes hold more than anybody reads as digits. */
function freeText(free: bigint): string {
  return free < 1_000_000n ? String(free) : `over 2^${(free - 1n).toString(2).length - 1}`
}
