import type { PrinterCondition, PrinterState } from '../printer.ts'
import { hasInvertedLid } from './models.ts'

/** Where the answer to the heartbeat has the lid and the paper, by its length. Source: niimbluelib `abstraction.ts`. */
const places: Record<number, { lid: number | null; paper: number | null }> = {
  9: { lid: 8, paper: null },
  10: { lid: 8, paper: null },
  13: { lid: 9, paper: 11 },
  19: { lid: 15, paper: 17 },
  20: { lid: null, paper: 18 },
}

/** null when nothing is wrong, as far as the model says. */
export function heartbeatTrouble(data: Uint8Array, modelId: number): PrinterState | null {
  const place = places[data.length]
  if (!place) return null
  const closed = hasInvertedLid(modelId) ? 1 : 0
  if (place.lid !== null && data[place.lid] !== closed)
    return { condition: 'cover-open', words: 'The lid is open.' }
  if (place.paper !== null && data[place.paper] !== 0)
    return { condition: 'media-empty', words: 'No label roll is loaded.' }
  return null
}

const errors: Record<number, [PrinterCondition, string]> = {
  1: ['cover-open', 'The lid is open.'],
  2: ['media-empty', 'No label roll is loaded.'],
  3: ['battery-low', 'The battery is low.'],
  4: ['battery-low', 'The battery is faulty.'],
  5: ['fault', 'Somebody stopped it at the printer.'],
  6: ['fault', 'The printer did not understand the data.'],
  7: ['over-temperature', 'The printer is too hot. Let it cool.'],
  8: ['media-empty', 'The label roll is at its end.'],
  9: ['fault', 'The printer is busy.'],
  10: ['fault', 'The printer does not find its print head.'],
  11: ['fault', 'The printer is too cold.'],
  13: ['ribbon-empty', 'No ribbon is loaded.'],
  14: ['ribbon-empty', 'Another ribbon is loaded than the label needs.'],
  15: ['ribbon-empty', 'The ribbon is at its end.'],
  16: ['media-mismatch', 'Another label roll is loaded than the label needs.'],
}

export function errorState(code: number): PrinterState {
  const [condition, words] = errors[code] ?? ['fault', `The printer reports error ${code}.`]
  return { condition, words }
}

export interface Progress {
  page: number
  isDone: boolean
  error: PrinterState | null
}

/** page (two bytes), percent printed, percent fed; the longer form has an error in its seventh byte. */
export function decodeProgress(data: Uint8Array): Progress {
  const page = (data[0] ?? 0) * 256 + (data[1] ?? 0)
  const code = data.length === 10 ? (data[6] ?? 0) : 0
  return {
    page,
    isDone: page === 1 && data[2] === 100 && data[3] === 100,
    error: code > 0 && code in errors ? errorState(code) : null,
  }
}
