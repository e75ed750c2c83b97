import type { Bitmap } from './bitmap.ts'
import { bitmapPng } from './bitmap-png.ts'
import { dotsToMm, type LabelMedia } from './label-media.ts'

const pointsPerMm = 72 / 25.4

/** One page that is exactly the label, in millimetres. pdfkit is loaded only here: it is large and rarely needed. */
export async function labelPdf(bitmap: Bitmap, media: LabelMedia): Promise<Uint8Array> {
  const { default: PDFDocument } = await import('pdfkit')
  const width = dotsToMm(bitmap.widthDots, media.dotsPerInch) * pointsPerMm
  const height = dotsToMm(bitmap.heightDots, media.dotsPerInch) * pointsPerMm
  const document = new PDFDocument({ size: [width, height], margin: 0, info: { Title: 'HWLab label' } })
  document.image(bitmapPng(bitmap, media.dotsPerInch), 0, 0, { width, height })
  document.end()
  const pieces: Buffer[] = []
  for await (const piece of document) pieces.push(Buffer.from(piece))
  return Buffer.concat(pieces)
}
