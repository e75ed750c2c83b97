import type { LabelMedia } from './media.ts'

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
    tapeLengthMm: 45,
    marginMm: 0.3,
    qrMm: 14,
    gapMm: 1,
    lines: [
      { show: 'tag', sizeMm: 5, smallestMm: 3, rows: 1 },
      { show: 'name', sizeMm: 2.8, smallestMm: 2.2, rows: 1 },
    ],
  },
}
