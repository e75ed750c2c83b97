import { easyPhoto, type IdentificationCase } from '../../worlds/identification-case.ts'

const photos: IdentificationCase = {
  name: 'confusable',
  seed: 9000,
  count: 20,
  quickCount: 3,
  labels: 1,
  hardSerials: true,
  photo: { ...easyPhoto, codes: false },
}

export default photos
