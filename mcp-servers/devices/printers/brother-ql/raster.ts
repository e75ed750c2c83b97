import { type Bitmap, blacken, blankBitmap, isBlack } from '../../labels/bitmap.ts'
import type { LabelMedia } from '../../labels/label-media.ts'
import { packBits } from '../pack-bits.ts'
import type { QlModel } from './models.ts'

/** Whether the head reaches over the roll, and prints its colours. */
export function takesRoll(model: QlModel, media: LabelMedia): boolean {
  return media.stock === 'brother-dk' && leftPadDots(model, media) >= 0 && (model.twoColours || !media.hasRed)
}

/**
 * Bytes of a Brother QL job, after Brother's "Raster Command Reference, QL-800 series" and pklaus/brother_ql
 * `raster.py`, `conversion.py`. The opening ends with the status request: its answer is read before the page is sent.
 */
export function qlOpening(model: QlModel): Uint8Array {
  return Uint8Array.from([
    ...new Uint8Array(model.invalidateBytes),
    ...[0x1b, 0x40],
    ...(model.switchesMode ? [0x1b, 0x69, 0x61, 0x01] : []),
    ...[0x1b, 0x69, 0x53],
  ])
}

/** recover always, print quality, length, width and kind are valid: the printer refuses other media by itself. */
const validFields = 0x80 | 0x40 | 0x08 | 0x04 | 0x02
const cutAtEnd = 0x08
const twoColours = 0x01

export function qlPage(bitmap: Bitmap, media: LabelMedia, model: QlModel): Uint8Array {
  const isTape = media.kind === 'continuous'
  const lines = bitmap.heightDots
  const feedMarginDots = isTape ? 35 : 0
  const mode = cutAtEnd | (media.hasRed ? twoColours : 0)
  const head = [
    ...[0x1b, 0x69, 0x7a, validFields, isTape ? 0x0a : 0x0b, media.widthMm, isTape ? 0 : media.lengthMm],
    ...[lines & 0xff, (lines >> 8) & 0xff, (lines >> 16) & 0xff, (lines >> 24) & 0xff, 0x00, 0x00],
    ...(model.cuts ? [0x1b, 0x69, 0x4d, 0x40, 0x1b, 0x69, 0x41, 0x01, 0x1b, 0x69, 0x4b, mode] : []),
    ...[0x1b, 0x69, 0x64, feedMarginDots, 0x00],
    ...(model.packsBits ? [0x4d, 0x02] : []),
  ]
  const blank = new Uint8Array(model.head.bytes)
  const rows = headRows(bitmap, media, model).flatMap((row) =>
    media.hasRed
      ? [rasterRow([0x77, 0x01], row, model), rasterRow([0x77, 0x02], blank, model)]
      : [rasterRow([0x67, 0x00], row, model)],
  )
  return Buffer.concat([Uint8Array.from(head), ...rows, Uint8Array.of(0x1a)])
}

function rasterRow(command: [number, number], row: Uint8Array, model: QlModel): Uint8Array {
  const data = model.packsBits ? packBits(row) : row
  return Buffer.concat([Uint8Array.of(...command, data.length), data])
}

function leftPadDots({ head }: QlModel, media: LabelMedia): number {
  return head.bytes * 8 - media.widthDots - media.offsetDots - head.spareDots
}

/** Rows as the head wants them: the label right of `offsetDots`, everything mirrored left to right. */
function headRows(bitmap: Bitmap, media: LabelMedia, model: QlModel): Uint8Array[] {
  const leftPad = leftPadDots(model, media)
  const headDots = model.head.bytes * 8
  const wide = blankBitmap(headDots, bitmap.heightDots)
  for (let y = 0; y < bitmap.heightDots; y += 1) {
    for (let x = 0; x < bitmap.widthDots; x += 1) {
      if (isBlack(bitmap, x, y)) blacken(wide, headDots - 1 - (leftPad + x), y)
    }
  }
  return wide.rows
}
