import { type Bitmap, blacken, blankBitmap, isBlack } from '../../mcp-servers/devices/labels/bitmap.ts'

/** The part of a picture that begins `margin` from its left and upper edge. */
export function cut(whole: Bitmap, part: { margin: number; widthDots: number; heightDots: number }): Bitmap {
  const bitmap = blankBitmap(part.widthDots, part.heightDots)
  for (let y = 0; y < part.heightDots; y += 1) {
    for (let x = 0; x < part.widthDots; x += 1) {
      if (isBlack(whole, x + part.margin, y + part.margin)) blacken(bitmap, x, y)
    }
  }
  return bitmap
}
