import { real } from './console-facts.ts'

export interface InventoryRow {
  name: string
  description: string
  productId: string | null
  serial: string | null
}

const nameLine = /^\s*NAME\s*:\s*(.*?)\s*(?:,|\s{2,})\s*DESCR\s*:\s*(.*?)\s*$/i
const productLine =
  /^\s*PID\s*:\s*(.*?)\s*(?:,|\s{2,})\s*VID\s*:\s*(.*?)\s*(?:,|\s{2,})\s*SN\s*:\s*(.*?)\s*$/i
/** Some firmware puts one blank between the columns. */
const tightProductLine = /^\s*PID:\s*(\S+)\s+VID:\s*(?:\S*)\s+SN:\s*(\S*)/i

/** `show inventory` of Cisco IOS, NX-OS, IOS XR and ASA: two lines an entity. */
export function inventoryRows(output: string): InventoryRow[] {
  const lines = output.split('\n')
  return lines.flatMap((line, at) => {
    const named = nameLine.exec(line)
    if (!named) return []
    const next = lines.slice(at + 1).find((candidate) => candidate.trim() !== '') ?? ''
    const whole = productLine.exec(next)
    const tight = whole ? null : tightProductLine.exec(next)
    const product = whole?.[1] ?? tight?.[1] ?? ''
    const serial = whole?.[3] ?? tight?.[2] ?? ''
    return {
      name: unquoted(named[1] ?? ''),
      description: unquoted(named[2] ?? ''),
      productId: real(product),
      serial: real(serial),
    }
  })
}

const chassisName = /chassis/i
/** A stack member: "Switch 1", "1". */
const memberName = /^(?:switch|rack) ?\d+$|^\d$/i

/** The rows that are a chassis, or the first row where none says so. */
export function chassisRows(rows: readonly InventoryRow[]): InventoryRow[] {
  const named = (pattern: RegExp) => rows.filter((row) => pattern.test(row.name) && row.productId !== null)
  const [members, chassis] = [named(memberName), named(chassisName)]
  if (members.length > 0) return members
  return chassis.length > 0 ? chassis : rows.slice(0, 1)
}

function unquoted(text: string): string {
  return text.replace(/^"|"$/g, '').slice(0, 120)
}
