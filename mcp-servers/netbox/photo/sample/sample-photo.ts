import { join } from 'node:path'

/** The built-in photo for newcomers without a camera: a label marked SAMPLE with made-up numbers. */
export const samplePhotoFile = join(import.meta.dirname, 'sample-label.jpg')
export const samplePhotoName = 'Sample label.jpg'
