import type { LabelSheet } from './label-sheet.ts'

const a4 = { width: 210, height: 297 }
const letter = { width: 215.9, height: 279.4 }

/**
 * Sizes and pitches: gLabels' templates (jimevins/glabels-qt at 21c6b82, `templates/avery-iso-templates.xml`,
 * `zweckform-iso-templates.xml`, `avery-us-templates.xml`) for the first product named; the pitch of 5160 from
 * gist.github.com/armadsen/5084458, because with it three labels, two gaps and two margins make exactly the page.
 */
const sheets: LabelSheet[] = [
  {
    id: 'a4-63.5x38.1',
    words: '63.5 × 38.1 mm, 21 on A4',
    products: ['L7160', 'J8160'],
    pageMm: a4,
    ...{ columns: 3, rows: 7 },
    labelMm: { width: 63.5, height: 38.1 },
    pitchMm: { across: 66, down: 38.1 },
    ...{ insetMm: 2, template: 'wide' },
  },
  {
    id: 'a4-70x37',
    words: '70 × 37 mm, 24 on A4',
    products: ['3474'],
    pageMm: a4,
    ...{ columns: 3, rows: 8 },
    labelMm: { width: 70, height: 37 },
    pitchMm: { across: 70, down: 37 },
    ...{ insetMm: 5, template: 'wide' },
  },
  {
    id: 'a4-64x24.3',
    words: '64 × 24.3 mm, 33 on A4',
    products: ['J8157', 'L7157'],
    pageMm: a4,
    ...{ columns: 3, rows: 11 },
    labelMm: { width: 64, height: 24.3 },
    pitchMm: { across: 66.5, down: 24.3 },
    ...{ insetMm: 2, template: 'wide' },
  },
  {
    id: 'a4-45.7x25.4',
    words: '45.7 × 25.4 mm, 40 on A4',
    products: ['L4770', 'L7654', 'L6145'],
    pageMm: a4,
    ...{ columns: 4, rows: 10 },
    labelMm: { width: 45.7, height: 25.4 },
    pitchMm: { across: 48.5, down: 25.4 },
    ...{ insetMm: 2, template: 'small' },
  },
  {
    id: 'letter-66.7x25.4',
    words: '2⅝ × 1 in (66.7 × 25.4 mm), 30 on US Letter',
    products: ['5160', '8160', '5260'],
    pageMm: letter,
    ...{ columns: 3, rows: 10 },
    labelMm: { width: 66.675, height: 25.4 },
    pitchMm: { across: 69.85, down: 25.4 },
    ...{ insetMm: 2, template: 'wide' },
  },
  {
    id: 'letter-101.6x50.8',
    words: '4 × 2 in (101.6 × 50.8 mm), 10 on US Letter',
    products: ['5163', '8163', '5263'],
    pageMm: letter,
    ...{ columns: 2, rows: 5 },
    labelMm: { width: 101.6, height: 50.8 },
    pitchMm: { across: 106.3625, down: 50.8 },
    ...{ insetMm: 3, template: 'large' },
  },
]

export const knownSheets: readonly LabelSheet[] = sheets
