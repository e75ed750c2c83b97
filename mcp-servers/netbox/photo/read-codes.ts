import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { formatToLabel, prepareZXingModule, type ReaderOptions, readBarcodes } from 'zxing-wasm/reader'
import { believeSightings, type Sighting } from './code-sightings.ts'
import { findBars } from './find-bars.ts'
import { splitTones } from './grade-line.ts'
import {
  boxAround,
  cutFrame,
  encodePgm,
  type Frame,
  type GrayImage,
  invertGray,
  type Pyramid,
  toPhoto,
} from './gray-image.ts'
import type { CodeSeen } from './photo-reading.ts'
import { levelAlong, sharpenAlong } from './sharpen.ts'

const wasmFile = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')

/** Gives the decoder its WebAssembly from the installed package; without this it would fetch it from a CDN. */
export function prepareCodeReading(): void {
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(readFileSync(wasmFile)).buffer } })
}

const linearFormats: ReaderOptions = {
  formats: ['Code128', 'Code39', 'Code93', 'EAN13', 'UPCA', 'ITF', 'Codabar'],
  textMode: 'Plain',
}
const matrixFormats: ReaderOptions = {
  formats: ['QRCode', 'MicroQRCode', 'DataMatrix', 'Aztec', 'PDF417'],
  textMode: 'Plain',
}

export interface CodesRead {
  codes: CodeSeen[]
  /** Parts of the photo that hold codes or bars: there is no text in them. */
  occupied: { x: number; y: number }[][]
}

/**
 * Matrix codes in the whole photo at a middle size and, when there are no codes at all, at full size; linear codes in the
 * whole photo and then in every patch of parallel bars that is not read yet, turned upright.
 */
export async function readCodes(pyramid: Pyramid): Promise<CodesRead> {
  const photo = pyramid.levels[0]
  const middle = pyramid.levels.findIndex((level) => Math.max(level.width, level.height) <= 2100)
  const sightings: Sighting[] = []
  let pass = 0
  const look = async (image: GrayImage, frame: Frame, options: ReaderOptions) => {
    pass++
    const seen = await readBarcodes(encodePgm(image), options)
    sightings.push(...seen.map((result) => sightingIn(result, frame, pass)))
    return seen.length
  }

  const middleLevel = Math.max(0, middle)
  const middleImage = pyramid.levels[middleLevel] ?? photo
  await look(middleImage, wholeFrame(photo, middleLevel), matrixFormats)
  await look(photo, wholeFrame(photo, 0), linearFormats)
  if (middleLevel > 0) await look(middleImage, wholeFrame(photo, middleLevel), linearFormats)

  const bars = findBars(pyramid, 24)
  for (const frame of bars) if (!isRead(frame, sightings)) await readBars(pyramid, frame, look)
  // Tiny matrix codes need every pixel; it takes a third of a second, so only a photo without other codes gets it.
  if (middleLevel > 0 && believeSightings(sightings).length === 0)
    await look(photo, wholeFrame(photo, 0), { ...matrixFormats, tryDownscale: false })

  const believed = believeSightings(sightings)
  return {
    codes: believed.map((code) => ({
      text: code.text,
      symbology: code.symbology,
      box: boxAround(code.seenAt, photo),
      rotationDegrees: code.rotationDegrees,
    })),
    occupied: [
      ...believed.map((code) => code.corners),
      ...bars
        .filter((frame) => looksLikeCode(pyramid, frame))
        .map((frame) => [
          // Print stands close above and below the bars: only their middle is surely none.
          toPhoto(frame, 0, frame.height * 0.2),
          toPhoto(frame, frame.width, frame.height * 0.2),
          toPhoto(frame, frame.width, frame.height * 0.8),
          toPhoto(frame, 0, frame.height * 0.8),
        ]),
    ],
  }
}

/** Several passes have read one text there, and none another. */
function isRead(patch: Frame, sightings: Sighting[]): boolean {
  const there = sightings.filter(
    ({ corners }) => corners.every((corner) => distanceFrom(patch, corner) < 0.6) && corners.length > 0,
  )
  const texts = new Set(there.map(({ text }) => text))
  return (
    texts.size === 1 && new Set(there.map(({ pass }) => pass)).size >= 2 && (there[0]?.lineCount ?? 0) >= 2
  )
}

/** How far a point lies from the middle of the patch, as a share of its width or height, whichever is more. */
function distanceFrom(patch: Frame, point: { x: number; y: number }): number {
  const [cos, sin] = [Math.cos(patch.angleRadians), Math.sin(patch.angleRadians)]
  const [awayX, awayY] = [point.x - patch.centreX, point.y - patch.centreY]
  return Math.max(
    Math.abs(awayX * cos + awayY * sin) / patch.width,
    Math.abs(-awayX * sin + awayY * cos) / patch.height,
  )
}

type Look = (image: GrayImage, frame: Frame, options: ReaderOptions) => Promise<number>

/**
 * The patch as it is and with its light levelled and its bars sharpened; inverted or enlarged when nothing is seen; and
 * its upper and lower half apart, so that what is read can be agreed on.
 */
