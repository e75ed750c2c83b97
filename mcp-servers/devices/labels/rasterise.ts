import { Resvg } from '@resvg/resvg-js'
import { type Bitmap, thresholdRgba, turnClockwise } from './bitmap.ts'
import type { LabelMedia } from './label-media.ts'
import { labelTemplates } from './template.ts'

/** The drawing in printer dots, turned as the medium runs through the printer. */
export function rasterise(svg: string, media: LabelMedia): Bitmap {
  const image = new Resvg(svg, { font: { loadSystemFonts: false }, background: 'white' }).render()
  const upright = thresholdRgba(image.pixels, image.width, image.height)
  return labelTemplates[media.template].rotationDegrees === 90 && media.kind !== 'page'
    ? turnClockwise(upright)
    : upright
}
