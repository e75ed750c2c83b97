import { easyPhoto, type IdentificationCase } from '../../worlds/identification-case.ts'

const photos: IdentificationCase = {
  name: 'no label',
  seed: 7000,
  count: 12,
  quickCount: 2,
  labels: 0,
  hardSerials: false,
  photo: { ...easyPhoto, tiltDegrees: [0, 12] },
}

export default photos
