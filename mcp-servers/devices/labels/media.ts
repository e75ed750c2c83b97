import { type LabelMedia, mmToDots } from './label-media.ts'
import { brotherRolls } from './stock/brother-dk.ts'
import { labelRolls } from './stock/label-rolls.ts'
import { niimbotRolls } from './stock/niimbot-rolls.ts'
import { receiptPapers } from './stock/receipt-paper.ts'

function page(widthMm: number, lengthMm: number, template: LabelMedia['template']): LabelMedia {
  return {
    id: `page-${widthMm}x${lengthMm}`,
    words: `${widthMm} × ${lengthMm} mm`,
    stock: 'page',
    kind: 'page',
    widthMm,
    lengthMm,
    widthDots: mmToDots(widthMm, 300),
    lengthDots: mmToDots(lengthMm, 300),
    offsetDots: 0,
    whiteDots: { across: 0, along: 0 },
    hasRed: false,
    dotsPerInch: 300,
    template,
  }
}

/** Every medium that a label can be laid out for; `page-…` is for files and the system print queue. */
export const labelMedia: readonly LabelMedia[] = [
  ...brotherRolls,
  ...labelRolls,
  ...niimbotRolls,
  ...receiptPapers,
  page(62, 29, 'wide'),
  page(50, 25, 'wide'),
]

export function mediaById(id: string): LabelMedia | null {
  return labelMedia.find((media) => media.id === id) ?? null
}
