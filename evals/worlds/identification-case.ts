import type { PhotoDifficulty } from './label-photo.ts'

/** One kind of photo: how it is made and how many are tried. */
export interface IdentificationCase {
  name: string
  /** Seeds follow from it, so a case makes the same photos on every machine. */
  seed: number
  count: number
  quickCount: number
  /** Labels in the photo. */
  labels: 0 | 1 | 2
  /** Serials made of letters and digits that are read for one another. */
  hardSerials: boolean
  photo: PhotoDifficulty
}

/** A phone photo in daylight, held fairly straight; cases change what they are about. */
export const easyPhoto: PhotoDifficulty = {
  sidePixels: [1800, 3200],
  coverage: [0.4, 0.85],
  tiltDegrees: [0, 4],
  perspective: [0, 0.03],
  blurSigmaPixels: [0, 0.6],
  shadow: [0, 0.3],
  glare: [0, 0.15],
  noiseSigma: [0.5, 3],
  jpegQuality: [75, 92],
  codes: true,
}
