import type { LabelMedia } from './label-media.ts'

export interface TemplateLine {
  show: 'tag' | 'name' | 'spec'
  /** Font size when there is room, and the smallest before the text is cut with an ellipsis. */
  sizeMm: number
  smallestMm: number
  /** How many rows it may take at the smallest size before it is cut. */
  rows: number
}

/** How a label is laid out. Lengths in millimetres of the label as a person reads it. */
export interface LabelTemplate {
  /** 90: the label is read along the tape and turned clockwise for the printer. */
  rotationDegrees: 0 | 90
  /** Where the text stands by the code: right of it, the tag over both, under it, or under it within a circle. */
  arrangement: 'beside' | 'tag-across' | 'below' | 'round'
  /** Length of a label on continuous tape. */
  tapeLengthMm: number
  marginMm: number
  /** The code is never drawn larger than this. */
  qrMm: number
  gapMm: number
  lines: TemplateLine[]
}

export const labelTemplates: Record<LabelMedia['template'], LabelTemplate> = {
  wide: {
    rotationDegrees: 0,
    arrangement: 'beside',
    tapeLengthMm: 25,
    marginMm: 1,
    qrMm: 22,
    gapMm: 2,
    lines: [
      { show: 'tag', sizeMm: 7.5, smallestMm: 4, rows: 1 },
      { show: 'name', sizeMm: 4, smallestMm: 2.6, rows: 2 },
      { show: 'spec', sizeMm: 3, smallestMm: 2.2, rows: 1 },
    ],
  },
  flag: {
    rotationDegrees: 90,
    arrangement: 'beside',
    tapeLengthMm: 70,
    marginMm: 1,
    qrMm: 24,
    gapMm: 2,
    lines: [
      { show: 'tag', sizeMm: 9, smallestMm: 4, rows: 1 },
      { show: 'name', sizeMm: 4.5, smallestMm: 2.6, rows: 2 },
      { show: 'spec', sizeMm: 3.4, smallestMm: 2.2, rows: 1 },
    ],
  },
  large: {
    rotationDegrees: 0,
    arrangement: 'beside',
    tapeLengthMm: 45,
    marginMm: 1,
    qrMm: 38,
    gapMm: 3,
    lines: [
      { show: 'tag', sizeMm: 12, smallestMm: 6, rows: 1 },
      { show: 'name', sizeMm: 5.5, smallestMm: 3.6, rows: 3 },
      { show: 'spec', sizeMm: 4.2, smallestMm: 3, rows: 2 },
    ],
  },
  small: {
    rotationDegrees: 0,
    arrangement: 'beside',
    tapeLengthMm: 25,
    marginMm: 0.5,
    qrMm: 16,
    gapMm: 1.5,
    lines: [
      { show: 'tag', sizeMm: 4.6, smallestMm: 3.4, rows: 1 },
      { show: 'name', sizeMm: 2.8, smallestMm: 2.2, rows: 3 },
      { show: 'spec', sizeMm: 2.4, smallestMm: 2, rows: 2 },
    ],
  },
  narrow: {
    rotationDegrees: 90,
    arrangement: 'beside',
    tapeLengthMm: 45,
    marginMm: 0.3,
    qrMm: 14,
    gapMm: 1,
    lines: [
      { show: 'tag', sizeMm: 5, smallestMm: 3, rows: 1 },
      { show: 'name', sizeMm: 2.8, smallestMm: 2.2, rows: 2 },
    ],
  },
  strip: {
    rotationDegrees: 90,
    arrangement: 'beside',
    tapeLengthMm: 54,
    marginMm: 0.3,
    qrMm: 14,
    gapMm: 1.5,
    lines: [
      { show: 'tag', sizeMm: 7, smallestMm: 4, rows: 1 },
      { show: 'name', sizeMm: 3.4, smallestMm: 2.4, rows: 1 },
      { show: 'spec', sizeMm: 2.6, smallestMm: 2.2, rows: 1 },
    ],
  },
  stacked: {
    rotationDegrees: 0,
    arrangement: 'tag-across',
    tapeLengthMm: 30,
    marginMm: 0.5,
    qrMm: 20,
    gapMm: 1.5,
    lines: [
      { show: 'tag', sizeMm: 9, smallestMm: 5, rows: 1 },
      { show: 'name', sizeMm: 3.4, smallestMm: 2.4, rows: 3 },
      { show: 'spec', sizeMm: 2.8, smallestMm: 2.2, rows: 3 },
    ],
  },
  tall: {
    rotationDegrees: 0,
    arrangement: 'below',
    tapeLengthMm: 42,
    marginMm: 0.5,
    qrMm: 36,
    gapMm: 1.5,
    lines: [
      { show: 'tag', sizeMm: 10, smallestMm: 4, rows: 1 },
      { show: 'name', sizeMm: 3.6, smallestMm: 2.2, rows: 2 },
      { show: 'spec', sizeMm: 3, smallestMm: 2.2, rows: 2 },
    ],
  },
  square: {
    rotationDegrees: 0,
    arrangement: 'below',
    tapeLengthMm: 23,
    marginMm: 0.3,
    qrMm: 13,
    gapMm: 1,
    lines: [{ show: 'tag', sizeMm: 4.4, smallestMm: 2.6, rows: 1 }],
  },
  poster: {
    rotationDegrees: 90,
    arrangement: 'tag-across',
    tapeLengthMm: 150,
    marginMm: 2,
    qrMm: 62,
    gapMm: 5,
    lines: [
      { show: 'tag', sizeMm: 28, smallestMm: 12, rows: 1 },
      { show: 'name', sizeMm: 10, smallestMm: 8, rows: 4 },
      { show: 'spec', sizeMm: 7, smallestMm: 6, rows: 4 },
    ],
  },
  round: {
    rotationDegrees: 0,
    arrangement: 'round',
    tapeLengthMm: 24,
    marginMm: 0,
    qrMm: 30,
    gapMm: 1,
    lines: [{ show: 'tag', sizeMm: 7, smallestMm: 2.4, rows: 1 }],
  },
}
