import type { PrinterCondition, PrinterState } from '../printer.ts'

/** DLE EOT n: answered at once, even when the printer is busy or offline. */
export const realTimeQuestion = (n: 1 | 2 | 3 | 4) => Uint8Array.of(0x10, 0x04, n)

const mostAnswers = 4

/** Every answer to DLE EOT has bits 1 and 4 set, bits 0 and 7 clear. */
const isRealTime = (byte: number) => (byte & 0b1001_0011) === 0b0001_0010

/** null for what is no such answer. */
export function decodeRealTime(bytes: Uint8Array): number | null {
  return bytes.every(isRealTime) && bytes.length <= mostAnswers ? (bytes.at(-1) ?? null) : null
}

/** The answer to GS r 1: its upper four bits are clear, bits 2 and 3 say that the paper is at its end. */
const isCompletion = (byte: number) => (byte & 0b1111_0000) === 0

export type Heard = { kind: 'done'; paperIsOut: boolean } | { kind: 'status'; status: number }

/** After a label both answers may come, in any order; null when there is something else among them. */
export function decodeAfterLabel(bytes: Uint8Array): Heard | null {
  const isKnown = bytes.every((byte) => isCompletion(byte) || isRealTime(byte))
  const status = bytes.at(-1)
  if (!isKnown || bytes.length > mostAnswers || status === undefined) return null
  const done = bytes.find(isCompletion)
  return done === undefined ? { kind: 'status', status } : { kind: 'done', paperIsOut: (done & 0x0c) !== 0 }
}

/** What can be wrong, question by question, bit by bit, worst first: Epson, "DLE EOT n". */
const troubleBits: Record<2 | 3 | 4, [number, PrinterCondition, string][]> = {
  2: [
    [0x04, 'cover-open', 'The cover is open.'],
    [0x20, 'media-empty', 'The paper is at its end.'],
  ],
  3: [
    [0x08, 'cutter-error', 'The cutter is jammed.'],
    [0x20, 'fault', 'The printer reports an error that it cannot recover from. Switch it off and on.'],
    [0x40, 'over-temperature', 'The print head is too hot or has no power; it goes on by itself.'],
  ],
  4: [[0x60, 'media-empty', 'The paper is at its end.']],
}

export function troubleIn(question: 2 | 3 | 4, status: number): PrinterState | null {
  const found = troubleBits[question].find(([mask]) => (status & mask) !== 0)
  return found ? { condition: found[1], words: found[2] } : null
}
