import type { Random } from './random.ts'

/** What is true of a device whose label is drawn. Numbers are made up in the shape that vendors use. */
export interface DeviceTruth {
  manufacturer: string
  model: string
  partNumber: string | null
  serial: string
  macAddress: string | null
  fccId: string | null
  ean: string
  /** True when the catalogue holds the model. */
  inCatalogue: boolean
}

export interface KnownModel {
  manufacturer: string
  model: string
  partNumber: string | null
  inCatalogue: boolean
}

const capitals = 'ABCDEFGHJKLMNPQRSTUVWXYZ'
const alphanumeric = '0123456789ABCDEFGHJKLMNPQRSTUVWXYZ'

const serialShapes: readonly [(random: Random) => string, ...((random: Random) => string)[]] = [
  (random) =>
    `${random.letters(capitals, 3)}${random.integer(14, 28)}${String(random.integer(1, 52)).padStart(2, '0')}${random.letters(alphanumeric, 4)}`,
  (random) => random.letters(alphanumeric, 10),
  (random) => `${random.letters(alphanumeric, 6)}${random.integer(1, 9)}`,
  (random) => random.letters('0123456789', 12),
  (random) =>
    `${random.letters(capitals, 1)}${random.letters('0123456789', 6)}${random.letters(capitals, 1)}${random.letters('0123456789', 7)}`,
  (random) => `${random.letters(capitals, 2)}${random.letters(alphanumeric, 10)}`,
]

/** Address blocks of the sort printed on homelab gear; only their registration matters. */
const macPrefixes: readonly [string, ...string[]] = [
  '001B54',
  '00156D',
  '001018',
  '3CECEF',
  'D4AE52',
  '001132',
]

function eanWithCheckDigit(twelve: string): string {
  const sum = [...twelve].reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3), 0)
  return `${twelve}${(10 - (sum % 10)) % 10}`
}

/** `hard` mixes the letters and digits that are read for one another. */
export function inventDevice(random: Random, known: KnownModel, hard: boolean): DeviceTruth {
  const serial = hard ? random.letters('0O1I8B5S2Z6GDQA4', 10) : random.pick(serialShapes)(random)
  const mac = random.pick(macPrefixes) + random.letters('0123456789ABCDEF', 6)
  return {
    ...known,
    serial,
    macAddress: random.chance(0.75) ? (mac.match(/../g) ?? []).join(':') : null,
    fccId: random.chance(0.4)
      ? `${random.letters(capitals, 3)}-${random.letters(alphanumeric, random.integer(5, 9))}`
      : null,
    ean: eanWithCheckDigit(`${random.integer(400, 899)}${random.letters('0123456789', 9)}`),
  }
}
