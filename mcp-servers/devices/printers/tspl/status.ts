import type { PrinterCondition, PrinterState } from '../printer.ts'

/** ESC ! ?: one byte, answered at once even while the printer is busy. */
export const statusQuestion = Uint8Array.of(0x1b, 0x21, 0x3f)

export interface TsplStatus {
  troubles: PrinterState[]
  isPrinting: boolean
}

/** TSC TTP-244 programming manual, "<ESC>!?". Bit 5 is printing. */
const troubleBits: [number, PrinterCondition, string][] = [
  [0x01, 'cover-open', 'The print head is open.'],
  [0x04, 'media-empty', 'The label roll is at its end.'],
  [0x02, 'media-jam', 'The labels are jammed.'],
  [0x08, 'ribbon-empty', 'The ribbon is at its end.'],
  [0x10, 'paused', 'The printer is paused. Press its pause button.'],
  [0x80, 'fault', 'The printer reports an error.'],
]
const printingBit = 0x20
/** Only told together with an open head; a letter of some text has it without. */
const coverBit = 0x40
const mostAnswers = 4

/** The last of the bytes that came; null when they cannot be statuses. */
export function decodeTsplStatus(bytes: Uint8Array): TsplStatus | null {
  const status = bytes.at(-1)
  const isText = bytes.some((byte) => (byte & coverBit) !== 0 && (byte & 0x01) === 0)
  if (status === undefined || bytes.length > mostAnswers || isText) return null
  return {
    troubles: troubleBits.flatMap(([bit, condition, words]) => (status & bit ? [{ condition, words }] : [])),
    isPrinting: (status & printingBit) !== 0,
  }
}
