import { type LabelMedia, mmToDots } from './label-media.ts'
import type { LabelFacts } from './label-svg.ts'
import { type Face, fitRows, fitText, textElement } from './label-text.ts'
import type { TemplateLine } from './template.ts'

/** Lines of text in a box of a label, centred from top to bottom. */
export interface TextColumn {
  left: number
  top: number
  widthDots: number
  heightDots: number
  align: 'left' | 'middle'
  lines: (TemplateLine | { show: 'sample'; sizeMm: number })[]
}

interface DrawnLine {
  heightDots: number
  draw(top: number): string
}

export function drawColumn(facts: LabelFacts, column: TextColumn, media: LabelMedia): string {
  const lines = column.lines.flatMap((line) =>
    line.show === 'sample' ? [sampleLine(line.sizeMm, media, column)] : textLine(facts, line, media, column),
  )
  const free = column.heightDots - lines.reduce((sum, line) => sum + line.heightDots, 0)
  const gapDots = Math.max(
    0,
    Math.min(Math.floor(free / (lines.length + 1)), mmToDots(1.2, media.dotsPerInch)),
  )
  let top = column.top + Math.max(0, Math.floor((free - gapDots * (lines.length - 1)) / 2))
  return lines
    .map((line) => {
      const drawn = line.draw(top)
      top += line.heightDots + gapDots
      return drawn
    })
    .join('')
}

export const capitalHeight = 0.7
const descent = 0.22

function textLine(facts: LabelFacts, line: TemplateLine, media: LabelMedia, column: TextColumn): DrawnLine[] {
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
      draw: (top) => textElement(fitted, face, { ...anchor(column), y: top + ascentDots }),
    }
  })
}

function anchor(column: TextColumn): { x: number; anchor: 'start' | 'middle' } {
  return column.align === 'left'
    ? { x: column.left, anchor: 'start' }
    : { x: column.left + column.widthDots / 2, anchor: 'middle' }
}

/** White on black across the column: nobody takes it for a real label. */
function sampleLine(sizeMm: number, media: LabelMedia, column: TextColumn): DrawnLine {
  const sizeDots = mmToDots(sizeMm, media.dotsPerInch)
  const fitted = fitText('SAMPLE', 'mono', { sizeDots, smallestDots: 8, widthDots: column.widthDots })
  const heightDots = Math.ceil(fitted.sizeDots * 1.1)
  const baseline = Math.ceil(fitted.sizeDots * 0.9)
  const place = anchor(column)
  const x = place.anchor === 'start' ? place.x + 6 : place.x
  return {
    heightDots,
    draw: (top) =>
      `<rect x="${column.left}" y="${top}" width="${column.widthDots}" height="${heightDots}" fill="black" shape-rendering="crispEdges"/>` +
      textElement(fitted, 'mono', { ...place, x, y: top + baseline, fill: 'white' }),
  }
}
