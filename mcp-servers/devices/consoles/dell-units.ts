/** A switch in the table of `show inventory` on Dell OS9; a stack has several. */
export interface DellUnit {
  number: string
  /** "S4048-ON-01-FE-72". */
  type: string
  serviceTag: string
}

/** Number, type, part, piece, and at the end the service tag and its express code in groups of three digits. */
const row = /^[* ]*(\d+)\s+(\S+)\s.*\s([A-Z0-9]{7})\s+\d{3} \d{3} \d{3}/gm
const ofUnit = /-(?:PWR|FAN)/

export function dellUnits(inventory: string): DellUnit[] {
  return [...inventory.matchAll(row)].flatMap(([, number = '', type = '', serviceTag = '']) =>
    ofUnit.test(type) ? [] : { number, type, serviceTag },
  )
}
