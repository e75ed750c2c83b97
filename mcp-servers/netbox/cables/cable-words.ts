import { type Refusal, refused } from '../../serving/tool.ts'

/** NetBox's types of cables, 4.4 to 4.7, without those that nobody has in a lab. */
const types = [
  ...[
    'cat3',
    'cat5',
    'cat5e',
    'cat6',
    'cat6a',
    'cat7',
    'cat7a',
    'cat8',
    'dac-active',
    'dac-passive',
    'coaxial',
  ],
  ...[
    'mmf',
    'mmf-om1',
    'mmf-om2',
    'mmf-om3',
    'mmf-om4',
    'mmf-om5',
    'smf',
    'smf-os1',
    'smf-os2',
    'aoc',
    'power',
    'usb',
  ],
]
const sameTypes: Record<string, string> = {
  dac: 'dac-passive',
  twinax: 'dac-passive',
  fibre: 'mmf',
  fiber: 'mmf',
  multimode: 'mmf',
  singlemode: 'smf',
  om3: 'mmf-om3',
  om4: 'mmf-om4',
  os2: 'smf-os2',
}
/** NetBox's own palette. Source: netbox/choices.py, ColorChoices, 4.6.8. */
const colours: Record<string, string> = {
  red: 'f44336',
  pink: 'e91e63',
  purple: '9c27b0',
  blue: '2196f3',
  cyan: '00bcd4',
  teal: '009688',
  green: '4caf50',
  lime: 'cddc39',
  yellow: 'ffeb3b',
  orange: 'ff9800',
  brown: '795548',
  grey: '9e9e9e',
  gray: '9e9e9e',
  black: '111111',
  white: 'ffffff',
}
const metresIn: Record<string, number> = { m: 1, cm: 0.01, ft: 0.3048, in: 0.0254 }

export interface CableWish {
  type: string
  color: string
  length: string
}
interface CableFacts {
  type: string
  color: string
  lengthMetres: number | null
}

/** "Cat 6a", "yellow", "2.5 m" as NetBox writes them. */
export function cableFacts(wish: CableWish): { kind: 'facts'; facts: CableFacts } | Refusal {
  const typeText = wish.type.toLowerCase().replace(/[\s.]+/g, '')
  const type =
    typeText === ''
      ? ''
      : (types.find((known) => known.replace('-', '') === typeText.replace('-', '')) ?? sameTypes[typeText])
  if (type === undefined)
    return refused(`NetBox has no cable type “${wish.type.slice(0, 40)}”. It knows: ${types.join(', ')}.`)
  const colorText = wish.color.toLowerCase().trim().replace(/^#/, '')
  const color = /^(?:[0-9a-f]{6})?$/.test(colorText) ? colorText : colours[colorText]
  if (color === undefined)
    return refused(
      `“${wish.color.slice(0, 40)}” is not a colour here. Use a plain one, such as blue, or six hexadecimal digits.`,
    )
  const lengthText = wish.length.trim().toLowerCase().replace(',', '.')
  if (lengthText === '') return { kind: 'facts', facts: { type, color, lengthMetres: null } }
  const [, number, unit = 'm'] = /^(\d{1,6}(?:\.\d+)?)\s*(m|cm|ft|in)?$/.exec(lengthText) ?? []
  const metres = Math.round(Number(number) * (metresIn[unit] ?? 1) * 100) / 100
  if (number === undefined || metres > 99_999)
    return refused(`“${wish.length.slice(0, 40)}” is not a length. Write it like 2 m, 50 cm or 6 ft.`)
  return { kind: 'facts', facts: { type, color, lengthMetres: metres } }
}
