import { type LabelMedia, mmToDots } from '../label-media.ts'

const dotsPerInch = 203

/** What the head of the printer covers of the label: 384 dots (B1, B21) or 96 (D11, D110). */
const sizes: [widthMm: number, lengthMm: number, headDots: number, template: LabelMedia['template']][] = [
  [50, 30, 384, 'stacked'],
  [40, 30, 384, 'stacked'],
  [50, 80, 384, 'tall'],
  [12, 40, 96, 'narrow'],
  [15, 30, 96, 'narrow'],
]

/** NIIMBOT's own rolls, which its printers know by a chip. Heads: MultiMote/niimbluelib `printer_models.ts`. */
export const niimbotRolls: readonly LabelMedia[] = sizes.map(([widthMm, lengthMm, headDots, template]) => {
  const widthDots = Math.min(headDots, mmToDots(widthMm, dotsPerInch) & ~7)
  return {
    id: `niimbot-${widthMm}x${lengthMm}`,
    words: `NIIMBOT ${widthMm} × ${lengthMm} mm`,
    stock: 'niimbot',
    kind: 'die-cut',
    ...{ widthMm, lengthMm, widthDots, dotsPerInch, template, offsetDots: 0 },
    lengthDots: mmToDots(lengthMm, dotsPerInch),
    whiteDots: { across: Math.max(0, (mmToDots(widthMm, dotsPerInch) - widthDots) >> 1), along: 0 },
    hasRed: false,
  }
})
