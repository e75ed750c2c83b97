import { easyPhoto, type IdentificationCase } from '../../worlds/identification-case.ts'
import { vendorLayouts } from '../../worlds/vendor-layouts.ts'

const photos: IdentificationCase = {
  name: 'vendor labels, round',
  seed: 13000,
  count: 12,
  quickCount: 1,
  labels: 1,
  hardSerials: false,
  photo: {
    ...easyPhoto,
    layouts: vendorLayouts,
    bend: [0.03, 0.12],
    perspective: [0.02, 0.06],
    turned: true,
  },
}

export default photos
