import { type Bitmap, blankBitmap } from './bitmap.ts'
import { fillOutline } from './fill-outline.ts'
import type { LabelMedia } from './label-media.ts'
import { edgesOf, type Point } from './outline.ts'
import { labelTemplates } from './template.ts'

const sizePattern = /^<svg width="(\d+)" height="(\d+)"/
const elementPattern =
  /<(?:path fill="#(000000|ffffff)" stroke="none"(?: shape-rendering="crispEdges")? d="([^"]*)"\/|[^>]*)>/g
const framePattern = /^<(?:svg [^>]*|defs\/|g|\/g|\/svg)>$/

/**
 * The drawing in printer dots, turned as the medium runs through the printer. A label is black outlines, and at times
 * white ones over them: filled dot by dot they need none of the colours, and none of the memory, of a picture. Throws at
 * anything else in the drawing.
 */
export function rasterise(svg: string, media: LabelMedia): Bitmap {
  const [width = 0, height = 0] = sizePattern.exec(svg)?.slice(1).map(Number) ?? []
  const isTurned = labelTemplates[media.template].rotationDegrees === 90 && media.kind !== 'page'
  const place = ([x, y]: Point): Point => (isTurned ? [height - y, x] : [x, y])
  const bitmap = isTurned ? blankBitmap(height, width) : blankBitmap(width, height)
  let isBlank = true
  for (const [element, fill, outline] of svg.matchAll(elementPattern)) {
    if (outline === undefined) {
      if (framePattern.test(element)) continue
      throw new Error(`A label has a part that is not drawn: ${element.slice(0, 100)}`)
    }
    const colour = fill === '000000' ? 'black' : 'white'
    if (isBlank && colour === 'white') continue
    isBlank = false
    fillOutline(bitmap, edgesOf(outline, place), colour)
  }
  return bitmap
}
