import { quietModules, type SizedCode, sizeCode } from './code-place.ts'
import { type LabelMedia, mmToDots } from './label-media.ts'
import type { LabelFacts } from './label-svg.ts'
import { measureDots } from './label-text.ts'
import type { LabelTemplate } from './template.ts'
import { capitalHeight, type TextColumn } from './text-column.ts'

export interface Area {
  widthDots: number
  heightDots: number
}

export interface Arranged {
  /** null where there is only room for words. */
  code: (SizedCode & { left: number; top: number }) | null
  columns: TextColumn[]
}

interface Ground {
  facts: LabelFacts
  media: LabelMedia
  template: LabelTemplate
  /** As a person reads it. */
  area: Area
  white: { left: number; top: number }
}

/** The printable area turned as a person reads it. */
export function readingArea(media: LabelMedia, template: LabelTemplate): Area {
  const alongDots =
    media.lengthDots === 0 ? mmToDots(template.tapeLengthMm, media.dotsPerInch) : media.lengthDots
  return template.rotationDegrees === 0
    ? { widthDots: media.widthDots, heightDots: alongDots }
    : { widthDots: alongDots, heightDots: media.widthDots }
}

export function arrange(facts: LabelFacts, media: LabelMedia, template: LabelTemplate): Arranged {
  const white =
    template.rotationDegrees === 0
      ? { left: media.whiteDots.across, top: media.whiteDots.along }
      : { left: media.whiteDots.along, top: media.whiteDots.across }
  const ground = { facts, media, template, area: readingArea(media, template), white }
  switch (template.arrangement) {
    case 'beside':
      return beside(ground)
    case 'tag-across':
      return tagAcross(ground)
    case 'below':
      return below(ground)
    case 'round':
      return inCircle(ground)
  }
}

/** SAMPLE first, where it is one. */
function linesOf({ facts, template }: Ground, lines = template.lines): TextColumn['lines'] {
  const sizeMm = template.lines[1]?.smallestMm ?? 2.2
  return facts.sample ? [{ show: 'sample', sizeMm }, ...lines] : lines
}

function beside(ground: Ground): Arranged {
  const { facts, media, template, area, white } = ground
  const { dotsPerInch } = media
  const marginDots = mmToDots(template.marginMm, dotsPerInch)
  const code = sizeCode(facts, {
    largestDots: Math.min(area.heightDots, mmToDots(template.qrMm, dotsPerInch)),
    quietRoomDots: area.heightDots + 2 * white.top,
    dotsPerInch,
  })
  const codeLeft = Math.max(marginDots, code.quietDots - white.left)
  const left = codeLeft + code.sizeDots + Math.max(mmToDots(template.gapMm, dotsPerInch), code.quietDots)
  return {
    code: { ...code, left: codeLeft, top: Math.floor((area.heightDots - code.sizeDots) / 2) },
    columns: [
      {
        ...{ left, top: 0, widthDots: area.widthDots - marginDots - left, heightDots: area.heightDots },
        ...{ align: 'left', lines: linesOf(ground) },
      },
    ],
  }
}

function tagAcross(ground: Ground): Arranged {
  const { facts, media, template, area, white } = ground
  const { dotsPerInch } = media
  const marginDots = mmToDots(template.marginMm, dotsPerInch)
  const widthDots = area.widthDots - 2 * marginDots
  const [tag, ...rest] = template.lines
  const headDots = tag ? Math.ceil(tagSizeDots(ground, widthDots) * capitalHeight) : 0
  const bodyTop = marginDots + headDots
  const bodyDots = area.heightDots - bodyTop
  const code = sizeCode(facts, {
    largestDots: Math.min(bodyDots - marginDots, mmToDots(template.qrMm, dotsPerInch)),
    quietRoomDots: bodyDots + white.top,
    dotsPerInch,
  })
  const quietTop = bodyTop + code.quietDots
  const lowest = area.heightDots - Math.max(marginDots, code.quietDots - white.top) - code.sizeDots
  const top = Math.max(quietTop, Math.floor((quietTop + lowest) / 2))
  const codeLeft = Math.max(marginDots, code.quietDots - white.left)
  const left = codeLeft + code.sizeDots + Math.max(mmToDots(template.gapMm, dotsPerInch), code.quietDots)
  return {
    code: { ...code, left: codeLeft, top },
    columns: [
      {
        ...{ left: marginDots, top: marginDots, widthDots, heightDots: headDots, align: 'left' },
        lines: tag ? [tag] : [],
      },
      {
        ...{ left, top, widthDots: area.widthDots - marginDots - left, heightDots: code.sizeDots },
        ...{ align: 'left', lines: linesOf(ground, rest) },
      },
    ],
  }
}

