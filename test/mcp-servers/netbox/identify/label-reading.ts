import { catalogueTables, openCatalogue } from '../../../../mcp-servers/netbox/catalogue/catalogue.ts'
import { interpretPhoto } from '../../../../mcp-servers/netbox/identify/interpret-photo.ts'
import { scoreFields } from '../../../../mcp-servers/netbox/identify/score-fields.ts'
import type { Evidence, FieldName, Reading, ScoredField } from '../../../../mcp-servers/netbox/intake/item.ts'
import type { CodeSeen, PhotoReading, TextLine } from '../../../../mcp-servers/netbox/photo/photo-reading.ts'
import { openDatabase } from '../../../../mcp-servers/serving/database.ts'

export function starterCatalogue() {
  return openCatalogue(openDatabase(':memory:', [catalogueTables]))
}

/** A line of text whose characters are 20 pixels wide; `row` is 60 pixels high. */
export function textLine(
  text: string,
  row: number,
  place: { left?: number; confidence?: number } = {},
): TextLine {
  const { left = 0, confidence = 0.9 } = place
  const words = [...text.matchAll(/\S+/g)].map((match) => ({
    text: match[0],
    confidence,
    box: { left: left + match.index * 20, top: row * 60, width: match[0].length * 20, height: 40 },
  }))
  return { text, confidence, words, box: { left, top: row * 60, width: text.length * 20, height: 40 } }
}

/** The line on a label that is held askew: `slope` is how far it falls per pixel to the right. */
export function tilted(line: TextLine, slope: number): TextLine {
  const turn = (box: TextLine['box']) => ({
    left: box.left - slope * box.top,
    top: box.top + slope * box.left + Math.min(0, slope) * box.width,
    width: box.width + Math.abs(slope) * box.height,
    height: box.height + Math.abs(slope) * box.width,
  })
  const words = line.words.map((word) => ({ ...word, box: turn(word.box) }))
  return { ...line, box: turn(line.box), words }
}

/** The line on a label that is held turned a quarter or half round, as the reader tells it. */
export function turned(line: TextLine, rotationDegrees: 90 | 180 | 270): TextLine {
  const words = line.words.map((word) => ({ ...word, box: turnedBox(word.box, rotationDegrees) }))
  return {
    ...line,
    box: turnedBox(line.box, rotationDegrees),
    words,
    rotationDegrees,
    capitalPixels: line.box.height,
  }
}

export function turnedBox({ left, top, width, height }: TextLine['box'], degrees: 90 | 180 | 270) {
  const side = 2000
  if (degrees === 180) return { left: side - left - width, top: side - top - height, width, height }
  return degrees === 90
    ? { left: side - top - height, top: left, width: height, height: width }
    : { left: top, top: side - left - width, width: height, height: width }
}

export function code(text: string, row: number, symbology = 'Code 128'): CodeSeen {
  return { text, symbology, rotationDegrees: 0, box: { left: 0, top: row * 60, width: 500, height: 50 } }
}

export function photo(lines: (string | TextLine)[], codes: CodeSeen[] = []): PhotoReading {
  return {
    widthPixels: 2000,
    heightPixels: 1500,
    codes,
    lines: lines.map((line, row) => (typeof line === 'string' ? textLine(line, row) : line)),
    elapsedMs: { codes: 1, text: 1 },
  }
}

export function evidenceOf(readings: Reading[]): Evidence[] {
  return readings.map((reading, place) => ({
    ...reading,
    id: String(place).padStart(26, '0'),
    itemId: 'item',
    createdAtMs: 1000 + place,
  }))
}

const catalogue = starterCatalogue()

/** The scored fields of a photo, by name. */
export function fieldsOf(reading: PhotoReading): (field: FieldName) => ScoredField {
  const fields = scoreFields(evidenceOf(interpretPhoto(reading, 'photo-1', catalogue)))
  return (name) => {
    const found = fields.find(({ field }) => field === name)
    if (!found) throw new Error(`${name} was not scored`)
    return found
  }
}

/** Value and probability of a field, for comparing. */
export function seen(field: ScoredField): [string | null, number] {
  return [field.value, field.probability]
}
