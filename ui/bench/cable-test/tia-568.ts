/** Colours of the eight wires of an RJ45 plug: ANSI/TIA-568.2-D, T568A and T568B. */

export type TiaStandard = 'T568A' | 'T568B'

export interface WireColour {
  /** "white/orange". */
  words: string
  base: 'green' | 'orange' | 'blue' | 'brown'
  /** The white wire of its pair. */
  isStriped: boolean
}

const pins: Record<TiaStandard, readonly WireColour['base'][]> = {
  T568A: ['green', 'green', 'orange', 'blue', 'blue', 'orange', 'brown', 'brown'],
  T568B: ['orange', 'orange', 'green', 'blue', 'blue', 'green', 'brown', 'brown'],
}
const stripedPins = new Set(['1', '3', '5', '7'])

/** null for a contact that has no colour, such as the shield. */
export function wireColour(pin: string, standard: TiaStandard): WireColour | null {
  const base = pins[standard][Number(pin) - 1]
  if (!base) return null
  const isStriped = stripedPins.has(pin)
  return { words: isStriped ? `white/${base}` : base, base, isStriped }
}
