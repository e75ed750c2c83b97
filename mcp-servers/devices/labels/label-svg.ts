import { Resvg } from '@resvg/resvg-js'
import { arrange, readingArea } from './arrangement.ts'
import type { LabelMedia } from './label-media.ts'
import { bundledFonts } from './label-text.ts'
import { qrPath } from './qr-code.ts'
import { labelTemplates } from './template.ts'
import { drawColumn } from './text-column.ts'

/** What stands on a label; all of it from the confirmed record. */
export interface LabelFacts {
  tag: string
  name: string
  specLine: string
  /** Absolute; where the code leads. */
  url: string
  sample: boolean
}

/**
 * The label as a person reads it, one user unit per printer dot. Text comes out as outlines, so that the picture on a
 * screen and the raster in a printer are the same drawing whatever fonts are installed.
 */
export function labelSvg(facts: LabelFacts, media: LabelMedia): string {
  const template = labelTemplates[media.template]
  const { widthDots, heightDots } = readingArea(media, template)
  const { code, columns } = arrange(facts, media, template)
  const codePath = code && qrPath(code.qr, code.left, code.top, code.moduleDots)
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${widthDots}" height="${heightDots}" viewBox="0 0 ${widthDots} ${heightDots}">`,
    `<rect width="${widthDots}" height="${heightDots}" fill="white"/>`,
    codePath ? `<path d="${codePath}" fill="black" shape-rendering="crispEdges"/>` : '',
    ...columns.map((column) => drawColumn(facts, column, media)),
    '</svg>',
  ].join('')
  return new Resvg(svg, bundledFonts).toString()
}
