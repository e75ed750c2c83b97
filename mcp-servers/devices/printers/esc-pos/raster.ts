import type { Bitmap } from '../../labels/bitmap.ts'
import type { EscPosModel } from './models.ts'

/** Printers with a small buffer take no more rows than that in one piece. */
const bandRows = 255

/** One label: Epson, "ESC/POS Command Reference": ESC @, GS v 0 in bands, ESC d, GS V. GS r stands behind it all. */
export function escPosLabel(bitmap: Bitmap, model: EscPosModel): Uint8Array {
  const rowBytes = Math.ceil(bitmap.widthDots / 8)
  const bands: Uint8Array[] = []
  for (let from = 0; from < bitmap.heightDots; from += bandRows) {
    const rows = bitmap.rows.slice(from, from + bandRows)
    bands.push(
      Uint8Array.of(
        0x1d,
        0x76,
        0x30,
        0,
        rowBytes & 0xff,
        rowBytes >> 8,
        rows.length & 0xff,
        rows.length >> 8,
      ),
      ...rows,
    )
  }
  const feedLines = model.cuts ? 1 : 4
  const cut = model.cuts ? [0x1d, 0x56, 0x42, 0x00] : []
  return Buffer.concat([
    Uint8Array.of(0x1b, 0x40),
    ...bands,
    Uint8Array.of(0x1b, 0x64, feedLines, ...cut),
    completionQuestion,
  ])
}

/** GS r 1: answered when everything before it has been worked off. */
const completionQuestion = Uint8Array.of(0x1d, 0x72, 0x01)
