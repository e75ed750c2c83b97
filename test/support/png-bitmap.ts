import sharp from 'sharp'
import { type Bitmap, thresholdRgba } from '../../mcp-servers/devices/labels/bitmap.ts'

/** A PNG as dots, read by another program than the one that wrote it. */
export async function pngBitmap(png: Uint8Array | string): Promise<Bitmap> {
  const { data, info } = await sharp(png)
    .ensureAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  return thresholdRgba(data, info.width, info.height)
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
