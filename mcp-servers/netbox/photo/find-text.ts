import { type Blob, findBlobs } from './blobs.ts'
import { gradeLine } from './grade-line.ts'
import { cutFrame, type Frame, type GrayImage, type Pyramid, toPhoto } from './gray-image.ts'
import { type Ink, inkMasks } from './ink-mask.ts'
import { joinFragments } from './join-fragments.ts'
import { findDirections, middleX, middleY, sizeOf } from './text-direction.ts'
import { chainRows, type TextRow } from './text-rows.ts'

/** One line of text in the photo, however it is turned. */
export interface FoundLine {
  centreX: number
  centreY: number
  angleRadians: number
  lengthPixels: number
  /** Height of a capital in photo pixels. */
  capitalPixels: number
  ink: Ink
  score: number
}

/** Below it a line is background texture. */
const leastScore = 0.35

interface Spot {
  x: number
  y: number
}

/** What the codes tell about the text: where there is none, and how the label is turned. */
export interface TextSurroundings {
  occupied: Spot[][]
  codes: { rotationDegrees: number }[]
}

/**
 * First a coarse look for letters and the directions they follow; then each direction again with the photo turned
 * upright, at a fine and a coarse size for small and large print. Best first.
 */
export function findText(pyramid: Pyramid, { occupied, codes }: TextSurroundings): FoundLine[] {
  const photo = pyramid.levels[0]
  const letters = coarseLetters(pyramid, occupied)
  const directions = findDirections(
    letters.map((letter) => letter.blob),
    2,
  ).filter((direction, rank) => rank === 0 || direction.share > 0.3)
  if (directions.length === 0) directions.push({ angleRadians: 0, share: 1 })
  const lines = directions.flatMap((direction) => {
    const angleRadians = alongCodes(direction.angleRadians, codes)
    return [2600, 900].flatMap((longestSide) =>
      linesAlong(pyramid, uprightFrame(photo, angleRadians, longestSide), occupied),
    )
  })
  const best = keepBest(
    lines
      .map((line) => ({ ...line, score: line.score * gradeLine(pyramid, line) }))
      .filter((line) => line.score > leastScore),
  )
  return joinFragments(best)
}

/** Few letters tell the direction badly; print runs along the codes or across them, so a code that is nearly in line corrects it. */
function alongCodes(angleRadians: number, codes: TextSurroundings['codes']): number {
  const quarter = Math.PI / 2
  const turns = codes.map(({ rotationDegrees }) => {
    const away = (rotationDegrees * Math.PI) / 180 - angleRadians
    return away - Math.round(away / quarter) * quarter
  })
  const nearest = turns.sort((one, other) => Math.abs(one) - Math.abs(other))[0] ?? 0
  return Math.abs(nearest) > 0.05 && Math.abs(nearest) < 0.26 ? angleRadians + nearest : angleRadians
}

function coarseLetters(pyramid: Pyramid, occupied: Spot[][]): { blob: Blob }[] {
  const level = Math.max(
    0,
    pyramid.levels.findIndex((image) => Math.max(image.width, image.height) <= 2100),
  )
  const image = pyramid.levels[level] ?? pyramid.levels[0]
  const factor = 2 ** level
  const masks = inkMasks(image, 16)
  return (['dark', 'light'] as const).flatMap((ink) =>
    findBlobs(masks[ink], image.width, image.height)
      .filter((blob) => isLetter(blob, 60))
      .filter((blob) => !isInside(occupied, { x: middleX(blob) * factor, y: middleY(blob) * factor }))
      .map((blob) => ({ blob })),
  )
}

function isLetter(blob: Blob, largestPixels: number): boolean {
  const size = sizeOf(blob)
  const width = blob.right - blob.left
  const height = blob.bottom - blob.top
  if (size < 6 || height > largestPixels || width > largestPixels * 12 || blob.area < 10) return false
  const fill = blob.area / (width * height)
  return fill > 0.08 && !(fill > 0.92 && Math.min(width, height) > 14)
}

function uprightFrame(photo: GrayImage, angleRadians: number, longestSide: number): Frame {
  const [cos, sin] = [Math.abs(Math.cos(angleRadians)), Math.abs(Math.sin(angleRadians))]
  const scale = Math.min(1, longestSide / Math.max(photo.width, photo.height))
  return {
    centreX: photo.width / 2,
    centreY: photo.height / 2,
    angleRadians,
    scale,
    width: Math.round((photo.width * cos + photo.height * sin) * scale),
    height: Math.round((photo.width * sin + photo.height * cos) * scale),
  }
}

function linesAlong(pyramid: Pyramid, frame: Frame, occupied: Spot[][]): FoundLine[] {
  const image = cutFrame(pyramid, frame)
  const masks = inkMasks(image, 20)
  return (['dark', 'light'] as const).flatMap((ink) => {
    const blobs = findBlobs(masks[ink], image.width, image.height)
      .filter((blob) => isLetter(blob, 70))
      .filter((blob) => !isInside(occupied, toPhoto(frame, middleX(blob), middleY(blob))))
    return chainRows(blobs, ink).map((row) => inPhoto(row, frame))
  })
}

function inPhoto(row: TextRow, frame: Frame): FoundLine {
  const middle = toPhoto(frame, row.x, row.y)
  return {
    centreX: middle.x,
    centreY: middle.y,
    angleRadians: frame.angleRadians + row.slopeRadians,
    lengthPixels: (row.right - row.left) / frame.scale,
    capitalPixels: row.capitalPixels / frame.scale,
    ink: row.ink,
    score: row.score,
  }
}

/** Drops lines that lie on a better one: the same print seen at the other size, or the gaps between letters. */
function keepBest(lines: FoundLine[]): FoundLine[] {
  const kept: FoundLine[] = []
  for (const line of [...lines].sort((a, b) => b.score * b.lengthPixels - a.score * a.lengthPixels)) {
    if (!kept.some((better) => liesOn(line, better))) kept.push(line)
  }
  return kept.sort((a, b) => b.score - a.score)
}

function liesOn(line: FoundLine, better: FoundLine): boolean {
  const [cos, sin] = [Math.cos(better.angleRadians), Math.sin(better.angleRadians)]
  const awayX = line.centreX - better.centreX
  const awayY = line.centreY - better.centreY
  const along = Math.abs(awayX * cos + awayY * sin)
  const across = Math.abs(-awayX * sin + awayY * cos)
  return along < better.lengthPixels / 2 && across < Math.max(better.capitalPixels, line.capitalPixels) * 0.6
}

function isInside(areas: Spot[][], spot: Spot): boolean {
  return areas.some((corners) => {
    let positive = 0
    corners.forEach((corner, at) => {
      const next = corners[(at + 1) % corners.length] ?? corner
      const side = (next.x - corner.x) * (spot.y - corner.y) - (next.y - corner.y) * (spot.x - corner.x)
      if (side >= 0) positive++
    })
    return positive === corners.length || positive === 0
  })
}
