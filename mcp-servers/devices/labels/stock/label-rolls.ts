import { type LabelMedia, mmToDots } from '../label-media.ts'

/** What a roll may lie beside its guides and a gap sensor may miss by. */
const marginMm = 1

const sizes: [widthMm: number, lengthMm: number, template: LabelMedia['template']][] = [
  [40, 30, 'stacked'],
  [50, 25, 'wide'],
  [50, 30, 'stacked'],
  [57, 32, 'stacked'],
  [100, 50, 'large'],
  [100, 150, 'poster'],
]
const resolutions = [203, 300]

/** Common label stocks with a gap, for printers that only know dots (ZPL, TSPL): a row for each resolution. */
export const labelRolls: readonly LabelMedia[] = sizes.flatMap(([widthMm, lengthMm, template]) =>
  resolutions.map((dotsPerInch): LabelMedia => {
    const margin = mmToDots(marginMm, dotsPerInch)
    return {
      id: `${widthMm}x${lengthMm}-${dotsPerInch}`,
      words: `${widthMm} × ${lengthMm} mm labels, ${dotsPerInch} dpi`,
      stock: 'label-roll',
      kind: 'die-cut',
      ...{ widthMm, lengthMm, dotsPerInch, template, offsetDots: margin },
      widthDots: mmToDots(widthMm, dotsPerInch) - 2 * margin,
      lengthDots: mmToDots(lengthMm, dotsPerInch) - 2 * margin,
      whiteDots: { across: margin, along: margin },
      hasRed: false,
    }
  }),
)
