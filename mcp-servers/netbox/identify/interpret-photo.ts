import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Reading } from '../intake/item.ts'
import type { PhotoReading, TextLine } from '../photo/photo-reading.ts'
import { type CaptionedValue, readCaptions, wordsBetween } from './captioned-values.ts'
import { ciscoDate } from './cisco-serial.ts'
import { type Claim, readingOf, type Seen } from './claim.ts'
import { foldConfusables } from './confusables.ts'
import { isTagOfCode } from './dell-service-tag.ts'
import { findModels, type ModelFound } from './find-models.ts'
import { type InterpretedCode, interpretCodes } from './interpret-codes.ts'
import { parseReadMac } from './mac-address.ts'
import { macClaims } from './mac-claims.ts'
import { modelClaims } from './model-claims.ts'
import { isTag } from './serial-shape.ts'
import { claimsOfValue } from './value-claims.ts'
import { vendorsIn } from './vendor-names.ts'

/** Below this a reader is guessing: a name that is in the catalogue may be a misread of another one. */
const sureConfidence = 0.5

/** Evidence from one photo, made by code alone: decoded codes, captions, syntax and the catalogue. No model's word is in it. */
export function interpretPhoto(reading: PhotoReading, attachmentId: string, catalogue: Catalogue): Reading[] {
  const captions = readCaptions(reading.lines)
  const codes = interpretCodes(reading.codes, reading.lines, captions, catalogue)
  const readings = [
    ...codes.flatMap((interpreted) => codeReadings(interpreted, attachmentId)),
    ...textReadings(reading.lines, captions, catalogue, attachmentId).filter(
      (read) => !isOtherFieldOfCode(read, codes),
    ),
  ]
  return distinct(withDellCheck(readings, captions, reading))
}

function codeReadings({ code, claims }: InterpretedCode, attachmentId: string): Reading[] {
  const seen: Seen = {
    kind: 'decoded',
    source: code.symbology,
    quote: code.text,
    confidence: null,
    box: code.box,
    attachmentId,
  }
  return [...claims, ...claims.flatMap(ciscoMaker)].map((claim) => readingOf(claim, seen))
}

function ciscoMaker(claim: Claim): Claim[] {
  return claim.field === 'serial' && claim.syntax === 'labelled' && ciscoDate(claim.value)
    ? [{ field: 'manufacturer', value: 'Cisco', syntax: 'shaped', follows: 'derived' }]
    : []
}

/** What the text alone says: captioned values, device types, makers, MAC addresses; the codes are not looked at. */
export function textReadings(
  lines: TextLine[],
  captions: CaptionedValue[],
  catalogue: Catalogue,
  attachmentId: string | null,
): Reading[] {
  const ocr = { kind: 'read', source: 'OCR', attachmentId } as const
  const makers = lines.flatMap((line) => makerReadings(line, ocr))
  const models = findModels(lines, captions, new Set(makers.map((maker) => maker.value)), catalogue)
  return [
    ...captions.flatMap((caption) => captionReadings(caption, models, ocr)),
    ...models.flatMap(({ found, text, confidence, box }) =>
      modelClaims(found, 'read', confidence >= sureConfidence).map((claim) =>
        readingOf(claim, { ...ocr, quote: text, confidence, box }),
      ),
    ),
    ...(namesModel(captions) || models.length > 0
      ? []
      : lines.flatMap((line) => bareModel(line, captions, ocr))),
    ...makers,
    ...lines.flatMap((line) => patternReadings(line, ocr)),
    ...secondaryMacs(captions, ocr),
  ]
}

type Reader = Pick<Seen, 'kind' | 'source' | 'attachmentId'>

function captionReadings(caption: CaptionedValue, models: ModelFound[], reader: Reader): Reading[] {
  if (caption.value === '') return []
  const inCatalogue = models.some((model) => caption.value.includes(model.text))
  return claimsOfValue(caption.meaning, caption.value, 'read')
    .filter((claim) => !(claim.field === 'model' && inCatalogue))
    .flatMap((claim) => [claim, ...ciscoMaker(claim)])
    .map((claim) => readingOf(claim, captionSeen(caption, reader)))
}

function captionSeen(caption: CaptionedValue, reader: Reader): Seen {
  return {
    ...reader,
    quote: `${caption.caption}: ${caption.value}`,
    confidence: caption.confidence,
    box: caption.box,
  }
}

function namesModel(captions: CaptionedValue[]): boolean {
  return captions.some(({ meaning, value }) => meaning === 'model' && value !== '')
}

