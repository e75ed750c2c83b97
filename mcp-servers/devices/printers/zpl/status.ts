import type { PrinterCondition, PrinterState } from '../printer.ts'

/** Zebra, "~HS Host Status Return" and "~HQ Host Query" in the ZPL II Programming Guide. */
export const questions = { errors: '~HQES', status: '~HS', identity: '~HI', cancelAll: '~JA' }

export interface HostStatus {
  troubles: PrinterState[]
  /** Formats in the receive buffer and labels of the batch that are still to come. */
  waiting: number
}

const stx = '\u0002'
const etx = '\u0003'

/** The three lines of `~HS`, each between STX and ETX, found anywhere in what came. */
export function decodeHostStatus(bytes: Uint8Array): HostStatus | null {
  const frames = framesOf(bytes)
  for (let at = 0; at + 2 < frames.length; at += 1) {
    const [first, second, third] = frames.slice(at, at + 3).map((frame) => frame.split(','))
    if (first?.length === 12 && second?.length === 11 && third?.length === 2) return hostStatus(first, second)
  }
  return null
}

/**
 * First line: [1] paper out [2] pause [4] formats waiting [7] part of a format waiting [10] too cold [11] too hot.
 * Second line: [2] head up [3] ribbon out [8] labels remaining.
 */
function hostStatus(first: string[], second: string[]): HostStatus | null {
  const isDigits = [...first, ...second].every((field) => /^[0-9A-F ]+$/.test(field))
  if (!isDigits) return null
  const troubles: [boolean, PrinterCondition, string][] = [
    [second[2] === '1', 'cover-open', 'The print head is open.'],
    [first[1] === '1', 'media-empty', 'The label roll is at its end.'],
    [second[3] === '1', 'ribbon-empty', 'The ribbon is at its end.'],
    [first[11] === '1', 'over-temperature', 'The print head is too hot. Let it cool.'],
    [first[10] === '1', 'fault', 'The print head is too cold.'],
    [first[2] === '1', 'paused', 'The printer is paused. Press its pause button.'],
  ]
  return {
    troubles: troubles.flatMap(([isSo, condition, words]) => (isSo ? [{ condition, words }] : [])),
    waiting: Number(first[4]) + Number(first[7]) + Number(second[8]),
  }
}

/** Bits of the last word of the line ERRORS in the answer to `~HQES`. */
const errorBits: [number, PrinterCondition, string][] = [
  [0x4, 'cover-open', 'The print head is open.'],
  [0x1, 'media-empty', 'The label roll is at its end.'],
  [0x2, 'ribbon-empty', 'The ribbon is at its end.'],
  [0x8, 'cutter-error', 'The cutter is jammed.'],
  [0x30, 'over-temperature', 'The print head or the motor is too hot. Let it cool.'],
  [0x1000, 'media-jam', 'The labels are jammed.'],
  [0x4000, 'media-jam', 'The labels cannot be fed.'],
  [0x8000, 'media-jam', 'The way of the labels has to be cleared.'],
  [0x10000, 'paused', 'The printer is paused. Press its pause button.'],
  [0xc0000, 'fault', 'The gap between the labels was not found. Calibrate the printer.'],
]

/** `ERRORS: <0|1> <8 hex> <8 hex>`; null while it is not there yet. */
export function decodeErrors(bytes: Uint8Array): PrinterState[] | null {
  const text = Buffer.from(bytes).toString('latin1')
  const found =
    /ERRORS:\s+([01])\s+[0-9A-F]{8}\s+([0-9A-F]{8})[\s\S]*WARNINGS:\s+[01]\s+[0-9A-F]{8}\s+[0-9A-F]{8}/i.exec(
      text,
    )
  if (!found) return null
  const bits = found[1] === '0' ? 0 : Number.parseInt(found[2] ?? '0', 16)
  const known = errorBits.flatMap(([mask, condition, words]) => (bits & mask ? [{ condition, words }] : []))
  return bits !== 0 && known.length === 0
    ? [{ condition: 'fault', words: 'The printer reports an error.' }]
    : known
}

/** `MODEL,VERSION,DOTS PER MM,…`. */
export function decodeIdentity(bytes: Uint8Array): { model: string; dotsPerMm: number } | null {
  for (const frame of framesOf(bytes)) {
    const [model, , dots] = frame.split(',')
    const dotsPerMm = /^(?:6|8|11|12|23|24)$/.test(dots ?? '') ? Number(dots) : null
    if (model && dotsPerMm) return { model, dotsPerMm }
  }
  return null
}

function framesOf(bytes: Uint8Array): string[] {
  return Buffer.from(bytes)
    .toString('latin1')
    .split(stx)
    .slice(1)
    .flatMap((piece) => (piece.includes(etx) ? [piece.slice(0, piece.indexOf(etx))] : []))
}
