import { easyPhoto, type IdentificationCase } from '../../worlds/identification-case.ts'

const photos: IdentificationCase = {
  name: 'blur',
  seed: 3000,
  count: 26,
  quickCount: 4,
  labels: 1,
  hardSerials: false,
  photo: { ...easyPhoto, blurSigmaPixels: [1, 2.4] },
}

export default photos
