import { Resvg } from '@resvg/resvg-js'
import sharp from 'sharp'
import { faces, fontFiles } from './label-fonts.ts'
import { openLabelSheet } from './label-sheet.ts'
import { pasteInPerspective, type Quad } from './perspective.ts'
import { addLightAndNoise, drawBackground } from './photo-scene.ts'
import { openRandom } from './random.ts'

/** What the built-in sample shows: a real model, numbers that belong to nothing. */
export const sampleTruth = {
  manufacturer: 'MikroTik',
  model: 'CRS112-8P-4S-IN',
  serial: 'HWL7742C9F3E',
  macAddress: '48:8F:5A:11:22:33',
} as const

const size = { width: 1800, height: 1350 }
/** A hand-held photo: turned by about four degrees and a little from below. */
const quad: Quad = [
  { x: 372, y: 322 },
  { x: 1418, y: 252 },
  { x: 1466, y: 968 },
  { x: 414, y: 1034 },
]

/** Draws the sample photo anew; the committed file was made by `node evals/draw-sample.ts`. */
export async function drawSamplePhoto(): Promise<Uint8Array> {
  const random = openRandom(7)
  const pixels = await drawBackground(size.width, size.height, random)
  const svg = await sampleLabel()
  const label = new Resvg(svg, {
    fitTo: { mode: 'width', value: 1500 },
    font: { loadSystemFonts: false, fontFiles },
  }).render()
  // `label.pixels` copies the whole picture at every look.
  pasteInPerspective(
    { pixels, ...size },
    { pixels: label.pixels, width: label.width, height: label.height },
    quad,
  )
  addLightAndNoise({ pixels, ...size }, random, { shadow: 0.35, glare: 0.1, noiseSigma: 2 })
  return sharp(pixels, { raw: { ...size, channels: 3 } })
    .jpeg({ quality: 72 })
    .toBuffer()
}

async function sampleLabel(): Promise<string> {
  const sheet = openLabelSheet({
    widthMm: 72,
    heightMm: 49,
    face: faces[0],
    ink: '#16181a',
    paper: '#f3f2ed',
    codes: true,
  })
  const { manufacturer, model, serial, macAddress } = sampleTruth
  sheet.text({ xMm: 3, yMm: 2.5, sizeMm: 4.6, bold: true }, manufacturer)
  sheet.text({ xMm: 44, yMm: 2.8, sizeMm: 4.2, bold: true }, 'SAMPLE')
  sheet.text({ xMm: 3, yMm: 9, sizeMm: 3 }, `Model: ${model}`)
  sheet.text({ xMm: 3, yMm: 14.5, sizeMm: 3 }, `S/N: ${serial}`)
  await sheet.code({ xMm: 4, yMm: 18.8, widthMm: 54, heightMm: 7 }, serial, 'Code128')
  sheet.text({ xMm: 3, yMm: 28, sizeMm: 2.8 }, `MAC: ${macAddress}`)
  await sheet.code(
    { xMm: 4, yMm: 32.2, widthMm: 50, heightMm: 6.5 },
    macAddress.replaceAll(':', ''),
    'Code128',
  )
  sheet.text({ xMm: 3, yMm: 42, sizeMm: 2.3 }, 'DC 28V 3.4A      Not a real device: a sample for HWLab')
  return sheet.svg()
}
