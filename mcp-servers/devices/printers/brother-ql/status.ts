import type { LabelMedia } from '../../labels/label-media.ts'
import { brotherRolls } from '../../labels/stock/brother-dk.ts'
import type { PrinterCondition, PrinterState } from '../printer.ts'

/**
 * The 32 bytes that a Brother QL sends:
 * [0] 80 [1] 20 [2] 42 [3] series [4] model [8] error 1 [9] error 2 [10] width mm [11] media [17] length mm
 * [18] status type [19] phase. Source: pklaus/brother_ql `reader.py`, Brother's Raster Command Reference, chapter 4.
 */
export const frameBytes = 32

export interface QlStatus {
  type: 'reply' | 'completed' | 'error' | 'turned-off' | 'notification' | 'phase-change' | 'other'
  phase: 'receiving' | 'printing'
  troubles: PrinterState[]
  media: 'none' | 'continuous' | 'die-cut' | 'incompatible'
  widthMm: number
  lengthMm: number
}

const statusTypes: Record<number, QlStatus['type']> = {
  0: 'reply',
  1: 'completed',
  2: 'error',
  4: 'turned-off',
  5: 'notification',
  6: 'phase-change',
}

/** Bit by bit, lowest first. */
const errors1: [PrinterCondition, string][] = [
  ['media-empty', 'No label roll is loaded.'],
  ['media-empty', 'The label roll is at its end.'],
  ['cutter-error', 'The cutter is jammed.'],
  ['battery-low', 'The battery is weak.'],
  ['fault', 'The printer is in use by something else.'],
  ['offline', 'The printer was switched off.'],
  ['fault', 'The printer has the wrong power adapter.'],
  ['over-temperature', 'The fan of the printer does not turn.'],
]
const errors2: [PrinterCondition, string][] = [
  ['media-mismatch', 'Another label roll is loaded than the job needs.'],
  ['fault', 'The memory of the printer is full.'],
  ['fault', 'The printer did not understand the data.'],
  ['fault', 'The memory of the printer is full.'],
  ['cover-open', 'The cover is open.'],
  ['fault', 'The job was cancelled at the printer, or it is too hot.'],
  ['media-jam', 'The label roll cannot be fed.'],
  ['fault', 'The printer reports a system error.'],
]

/** Expects 32 bytes that begin with the header. */
export function decodeStatus(frame: Uint8Array): QlStatus {
  const kind = (frame[11] ?? 0) & 0x0f
  return {
    type: statusTypes[frame[18] ?? 0] ?? 'other',
    phase: frame[19] === 1 ? 'printing' : 'receiving',
    troubles: [...troublesOf(frame[8] ?? 0, errors1), ...troublesOf(frame[9] ?? 0, errors2)],
    media:
      frame[11] === 0xff ? 'incompatible' : kind === 0x0a ? 'continuous' : kind === 0x0b ? 'die-cut' : 'none',
    widthMm: frame[10] ?? 0,
    lengthMm: frame[17] ?? 0,
  }
}

function troublesOf(bits: number, table: [PrinterCondition, string][]): PrinterState[] {
  return table.flatMap(([condition, words], bit) => ((bits >> bit) & 1 ? [{ condition, words }] : []))
}

/** What an answer means before printing: is it ready for this medium? */
export function readiness(status: QlStatus, wanted: LabelMedia): PrinterState {
  const trouble = status.troubles[0]
  if (trouble) return trouble
  if (status.media === 'none') return { condition: 'media-empty', words: 'No label roll is loaded.' }
  if (status.phase === 'printing') return { condition: 'printing', words: 'Printing' }
  if (
    status.media !== wanted.kind ||
    status.widthMm !== wanted.widthMm ||
    status.lengthMm !== wanted.lengthMm
  )
    return {
      condition: 'media-mismatch',
      words: `${loadedWords(status)} is loaded, but ${wanted.words} is set for this printer. Change the roll or the setting.`,
    }
  return { condition: 'ready', words: `Ready, ${wanted.words}` }
}

/** The medium that the printer says is loaded, or null when there is none or HWLab has no layout for it. */
export function loadedMedia(status: QlStatus): LabelMedia | null {
  const { media, widthMm, lengthMm } = status
  return (
    brotherRolls.find((row) => row.kind === media && row.widthMm === widthMm && row.lengthMm === lengthMm) ??
    null
  )
}

function loadedWords(status: QlStatus): string {
  if (status.media === 'incompatible') return 'A roll that this printer cannot use'
  return status.media === 'continuous'
    ? `${status.widthMm} mm continuous`
    : `${status.widthMm} × ${status.lengthMm} mm die-cut`
}

/** Finds frames in a stream: several may come in one read, or one in pieces, with noise between. */
export class StatusFrames {
  #pending: Uint8Array = new Uint8Array()
  #noiseBytes = 0

  /** Something came that is no whole status. */
  get hasNoise(): boolean {
    return this.#noiseBytes > 0 || this.#pending.length > 0
  }

  push(bytes: Uint8Array): QlStatus[] {
    this.#pending = Buffer.concat([this.#pending, bytes])
    const found: QlStatus[] = []
    for (;;) {
      const start = headerAt(this.#pending)
      if (start > 0) this.#noiseBytes += start
      if (start < 0) {
        this.#noiseBytes += Math.max(0, this.#pending.length - 2)
        this.#pending = this.#pending.slice(-2)
        return found
      }
      if (this.#pending.length - start < frameBytes) {
        this.#pending = this.#pending.slice(start)
        return found
      }
      found.push(decodeStatus(this.#pending.subarray(start, start + frameBytes)))
      this.#pending = this.#pending.slice(start + frameBytes)
    }
  }
}

function headerAt(bytes: Uint8Array): number {
  for (let at = 0; at + 2 < bytes.length; at += 1) {
    if (bytes[at] === 0x80 && bytes[at + 1] === 0x20 && bytes[at + 2] === 0x42) return at
  }
  return -1
}
