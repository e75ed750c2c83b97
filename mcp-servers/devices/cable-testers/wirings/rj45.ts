import { contactsBetween, straight, type Wiring } from '../wiremap.ts'

/** The 8P8C plug: ANSI/TIA-568.2-D; crossovers after IEEE 802.3 clauses 14 and 40; rollover is the console cable. */
const rj45 = {
  plug: 'RJ45',
  signals: {},
  pairs: [
    ['1', '2'],
    ['3', '6'],
    ['4', '5'],
    ['7', '8'],
  ],
  optional: [],
  mustBeOpen: {},
} satisfies Partial<Wiring>

/** "36145278": the far pins of the near pins 1 to 8. */
function farPins(map: string): Wiring['lines'] {
  return Object.fromEntries([...map].map((far, index) => [`${index + 1}`, [far]]))
}

export default [
  { ...rj45, id: 'rj45-straight', name: 'straight-through', lines: straight(contactsBetween(1, 8)) },
  { ...rj45, id: 'rj45-two-pair', name: '2-pair', lines: straight(['1', '2', '3', '6']) },
  { ...rj45, id: 'rj45-crossover', name: 'crossover', lines: farPins('36145278') },
  { ...rj45, id: 'rj45-crossover-four-pair', name: '4-pair crossover', lines: farPins('36178245') },
  { ...rj45, id: 'rj45-rollover', name: 'rollover', lines: farPins('87654321') },
] satisfies Wiring[]
