import { type Refusal, refused } from '../../serving/tool.ts'
import { quoted } from '../intake/field-words.ts'

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

interface CableFacts {
  type: string
  color: string
  lengthMetres: number | null
}

/** "Cat 6a, yellow, 2.5 m", in any order, as NetBox writes them. */
export function cableFacts(look: string): { kind: 'facts'; facts: CableFacts } | Refusal {
  const facts: CableFacts = { type: '', color: '', lengthMetres: null }
  for (const word of look.split(/[,;]\s*/).filter((part) => part.trim() !== '')) {
    const lengthMetres = metresOf(word)
    const color = colourOf(word)
    const type = typeOf(word)
    if (lengthMetres !== null) facts.lengthMetres = lengthMetres
    else if (color !== null) facts.color = color
    else if (type !== null) facts.type = type
    else
      return refused(
        `“${quoted(word, 40)}” is no type, colour or length of a cable here. Write them like “cat6, blue, 2 m”. Types: ${types.join(', ')}.`,
      )
  }
  return { kind: 'facts', facts }
}

function typeOf(word: string): string | null {
  const plain = word.toLowerCase().replace(/[\s.-]+/g, '')
  return types.find((type) => type.replace('-', '') === plain) ?? sameTypes[plain] ?? null
}

function colourOf(word: string): string | null {
  const plain = word.toLowerCase().trim().replace(/^#/, '')
  return /^[0-9a-f]{6}$/.test(plain) ? plain : (colours[plain] ?? null)
}

function metresOf(word: string): number | null {
  const [, number, unit = 'm'] = /^\s*(\d{1,4}(?:\.\d+)?)\s*(m|cm|ft|in)?\s*$/i.exec(word) ?? []
  if (number === undefined) return null
  return Math.round(Number(number) * (metresIn[unit.toLowerCase()] ?? 1) * 100) / 100
}
