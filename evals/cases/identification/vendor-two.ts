import { easyPhoto, type IdentificationCase } from '../../worlds/identification-case.ts'
import { vendorLayouts } from '../../worlds/vendor-layouts.ts'

const photos: IdentificationCase = {
  name: 'vendor labels, two items',
  seed: 14000,
  count: 10,
  quickCount: 1,
  labels: 2,
  hardSerials: false,
  photo: { ...easyPhoto, layouts: vendorLayouts, sidePixels: [2600, 3600], coverage: [0.6, 0.9] },
}

export default photos
