import { easyPhoto, type IdentificationCase } from '../../worlds/identification-case.ts'

const photos: IdentificationCase = {
  name: 'tilt',
  seed: 2000,
  count: 30,
  quickCount: 4,
  labels: 1,
  hardSerials: false,
  photo: { ...easyPhoto, tiltDegrees: [5, 20], perspective: [0.03, 0.1] },
}

export default photos
