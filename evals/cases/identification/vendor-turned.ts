import { easyPhoto, type IdentificationCase } from '../../worlds/identification-case.ts'
import { vendorLayouts } from '../../worlds/vendor-layouts.ts'

const photos: IdentificationCase = {
  name: 'vendor labels, turned',
  seed: 11000,
  count: 18,
  quickCount: 2,
  labels: 1,
  hardSerials: false,
  photo: {
    ...easyPhoto,
    layouts: vendorLayouts,
    turned: true,
    tiltDegrees: [0, 10],
    perspective: [0.01, 0.06],
  },
}

export default photos
