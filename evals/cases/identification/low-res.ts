import { easyPhoto, type IdentificationCase } from '../../worlds/identification-case.ts'

const photos: IdentificationCase = {
  name: 'low resolution',
  seed: 5000,
  count: 24,
  quickCount: 3,
  labels: 1,
  hardSerials: false,
  photo: { ...easyPhoto, sidePixels: [1000, 1400], coverage: [0.5, 0.9], jpegQuality: [45, 70] },
}

export default photos
