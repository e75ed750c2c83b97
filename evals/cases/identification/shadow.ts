import { easyPhoto, type IdentificationCase } from '../../worlds/identification-case.ts'

const photos: IdentificationCase = {
  name: 'shadow',
  seed: 4000,
  count: 26,
  quickCount: 4,
  labels: 1,
  hardSerials: false,
  photo: { ...easyPhoto, shadow: [0.5, 0.95], glare: [0.1, 0.45], noiseSigma: [2, 7] },
}

export default photos
