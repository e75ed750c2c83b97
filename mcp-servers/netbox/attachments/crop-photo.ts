import type { Box } from '../intake/item.ts'

const longestSidePixels = 1600

/** A piece of a photo as JPEG, clipped to the photo, its longest side at most 1,600 pixels; null: nothing is left. */
export async function cropPhoto(jpeg: Uint8Array, box: Box): Promise<Uint8Array | null> {
  const { default: sharp } = await import('sharp')
  const { width, height } = await sharp(jpeg).metadata()
  const left = clamp(Math.floor(box.left), width)
  const top = clamp(Math.floor(box.top), height)
  const right = clamp(Math.ceil(box.left + box.width), width)
  const bottom = clamp(Math.ceil(box.top + box.height), height)
  if (right <= left || bottom <= top) return null
  return sharp(jpeg)
    .extract({ left, top, width: right - left, height: bottom - top })
    .resize({ width: longestSidePixels, height: longestSidePixels, fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: 85 })
    .toBuffer()
}

function clamp(value: number, limit: number): number {
  return Number.isFinite(value) ? Math.min(Math.max(value, 0), limit) : 0
}
