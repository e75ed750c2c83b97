import { type LabelMedia, mmToDots } from '../label-media.ts'

const dotsPerInch = 203
const feedMarginDots = 24

const papers: [widthMm: number, headDots: number][] = [
  [58, 384],
  [80, 576],
]

/** Paper of receipt printers; what their heads cover: Epson's ESC/POS reference, GS v 0, and the makers of clones. */
export const receiptPapers: readonly LabelMedia[] = papers.map(([widthMm, widthDots]) => ({
  id: `receipt-${widthMm}`,
  words: `${widthMm} mm receipt paper`,
  stock: 'receipt',
  kind: 'continuous',
  ...{ widthMm, widthDots, dotsPerInch, lengthMm: 0, lengthDots: 0, offsetDots: 0, template: 'wide' },
  whiteDots: { across: (mmToDots(widthMm, dotsPerInch) - widthDots) >> 1, along: feedMarginDots },
  hasRed: false,
}))
