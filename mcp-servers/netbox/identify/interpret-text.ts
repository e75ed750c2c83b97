import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Reading } from '../intake/item.ts'
import type { TextLine } from '../photo/photo-reading.ts'
import { readCaptions } from './captioned-values.ts'
import { textReadings } from './interpret-photo.ts'

/** Who wrote the text. Only a signed-in person's own words may be `operator`; everything else is `said`. */
export interface TextAuthor {
  kind: 'operator' | 'said'
  /** "operator", "note", a model's name. */
  source: string
}

const longestText = 5000

/**
 * What a typed description says: captioned values, device types of the catalogue, MAC addresses. As `said` everything in
 * it is said, what follows from the catalogue included, so that a model's note never carries a field over the gate.
 */
export function interpretText(
  text: string,
  catalogue: Catalogue,
  author: TextAuthor = { kind: 'said', source: 'note' },
): Reading[] {
  const lines = text.slice(0, longestText).split(/\r?\n/).filter(Boolean).map(typedLine)
  const readings = textReadings(lines, readCaptions(lines), catalogue, null)
  const hasType = readings.some((reading) => reading.kind === 'catalogue' && reading.field === 'manufacturer')
  return readings
    .filter((reading) => !(hasType && reading.field === 'manufacturer' && reading.kind === 'read'))
    .map((reading) => typedReading(reading, readings, author))
}

/** A person's word counts as such only where the text says one thing about the field. */
function typedReading(reading: Reading, all: Reading[], author: TextAuthor): Reading {
  const own = reading.kind === 'read'
  const several = all.some(
    (other) => other.field === reading.field && other.kind === 'read' && other.value !== reading.value,
  )
  const said = author.kind === 'said' || (own && several)
  return {
    ...reading,
    kind: said ? 'said' : own ? 'operator' : reading.kind,
    source: own || said ? author.source : reading.source.replace('OCR', author.source),
    readerConfidence: null,
    box: null,
  }
}

/** Typed text has no places; one character is one unit wide, one line ten units high. */
function typedLine(text: string, row: number): TextLine {
  const words = [...text.matchAll(/\S+/g)].map((match) => ({
    text: match[0],
    confidence: 1,
    box: { left: match.index, top: row * 1000, width: match[0].length, height: 10 },
  }))
  return { text, confidence: 1, box: { left: 0, top: row * 1000, width: text.length, height: 10 }, words }
}
