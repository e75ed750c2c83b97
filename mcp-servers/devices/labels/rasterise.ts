import { Resvg } from '@resvg/resvg-js'
import { type Bitmap, thresholdRgba } from './bitmap.ts'
import type { LabelMedia } from './label-media.ts'
import { labelTemplates } from './template.ts'

/** The drawing in printer dots, turned as the medium runs through the printer. Its white ground is part of the drawing. */
export function rasterise(svg: string, media: LabelMedia): Bitmap {
  const { pixels, width, height } = new Resvg(svg, { font: { loadSystemFonts: false } }).render()
  const isTurned = labelTemplates[media.template].rotationDegrees === 90 && media.kind !== 'page'
  return thresholdRgba(pixels, width, height, isTurned ? 'clockwise' : 'upright')
}
