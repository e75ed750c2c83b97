import { easyPhoto, type IdentificationCase } from '../../worlds/identification-case.ts'

const photos: IdentificationCase = {
  name: 'twelve megapixels',
  seed: 10000,
  count: 10,
  quickCount: 1,
  labels: 1,
  hardSerials: false,
  photo: { ...easyPhoto, sidePixels: [4032, 4032], coverage: [0.25, 0.7], tiltDegrees: [0, 10] },
}

export default photos
