import { type LabelMedia, mmToDots } from '../label-media.ts'

const dotsPerInch = 300
const continuousFeedMarginDots = 35

/** Width and length in mm (0: tape), printable width and length in dots, offset from the right in dots. */
type Roll = [
  id: string,
  mm: [width: number, length: number],
  dots: [width: number, length: number],
  offset: number,
  template: LabelMedia['template'],
]

/**
 * Printable areas of Brother DK rolls at 300 dpi: pklaus/brother_ql `labels.py`, which follows Brother's
 * "Software Developer's Manual, Raster Command Reference, QL-800 series", chapter 2.3.
 */
const rolls: Roll[] = [
  ['12', [12, 0], [106, 0], 29, 'narrow'],
  ['29', [29, 0], [306, 0], 6, 'flag'],
  ['38', [38, 0], [413, 0], 12, 'flag'],
  ['50', [50, 0], [554, 0], 12, 'wide'],
  ['54', [54, 0], [590, 0], 0, 'wide'],
  ['62', [62, 0], [696, 0], 12, 'wide'],
  ['62red', [62, 0], [696, 0], 12, 'wide'],
  ['102', [102, 0], [1164, 0], 12, 'large'],
  ['17x54', [17, 54], [165, 566], 0, 'strip'],
  ['17x87', [17, 87], [165, 956], 0, 'strip'],
  ['23x23', [23, 23], [202, 202], 42, 'square'],
  ['29x42', [29, 42], [306, 425], 6, 'tall'],
  ['29x90', [29, 90], [306, 991], 6, 'flag'],
  ['39x48', [39, 48], [425, 495], 6, 'tall'],
  ['39x90', [38, 90], [413, 991], 12, 'flag'],
  ['52x29', [52, 29], [578, 271], 0, 'wide'],
  ['54x29', [54, 29], [598, 271], 60, 'wide'],
  ['62x29', [62, 29], [696, 271], 12, 'wide'],
  ['62x100', [62, 100], [696, 1109], 12, 'flag'],
  ['102x51', [102, 51], [1164, 526], 12, 'large'],
  ['102x152', [102, 153], [1164, 1660], 12, 'poster'],
  ['d12', [12, 12], [94, 94], 113, 'round'],
  ['d24', [24, 24], [236, 236], 42, 'round'],
  ['d58', [58, 58], [618, 618], 51, 'round'],
]

export const brotherRolls: readonly LabelMedia[] = rolls.map(
  ([id, [widthMm, lengthMm], [widthDots, lengthDots], offsetDots, template]) => {
    const white = (mm: number, dots: number) =>
      Math.max(0, Math.floor((mmToDots(mm, dotsPerInch) - dots) / 2))
    return {
      id,
      words: rollWords(id, widthMm, lengthMm),
      stock: 'brother-dk',
      kind: lengthMm === 0 ? 'continuous' : 'die-cut',
      ...{ widthMm, lengthMm, widthDots, lengthDots, offsetDots, dotsPerInch, template },
      whiteDots: {
        across: white(widthMm, widthDots),
        along: lengthMm === 0 ? continuousFeedMarginDots : white(lengthMm, lengthDots),
      },
      hasRed: id === '62red',
    }
  },
)

function rollWords(id: string, widthMm: number, lengthMm: number): string {
  if (id === '62red') return '62 mm continuous, black and red (DK-22251)'
  if (id.startsWith('d')) return `${widthMm} mm round`
  return lengthMm === 0 ? `${widthMm} mm continuous` : `${widthMm} × ${lengthMm} mm die-cut`
}
