import { easyPhoto, type IdentificationCase } from '../../worlds/identification-case.ts'
import { vendorLayouts } from '../../worlds/vendor-layouts.ts'

const photos: IdentificationCase = {
  name: 'vendor labels, low light',
  seed: 12000,
  count: 14,
  quickCount: 1,
  labels: 1,
  hardSerials: false,
  photo: {
    ...easyPhoto,
    layouts: vendorLayouts,
    noiseSigma: [6, 14],
    blurSigmaPixels: [0.6, 1.2],
    motionPixels: [1, 5],
    shadow: [0.2, 0.6],
  },
}

export default photos
