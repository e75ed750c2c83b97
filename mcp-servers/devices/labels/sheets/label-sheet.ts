import type { LabelMedia } from '../label-media.ts'
import { mmToDots } from '../label-media.ts'

/**
 * A page of blank labels. The margins are what is left over, the same on both sides; lengths in millimetres of the page
 * upright.
 */
export interface LabelSheet {
  id: string
  /** "63.5 × 38.1 mm, 21 on A4". */
  words: string
  /** Product numbers under which such a sheet is sold. */
  products: string[]
  pageMm: { width: number; height: number }
  columns: number
  rows: number
  labelMm: { width: number; height: number }
  /** From one label's left edge to the next one's, and from one's top to the next one's. */
  pitchMm: { across: number; down: number }
  /** White inside each label: paper shifts in the printer, and no printer reaches the edge of a page. */
  insetMm: number
  template: LabelMedia['template']
}

/** Where one label lies, from the upper left corner of its page. */
export interface LabelPlace {
  page: number
  leftMm: number
  topMm: number
}

export function labelsOnPage(sheet: LabelSheet): number {
  return sheet.columns * sheet.rows
}

export function sheetMarginsMm(sheet: LabelSheet): { left: number; top: number } {
  const { pageMm, columns, rows, labelMm, pitchMm } = sheet
  return {
    left: (pageMm.width - (columns - 1) * pitchMm.across - labelMm.width) / 2,
    top: (pageMm.height - (rows - 1) * pitchMm.down - labelMm.height) / 2,
  }
}

/** Row by row, after the `skip` labels of the first page that were used before. */
export function labelPlaces(sheet: LabelSheet, count: number, skip: number): LabelPlace[] {
  const margins = sheetMarginsMm(sheet)
  const onPage = labelsOnPage(sheet)
  return Array.from({ length: count }, (_, index) => {
    const place = skip + index
    const cell = place % onPage
    return {
      page: Math.floor(place / onPage),
      leftMm: margins.left + (cell % sheet.columns) * sheet.pitchMm.across,
      topMm: margins.top + Math.floor(cell / sheet.columns) * sheet.pitchMm.down,
    }
  })
}

const dotsPerInch = 300

/** What a label of the sheet is laid out for: its inner part, with the white around it. */
export function sheetMedia(sheet: LabelSheet): LabelMedia {
  const { labelMm, insetMm, template } = sheet
  const white = mmToDots(insetMm, dotsPerInch)
  return {
    id: sheet.id,
    words: sheet.words,
    stock: 'page',
    kind: 'page',
    widthMm: labelMm.width,
    lengthMm: labelMm.height,
    widthDots: mmToDots(labelMm.width - 2 * insetMm, dotsPerInch),
    lengthDots: mmToDots(labelMm.height - 2 * insetMm, dotsPerInch),
    offsetDots: 0,
    whiteDots: { across: white, along: white },
    hasRed: false,
    dotsPerInch,
    template,
  }
}