async function readBars(pyramid: Pyramid, patch: Frame, look: Look): Promise<void> {
  const options: ReaderOptions = { ...linearFormats, tryRotate: false, tryDownscale: false, minLineCount: 1 }
  const scale = patch.width < 500 ? 3 : patch.width < 1100 ? 2 : 1
  const frame = { ...patch, scale, width: patch.width * scale, height: patch.height * scale }
  let once = 0
  for (const lean of [0, 0.04, -0.04]) {
    if (lean !== 0 && once === 0 && !looksLikeCode(pyramid, patch)) return
    const turned = { ...frame, angleRadians: frame.angleRadians + lean }
    const seen = await readUpright(pyramid, turned, look, options)
    if (seen > 2) return
    once += seen
  }
  const level = levelAlong(sharpenAlong(cutFrame(pyramid, frame), Math.max(2, Math.round(frame.height / 10))))
  // The decoder inverts matrix codes by itself, linear ones not.
  if ((await look(invertGray(level), frame, options)) > 0) {
    await look(invertGray(levelAlong(cutFrame(pyramid, frame))), frame, options)
    return
  }
  const larger = { ...patch, scale: scale * 2, width: frame.width * 2, height: frame.height * 2 }
  if (larger.width > 5000) return
  const enlarged = cutFrame(pyramid, larger)
  for (const part of [5, 12])
    await look(levelAlong(sharpenAlong(enlarged, larger.height / part)), larger, options)
}

/** How many passes saw something. */
async function readUpright(
  pyramid: Pyramid,
  frame: Frame,
  look: Look,
  options: ReaderOptions,
): Promise<number> {
  const plain = cutFrame(pyramid, frame)
  const level = levelAlong(sharpenAlong(plain, Math.max(2, Math.round(frame.height / 10))))
  let seen = Math.min(1, await look(plain, frame, options)) + Math.min(1, await look(level, frame, options))
  if (seen === 0) return 0
  for (const part of [-1, 1]) {
    const half = frameHalf(frame, part)
    seen += Math.min(1, await look(levelAlong(cutFrame(pyramid, half)), half, options))
  }
  return seen
}

/** A code has dozens of bars, each from top to bottom; a cable or a vent has few, and letters change on the way down. */
function looksLikeCode(pyramid: Pyramid, patch: Frame): boolean {
  const scale = Math.min(1, 1200 / patch.width)
  const height = Math.max(9, Math.round(patch.height * scale))
  const cut = cutFrame(pyramid, { ...patch, scale, width: patch.width * scale, height })
  const upper = cut.pixels.subarray(
    cut.width * Math.floor(height * 0.3),
    cut.width * (Math.floor(height * 0.3) + 1),
  )
  const lower = cut.pixels.subarray(
    cut.width * Math.floor(height * 0.68),
    cut.width * (Math.floor(height * 0.68) + 1),
  )
  const { threshold } = splitTones(upper)
  let bars = 0
  for (let x = 1; x < upper.length; x++)
    if ((upper[x] ?? 0) < threshold && (upper[x - 1] ?? 0) >= threshold) bars++
  return bars >= 14 && likeness(upper, lower) > 0.7
}

/** Pearson correlation of two rows, the best of small shifts (the patch may lean a little). */
function likeness(a: Uint8Array, b: Uint8Array): number {
  let best = 0
  const reach = Math.max(12, Math.round(a.length / 40))
  for (let shift = -reach; shift <= reach; shift++) {
    let [n, sumA, sumB, sumAA, sumBB, sumAB] = [0, 0, 0, 0, 0, 0]
    for (let x = reach; x < a.length - reach; x++) {
      const [left, right] = [a[x] ?? 0, b[x + shift] ?? 0]
      n++
      sumA += left
      sumB += right
      sumAA += left * left
      sumBB += right * right
      sumAB += left * right
    }
    const spread = Math.sqrt((sumAA - (sumA * sumA) / n) * (sumBB - (sumB * sumB) / n))
    if (spread > 0) best = Math.max(best, (sumAB - (sumA * sumB) / n) / spread)
  }
  return best
}

function frameHalf(frame: Frame, side: number): Frame {
  const middle = toPhoto(frame, frame.width / 2, frame.height * (0.5 + side * 0.25))
  return { ...frame, centreX: middle.x, centreY: middle.y, height: frame.height / 2 }
}

function wholeFrame(photo: GrayImage, level: number): Frame {
  const scale = 1 / 2 ** level
  return {
    centreX: photo.width / 2,
    centreY: photo.height / 2,
    angleRadians: 0,
    scale,
    width: photo.width * scale,
    height: photo.height * scale,
  }
}

type Result = Awaited<ReturnType<typeof readBarcodes>>[number]

function sightingIn(result: Result, frame: Frame, pass: number): Sighting {
  const { topLeft, topRight, bottomRight, bottomLeft } = result.position
  const corners = [topLeft, topRight, bottomRight, bottomLeft].map((corner) =>
    toPhoto(frame, corner.x, corner.y),
  )
  const turn = result.rotation + (frame.angleRadians * 180) / Math.PI
  return {
    ...asPrinted(result.text, formatToLabel(result.format) ?? result.format),
    corners,
    rotationDegrees: Math.round((((turn % 360) + 360) % 360) * 10) / 10,
    pass,
    lineCount: result.lineCount,
  }
}

/** UPC-A comes as EAN-13 with a zero in front, Codabar with its start and stop letters: neither stands on the label. */
function asPrinted(text: string, symbology: string): { text: string; symbology: string } {
  if (symbology === 'EAN-13' && text.startsWith('0')) return { text: text.slice(1), symbology: 'UPC-A' }
  const inner = symbology === 'Codabar' ? /^[A-D](.+)[A-D]$/i.exec(text)?.[1] : undefined
  return { text: inner ?? text, symbology }
}