function tagSizeDots({ facts, template, media }: Ground, widthDots: number): number {
  const fullDots = mmToDots(template.lines[0]?.sizeMm ?? 0, media.dotsPerInch)
  const atFull = measureDots(facts.tag, 'mono', fullDots)
  return atFull <= widthDots ? fullDots : Math.floor((fullDots * widthDots) / atFull)
}

/** The code takes what the lines leave. */
function below(ground: Ground): Arranged {
  const { facts, media, template, area, white } = ground
  const { dotsPerInch } = media
  const marginDots = mmToDots(template.marginMm, dotsPerInch)
  const widthDots = area.widthDots - 2 * marginDots
  const lines = linesOf(ground)
  const textDots = lines.reduce((sum, line) => {
    if (line.show === 'tag') return sum + tagSizeDots(ground, widthDots)
    const rows = line.show === 'sample' ? 1.2 : line.rows * 1.1
    const sizeMm = line.show === 'sample' ? line.sizeMm : line.smallestMm
    return sum + mmToDots(rows * sizeMm, dotsPerInch)
  }, 0)
  const code = sizeCode(facts, {
    largestDots: Math.min(widthDots, area.heightDots - textDots, mmToDots(template.qrMm, dotsPerInch)),
    quietRoomDots: Math.min(
      area.widthDots + 2 * white.left,
      area.heightDots - textDots + white.top + quietModules,
    ),
    dotsPerInch,
  })
  const codeTop = Math.max(marginDots, code.quietDots - white.top)
  const top = codeTop + code.sizeDots + code.quietDots
  return {
    code: { ...code, left: Math.floor((area.widthDots - code.sizeDots) / 2), top: codeTop },
    columns: [
      {
        ...{ left: marginDots, top, widthDots, heightDots: area.heightDots - marginDots - top },
        ...{ align: 'middle', lines },
      },
    ],
  }
}

/** Of the diameter: how large a code may be that still leaves a tag below it, or fills the circle alone. */
const codeShare = { withTag: 0.5, alone: 0.7 }
/** A circle smaller than this holds a code or words, not both. */
const smallestForTagMm = 15

function inCircle(ground: Ground): Arranged {
  const { facts, media, template, area, white } = ground
  const { dotsPerInch } = media
  const diameter = area.widthDots
  const hasRoom = diameter >= mmToDots(smallestForTagMm, dotsPerInch)
  if (!hasRoom && facts.sample) {
    const heightDots = Math.floor(diameter / 3)
    const box = { left: 0, top: Math.floor((diameter - heightDots) / 2), widthDots: diameter, heightDots }
    return { code: null, columns: [{ ...box, align: 'middle', lines: linesOf(ground, []) }] }
  }
  const largestDots = Math.floor(diameter * (hasRoom ? codeShare.withTag : codeShare.alone))
  const quietRoomDots = hasRoom ? diameter : diameter + 2 * white.left
  const code = sizeCode(facts, { largestDots, quietRoomDots, dotsPerInch })
  const left = Math.floor((diameter - code.sizeDots) / 2)
  if (!hasRoom) return { code: { ...code, left, top: left }, columns: [] }
  const codeTop = Math.floor(diameter * 0.13)
  const top = codeTop + code.sizeDots + code.quietDots
  const heightDots = Math.floor(diameter * 0.86) - top
  const fromCentre = top + heightDots - diameter / 2
  const widthDots = Math.floor(2 * Math.sqrt((diameter / 2) ** 2 - fromCentre ** 2))
  return {
    code: { ...code, left, top: codeTop },
    columns: [
      {
        ...{ left: Math.floor((diameter - widthDots) / 2), top, widthDots, heightDots },
        ...{ align: 'middle', lines: linesOf(ground, template.lines) },
      },
    ],
  }
}
