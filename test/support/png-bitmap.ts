import sharp from 'sharp'
import { type Bitmap, blacken, blankBitmap } from '../../mcp-servers/devices/labels/bitmap.ts'

/** A PNG as dots, read by another program than the one that wrote it. */
export async function pngBitmap(png: Uint8Array | string): Promise<Bitmap> {
  const { data, info } = await sharp(png)
    .toColourspace('b-w')
    .extractChannel(0)
    .raw()
    .toBuffer({ resolveWithObject: true })
  const bitmap = blankBitmap(info.width, info.height)
  data.forEach((grey, at) => {
    if (grey < 128) blacken(bitmap, at % info.width, Math.floor(at / info.width))
  })
  return bitmap
}

/** One character per dot, so that a difference can be seen. */
export function dots(bitmap: Bitmap): string {
  return bitmap.rows
    .map((row) =>
      Array.from({ length: bitmap.widthDots }, (_, x) => ((row[x >> 3] ?? 0) >> (7 - (x & 7))) & 1).join(''),
    )
    .join('\n')
}

/** How many dots of two pictures are not the same; every dot when their sizes are not. */
export function differentDots(one: Bitmap, other: Bitmap): number {
  if (one.widthDots !== other.widthDots || one.heightDots !== other.heightDots)
    return one.widthDots * one.heightDots
  const [left, right] = [dots(one), dots(other)]
  return Array.from(left).filter((dot, at) => dot !== right[at]).length
}
