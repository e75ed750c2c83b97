import { easyPhoto, type IdentificationCase } from '../../worlds/identification-case.ts'
import { vendorLayouts } from '../../worlds/vendor-layouts.ts'

const photos: IdentificationCase = {
  name: 'vendor labels',
  seed: 10000,
  count: 20,
  quickCount: 2,
  labels: 1,
  hardSerials: false,
  photo: { ...easyPhoto, layouts: vendorLayouts, tiltDegrees: [0, 8] },
}

export default photos