/** A line that is one word in the shape of a model number: a first guess when nothing names a model. */
function bareModel(line: TextLine, captions: CaptionedValue[], reader: Reader): Reading[] {
  const text = line.text.trim()
  if (!/^[A-Z]{2,6}-?\d{2,5}(?:-?[A-Z0-9]{1,4}){0,2}\+?$/.test(text) || text.length > 14 || isTag(text))
    return []
  if (isRating(text) || captions.some(({ value }) => value.includes(text))) return []
  const seen = { ...reader, quote: line.text, confidence: line.confidence, box: line.box }
  return [readingOf({ field: 'model', value: text, syntax: 'plain' }, seen)]
}

/** "DC12V1A", "AC100-240V" */
const isRating = (text: string) => /^[AD]C-?\d/.test(text)

const legalForm =
  /^\W{0,3}(?:inc|corp|co\b|ltd|limited|llc|gmbh|technolog|systems|networks|computer|electronics|international)/i

/** A maker's name with its legal form names the maker; the bare name may be a logo of something inside. */
function makerReadings(line: TextLine, reader: Reader): Reading[] {
  return vendorsIn(line.text).map(({ name, quote }) => {
    const rest = line.text.slice(line.text.indexOf(quote) + quote.length)
    const syntax = legalForm.test(rest) ? 'labelled' : 'shaped'
    return readingOf(
      { field: 'manufacturer', value: name, syntax },
      { ...reader, quote: line.text, confidence: line.confidence, box: line.box },
    )
  })
}

/** MAC addresses with their separators, and HWLab's own tags, wherever they stand. */
function patternReadings(line: TextLine, reader: Reader): Reading[] {
  const patterns = /(?<![0-9A-Za-z])(?:(?:[0-9A-FOIS]{2}[:-]){5}[0-9A-FOIS]{2}|HW-\d{5,})(?![0-9A-Za-z:])/gi
  return [...line.text.matchAll(patterns)].flatMap((match) => {
    const words = wordsBetween(line, match.index, match.index + match[0].length)
    const confidence = Math.min(...words.map((word) => word.confidence), 1)
    const seen = { ...reader, quote: line.text, confidence, box: words[0]?.box ?? line.box }
    if (isTag(match[0])) return [readingOf({ field: 'asset_tag', value: match[0], syntax: 'labelled' }, seen)]
    const mac = parseReadMac(match[0])
    return (mac ? macClaims(mac, false) : []).map((claim) =>
      readingOf({ ...claim, syntax: claim.field === 'mac_address' ? 'shaped' : claim.syntax }, seen),
    )
  })
}

/** The address of a radio or a management port stands for the device only when no other is on the label. */
function secondaryMacs(captions: CaptionedValue[], reader: Reader): Reading[] {
  if (captions.some(({ meaning }) => meaning === 'mac_address')) return []
  return captions
    .filter(({ meaning }) => meaning === 'other-mac')
    .flatMap((caption) =>
      claimsOfValue('mac_address', caption.value, 'read').map((claim) =>
        readingOf({ ...claim, syntax: 'shaped' }, captionSeen(caption, reader)),
      ),
    )
}

/** OCR took a neighbour for the value: the same text was decoded and belongs to another field. */
function isOtherFieldOfCode(read: Reading, codes: InterpretedCode[]): boolean {
  const folded = foldConfusables(read.value)
  if (read.syntax === 'plain' && codes.some(({ code }) => foldConfusables(code.text) === folded)) return true
  return codes.some(({ claims }) => {
    const decoded = claims.filter(
      (claim) => !claim.follows && claim.syntax !== 'plain' && claim.syntax !== 'shaped',
    )
    return (
      (read.field === 'serial' || read.field === 'part_number') &&
      decoded.some((claim) => foldConfusables(claim.value) === folded && claim.field !== read.field)
    )
  })
}

/** A Dell service tag that agrees with the Express Service Code on the same sticker was read right. */
function withDellCheck(readings: Reading[], captions: CaptionedValue[], photo: PhotoReading): Reading[] {
  const codes = [
    ...captions.filter(({ meaning }) => meaning === 'express-code').map(({ value }) => value),
    ...photo.codes.map((code) => code.text).filter((text) => /^\d{8,11}$/.test(text.trim())),
  ]
  return readings.map((read) =>
    read.field === 'serial' && codes.some((code) => isTagOfCode(read.value, code))
      ? { ...read, syntax: 'checked' }
      : read,
  )
}

function distinct(readings: Reading[]): Reading[] {
  const kept = new Map<string, Reading>()
  for (const reading of readings) {
    const key = [reading.field, reading.value, reading.kind, reading.source, reading.syntax].join('\n')
    const before = kept.get(key)
    if (!before || (reading.readerConfidence ?? 1) > (before.readerConfidence ?? 1)) kept.set(key, reading)
  }
  return [...kept.values()]
}
