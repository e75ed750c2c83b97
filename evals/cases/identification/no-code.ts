import { easyPhoto, type IdentificationCase } from '../../worlds/identification-case.ts'

const photos: IdentificationCase = {
  name: 'no code',
  seed: 6000,
  count: 30,
  quickCount: 5,
  labels: 1,
  hardSerials: false,
  photo: { ...easyPhoto, codes: false, tiltDegrees: [0, 12], blurSigmaPixels: [0, 1.2], shadow: [0, 0.6] },
}

export default photos
