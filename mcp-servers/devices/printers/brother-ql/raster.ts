import { type Bitmap, blacken, blankBitmap, isBlack } from '../../labels/bitmap.ts'
import type { LabelMedia } from '../../labels/media.ts'
import { packBits } from '../pack-bits.ts'
import { headBytes, headDots, type QlModel } from './models.ts'

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

export function qlPage(bitmap: Bitmap, media: LabelMedia, model: QlModel): Uint8Array {
  const isTape = media.kind === 'continuous'
  const lines = bitmap.heightDots
  const feedMarginDots = isTape ? 35 : 0
  const head = [
    ...[0x1b, 0x69, 0x7a, validFields, isTape ? 0x0a : 0x0b, media.widthMm, isTape ? 0 : media.lengthMm],
    ...[lines & 0xff, (lines >> 8) & 0xff, (lines >> 16) & 0xff, (lines >> 24) & 0xff, 0x00, 0x00],
    ...[0x1b, 0x69, 0x4d, 0x40],
    ...[0x1b, 0x69, 0x41, 0x01],
    ...[0x1b, 0x69, 0x4b, 0x08],
    ...[0x1b, 0x69, 0x64, feedMarginDots, 0x00],
    ...(model.packsBits ? [0x4d, 0x02] : []),
  ]
  const rows = headRows(bitmap, media).map((row) => rasterRow(row, model))
  return Buffer.concat([Uint8Array.from(head), ...rows, Uint8Array.of(0x1a)])
}

function rasterRow(row: Uint8Array, model: QlModel): Uint8Array {
  const data = model.packsBits ? packBits(row) : row
  return Buffer.concat([Uint8Array.of(0x67, 0x00, data.length), data])
}

/** Rows as the head wants them: the label right of `offsetDots`, everything mirrored left to right. */
function headRows(bitmap: Bitmap, media: LabelMedia): Uint8Array[] {
  const leftPad = headDots - bitmap.widthDots - media.offsetDots
  const wide = blankBitmap(headDots, bitmap.heightDots)
  for (let y = 0; y < bitmap.heightDots; y += 1) {
    for (let x = 0; x < bitmap.widthDots; x += 1) {
      if (isBlack(bitmap, x, y)) blacken(wide, headDots - 1 - (leftPad + x), y)
    }
  }
  return wide.rows
}

/** The label out of rows that a head got: the inverse of what `qlPage` does, for the decoder. */
export function labelFromHeadRows(rows: Uint8Array[], media: LabelMedia): Bitmap {
  const head: Bitmap = { widthDots: headBytes * 8, heightDots: rows.length, rows }
  const leftPad = headDots - media.widthDots - media.offsetDots
  const bitmap = blankBitmap(media.widthDots, rows.length)
  for (let y = 0; y < rows.length; y += 1) {
    for (let x = 0; x < media.widthDots; x += 1) {
      if (isBlack(head, headDots - 1 - (leftPad + x), y)) blacken(bitmap, x, y)
    }
  }
  return bitmap
}
