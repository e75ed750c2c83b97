import { easyPhoto, type IdentificationCase } from '../../worlds/identification-case.ts'

const photos: IdentificationCase = {
  name: 'two items',
  seed: 8000,
  count: 12,
  quickCount: 2,
  labels: 2,
  hardSerials: false,
  photo: { ...easyPhoto, sidePixels: [2600, 3600], coverage: [0.6, 0.9] },
}

export default photos
