import { Resvg } from '@resvg/resvg-js'
import { bundledFonts, type Face, fitRows, fitText, textElement } from './label-text.ts'
import { type LabelMedia, mmToDots } from './media.ts'
import { type QrCode, qrCode, qrPath } from './qr-code.ts'
import { type LabelTemplate, labelTemplates, type TemplateLine } from './template.ts'

/** What stands on a label; all of it from the confirmed record. */
export interface LabelFacts {
  tag: string
  name: string
  specLine: string
  /** Absolute; where the code leads. */
  url: string
  sample: boolean
}

interface Area {
  widthDots: number
  heightDots: number
}

/** Quiet zone on every side of a QR code: ISO/IEC 18004, 6.3.8. */
const quietModules = 4
/** 0.25 mm at 300 dpi: below that a phone camera struggles. */
const smallestModuleDots = 3

/**
 * The label as a person reads it, one user unit per printer dot. Text comes out as outlines, so that the picture on a
 * screen and the raster in a printer are the same drawing whatever fonts are installed.
 */
export function labelSvg(facts: LabelFacts, media: LabelMedia): string {
  const template = labelTemplates[media.template]
  const area = readingArea(media, template)
  const code = placeCode(facts, media, template)
  const marginDots = mmToDots(template.marginMm, media.dotsPerInch)
  const textLeft =
    code.left +
    code.sizeDots +
    Math.max(mmToDots(template.gapMm, media.dotsPerInch), quietModules * code.moduleDots)
  const column = { left: textLeft, widthDots: area.widthDots - marginDots - textLeft }
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${area.widthDots}" height="${area.heightDots}" viewBox="0 0 ${area.widthDots} ${area.heightDots}">`,
    `<rect width="${area.widthDots}" height="${area.heightDots}" fill="white"/>`,
    `<path d="${qrPath(code.qr, code.left, code.top, code.moduleDots)}" fill="black" shape-rendering="crispEdges"/>`,
    textColumn(facts, { media, template, area, column }),
    '</svg>',
  ].join('')
  return new Resvg(svg, bundledFonts).toString()
}

/** The printable area turned as a person reads it. */
export function readingArea(media: LabelMedia, template: LabelTemplate): Area {
  const alongDots =
    media.lengthDots === 0 ? mmToDots(template.tapeLengthMm, media.dotsPerInch) : media.lengthDots
  return template.rotationDegrees === 0
    ? { widthDots: media.widthDots, heightDots: alongDots }
    : { widthDots: alongDots, heightDots: media.widthDots }
}

interface PlacedCode {
  qr: QrCode
  moduleDots: number
  sizeDots: number
  left: number
  top: number
}

function placeCode(facts: LabelFacts, media: LabelMedia, template: LabelTemplate): PlacedCode {
  const area = readingArea(media, template)
  const white =
    template.rotationDegrees === 0
      ? { left: media.whiteDots.across, top: media.whiteDots.along }
      : { left: media.whiteDots.along, top: media.whiteDots.across }
  const largestDots = Math.min(area.heightDots, mmToDots(template.qrMm, media.dotsPerInch))
  const moduleDotsOf = (qr: QrCode) =>
    Math.floor(
      Math.min(
        largestDots / qr.sizeModules,
        (area.heightDots + 2 * white.top) / (qr.sizeModules + 2 * quietModules),
      ),
    )
  const levels = ['M', 'L'] as const
  const candidates = levels.map((level) => qrCode(facts.url, level))
  const qr =
    candidates.find((candidate) => moduleDotsOf(candidate) >= smallestModuleDots) ?? qrCode(facts.tag, 'M')
  const moduleDots = Math.max(1, moduleDotsOf(qr))
  const sizeDots = moduleDots * qr.sizeModules
  return {
    qr,
    moduleDots,
    sizeDots,
    left: Math.max(mmToDots(template.marginMm, media.dotsPerInch), quietModules * moduleDots - white.left),
    top: Math.floor((area.heightDots - sizeDots) / 2),
  }
}

interface DrawnLine {
  heightDots: number
  draw(top: number): string
}

function textColumn(
  facts: LabelFacts,
  layout: {
    media: LabelMedia
    template: LabelTemplate
    area: Area
    column: { left: number; widthDots: number }
  },
): string {
  const { media, template, area, column } = layout
  const lines = [
    ...(facts.sample ? [sampleLine(media, template, column)] : []),
    ...template.lines.flatMap((line) => textLine(facts, line, media, column)),
  ]
  const free = area.heightDots - lines.reduce((sum, line) => sum + line.heightDots, 0)
  const gapDots = Math.max(
    0,
    Math.min(Math.floor(free / (lines.length + 1)), mmToDots(1.2, media.dotsPerInch)),
  )
  let top = Math.max(0, Math.floor((free - gapDots * (lines.length - 1)) / 2))
  return lines
    .map((line) => {
      const drawn = line.draw(top)
      top += line.heightDots + gapDots
      return drawn
    })
    .join('')
}

const capitalHeight = 0.7
const descent = 0.22

function textLine(
  facts: LabelFacts,
  line: TemplateLine,
  media: LabelMedia,
  column: { left: number; widthDots: number },
): DrawnLine[] {
  const text = { tag: facts.tag, name: facts.name, spec: facts.specLine }[line.show]
  if (text.trim() === '') return []
  const face: Face = line.show === 'tag' ? 'mono' : 'sans'
  return fitRows(text, face, {
    sizeDots: mmToDots(line.sizeMm, media.dotsPerInch),
    smallestDots: mmToDots(line.smallestMm, media.dotsPerInch),
    widthDots: column.widthDots,
    rows: line.rows,
  }).map((fitted) => {
    const ascentDots = Math.ceil(fitted.sizeDots * (line.show === 'tag' ? capitalHeight : 0.8))
    const descentDots = line.show === 'tag' ? 0 : Math.ceil(fitted.sizeDots * descent)
    return {
      heightDots: ascentDots + descentDots,
      draw: (top) => textElement(fitted, face, { x: column.left, y: top + ascentDots }),
    }
  })
}

/** White on black across the column: nobody takes it for a real label. */
function sampleLine(
  media: LabelMedia,
  template: LabelTemplate,
  column: { left: number; widthDots: number },
): DrawnLine {
  const sizeDots = mmToDots(template.lines[1]?.smallestMm ?? 2.2, media.dotsPerInch)
  const fitted = fitText('SAMPLE', 'mono', { sizeDots, smallestDots: 8, widthDots: column.widthDots })
  const heightDots = Math.ceil(fitted.sizeDots * 1.1)
  const baseline = Math.ceil(fitted.sizeDots * 0.9)
  return {
    heightDots,
    draw: (top) =>
      `<rect x="${column.left}" y="${top}" width="${column.widthDots}" height="${heightDots}" fill="black" shape-rendering="crispEdges"/>` +
      textElement(fitted, 'mono', { x: column.left + 6, y: top + baseline, fill: 'white' }),
  }
}
