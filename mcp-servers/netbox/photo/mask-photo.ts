import { findCaptions } from '../identify/captions.ts'
import { parseReadMac } from '../identify/mac-address.ts'
import { isSerialShaped } from '../identify/serial-shape.ts'
import type { Box } from '../intake/item.ts'
import type { PhotoReading, TextLine } from './photo-reading.ts'

/** What a caption announces that names one single thing, or opens it. */
const secretCaptions = new Set(['serial', 'service-tag', 'express-code', 'mac_address', 'other-mac'])
const secretWords =
  /\b(?:imei|meid|iccid|eid|uuid|guid|eui|wwn|ssid|pass(?:word|wort)?|wpa2?|pin|key|user(?:name)?|login)\b/i
/** Letters at the edge of a box are cut by it. */
const marginPixels = 6

/**
 * The photo as a stranger may see it: all codes, and every line that names one single device or opens it (serial numbers, MAC addresses,
 * service tags, passwords), are painted over. Whatever the reader did not see stays; a value below or beside its caption is covered too.
 */
export async function maskPhoto(jpeg: Uint8Array, reading: PhotoReading): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp')
  const covers = maskedBoxes(reading).flatMap((box) => coverOf(box, reading))
  return covers.length === 0 ? jpeg : sharp(jpeg).composite(covers).jpeg({ quality: 85 }).toBuffer()
}

/** What is on the photo of a box; not drawn as SVG, which taking in a photo blocks for the whole process. */
function coverOf(
  box: Box,
  { widthPixels, heightPixels }: Pick<PhotoReading, 'widthPixels' | 'heightPixels'>,
) {
  const left = Math.max(0, Math.floor(box.left))
  const top = Math.max(0, Math.floor(box.top))
  const width = Math.min(widthPixels, Math.ceil(box.left + box.width)) - left
  const height = Math.min(heightPixels, Math.ceil(box.top + box.height)) - top
  if (width <= 0 || height <= 0) return []
  const create = { width, height, channels: 3 as const, background: '#808080' }
  return [{ input: { create }, left, top }]
}

/** Pixels of the upright photo. */
export function maskedBoxes({ codes, lines }: PhotoReading): Box[] {
  const named = lines.filter(namesOneThing)
  const captioned = named.filter((line) => !line.words.some(isSecretWord))
  const beside = lines.filter((line) => captioned.some((caption) => standsBy(caption.box, line.box)))
  return [...codes, ...named, ...beside].map(({ box }) => widened(box))
}

function namesOneThing(line: TextLine): boolean {
  return (
    secretWords.test(line.text) ||
    findCaptions(line.text).some(({ meaning }) => secretCaptions.has(meaning)) ||
    parseReadMac(line.text.replace(/\s/g, '')) !== null ||
    line.words.some(isSecretWord)
  )
}

/** Without a hyphen and long: model names have either one or are short. */
function isSecretWord({ text }: { text: string }): boolean {
  return parseReadMac(text) !== null || (text.length >= 8 && !text.includes('-') && isSerialShaped(text))
}

/** Below it or to its right, within a line's height. */
function standsBy(caption: Box, other: Box): boolean {
  const reach = Math.max(caption.height, other.height)
  const isBelow =
    Math.abs(other.top - caption.top - caption.height) <= reach && overlaps(caption, other, 'left', 'width')
  const isBeside = other.left >= caption.left && other.left - caption.left - caption.width <= 3 * reach
  return isBelow || (isBeside && overlaps(caption, other, 'top', 'height'))
}

function overlaps(a: Box, b: Box, from: 'left' | 'top', size: 'width' | 'height'): boolean {
  return a[from] < b[from] + b[size] && b[from] < a[from] + a[size]
}

function widened({ left, top, width, height }: Box): Box {
  return {
    left: left - marginPixels,
    top: top - marginPixels,
    width: width + 2 * marginPixels,
    height: height + 2 * marginPixels,
  }
}
