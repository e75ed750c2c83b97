/** What is loaded in a printer, as the printer would see it: width across the feed, length along it. */
export interface LabelMedia {
  id: string
  /** "62 mm continuous". */
  words: string
  /** Which printers take it: Brother's DK rolls, plain rolls with a gap, NIIMBOT's, receipt paper; pages are files and queues. */
  stock: 'brother-dk' | 'label-roll' | 'niimbot' | 'receipt' | 'page'
  kind: 'continuous' | 'die-cut' | 'page'
  widthMm: number
  /** 0 for continuous tape. */
  lengthMm: number
  /** What the head can reach. */
  widthDots: number
  /** 0 for continuous tape: the template says how long the label is. */
  lengthDots: number
  /** White dots right of the printable area (Brother), or on every side of it (plain rolls). */
  offsetDots: number
  /** White around the printable area that belongs to the label: counts towards the quiet zone of a code. */
  whiteDots: { across: number; along: number }
  /** Two-colour paper, which a printer refuses unless it is sent both colours. */
  hasRed: boolean
  dotsPerInch: number
  template:
    | 'wide'
    | 'flag'
    | 'narrow'
    | 'strip'
    | 'small'
    | 'large'
    | 'stacked'
    | 'tall'
    | 'square'
    | 'poster'
    | 'round'
}

const mmPerInch = 25.4

export function mmToDots(millimetres: number, dotsPerInch: number): number {
  return Math.round((millimetres / mmPerInch) * dotsPerInch)
}

export function dotsToMm(dots: number, dotsPerInch: number): number {
  return (dots / dotsPerInch) * mmPerInch
}
