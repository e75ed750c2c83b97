import type { Bitmap } from '../../labels/bitmap.ts'
import { answers, commands } from './commands.ts'
import type { NiimbotModel } from './models.ts'
import { packet } from './packet.ts'

const u16 = (value: number) => [value >> 8, value & 0xff]
/** A row may come that often, and so may a blank one. */
const mostRepeats = 255
/** After so many rows some models are asked whether they have them (niimbluelib `image_encoder.ts`). */
const rowsBetweenChecks = 200

/** One step of a page; `answer` is null for rows, which are not acknowledged. */
export interface RowStep {
  bytes: Uint8Array
  answer: number | null
}

/**
 * The rows of a label, equal ones together. Never `83`, which lists single dots: more than six in it power the printer
 * off (niimbluelib `packet_generator.ts`).
 */
export function niimbotRows(bitmap: Bitmap, model: NiimbotModel): RowStep[] {
  const steps: RowStep[] = []
  const { checksRows } = model.task
  let y = 0
  while (y < bitmap.heightDots) {
    const row = bitmap.rows[y] ?? new Uint8Array()
    const most = checksRows ? rowsBetweenChecks - (y % rowsBetweenChecks) : mostRepeats
    let repeats = 1
    while (repeats < most && sameRow(row, bitmap.rows[y + repeats])) repeats += 1
    const isBlank = row.every((byte) => byte === 0)
    const bytes = isBlank
      ? packet(commands.blankRows, [...u16(y), repeats])
      : packet(commands.row, [...u16(y), ...blackCounts(row, model), repeats, ...row])
    steps.push({ bytes, answer: null })
    y += repeats
    if (checksRows && y % rowsBetweenChecks === 0)
      steps.push({ bytes: packet(commands.checkLine, [...u16(y - 1), 1]), answer: answers.checkLine })
  }
  return steps
}

function sameRow(row: Uint8Array, other: Uint8Array | undefined): boolean {
  return other !== undefined && Buffer.compare(row, other) === 0
}

/** Of the three thirds of the head, or `0, low, high` of all. */
function blackCounts(row: Uint8Array, model: NiimbotModel): number[] {
  const black = Array.from(row, (byte) => bitsIn(byte))
  const total = black.reduce((sum, count) => sum + count, 0)
  if (model.task.counts === 'total') return [0, total & 0xff, total >> 8]
  const thirdBytes = Math.floor(model.headDots / 8 / 3)
  const thirds = [0, 0, 0]
  black.forEach((count, at) => {
    const third = Math.min(2, Math.floor(at / thirdBytes))
    thirds[third] = (thirds[third] ?? 0) + count
  })
  return thirds
}

function bitsIn(byte: number): number {
  let bits = 0
  for (let rest = byte; rest > 0; rest >>= 1) bits += rest & 1
  return bits
}

export function pageSize(bitmap: Bitmap, model: NiimbotModel): Uint8Array {
  const rows = u16(bitmap.heightDots)
  const columns = u16(bitmap.widthDots)
  const sizes = {
    rows,
    'rows-columns': [...rows, ...columns],
    'rows-columns-copies': [...rows, ...columns, ...u16(1)],
  }
  return packet(commands.pageSize, sizes[model.task.pageSize])
}

export function printStart(model: NiimbotModel): Uint8Array {
  return packet(commands.printStart, model.task.printStart === 'short' ? [1] : [...u16(1), 0, 0, 0, 0, 0])
}
