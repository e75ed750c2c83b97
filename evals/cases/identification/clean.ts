import { easyPhoto, type IdentificationCase } from '../../worlds/identification-case.ts'

const photos: IdentificationCase = {
  name: 'clean',
  seed: 1000,
  count: 30,
  quickCount: 4,
  labels: 1,
  hardSerials: false,
  photo: { ...easyPhoto },
}

export default photos
