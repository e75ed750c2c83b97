import type { PhotoReading } from '../photo/photo-reading.ts'
import { isSameValue } from './gate.ts'
import type { Box, FieldName, Reading } from './item.ts'

const shortestValue = 4

interface Wanted {
  field: FieldName
  value: string
  attachmentId: string
}

/** Where the value that an operator gave is seen in a photo: support for it, drawn as a crop. */
export function lookInPhoto(photo: PhotoReading, wanted: Wanted): Reading[] {
  if (wanted.value.length < shortestValue) return []
  const row = { field: wanted.field, value: wanted.value, attachmentId: wanted.attachmentId }
  const codes = photo.codes
    .filter((code) => isSameValue(code.text, wanted.value))
    .map(
      (code): Reading => ({
        ...row,
        kind: 'decoded',
        source: code.symbology,
        quote: code.text,
        syntax: 'plain',
        readerConfidence: null,
        box: code.box,
      }),
    )
  const lines = photo.lines.flatMap((line) => {
    const found = wordsWith(line.words, wanted.value)
    if (!found) return []
    const reading: Reading = {
      ...row,
      kind: 'read',
      source: 'OCR',
      quote: line.text,
      syntax: 'plain',
      readerConfidence: found.confidence,
      box: found.box,
    }
    return [reading]
  })
  return [...codes, ...lines].slice(0, 3)
}

interface Word {
  text: string
  confidence: number
  box: Box
}

/** The run of neighbouring words that together are the value. */
function wordsWith(words: Word[], value: string): { confidence: number; box: Box } | null {
  for (let from = 0; from < words.length; from++)
    for (let to = from + 1; to <= Math.min(words.length, from + 6); to++) {
      const run = words.slice(from, to)
      if (isSameValue(run.map((word) => word.text).join(' '), value))
        return {
          confidence: Math.min(...run.map((word) => word.confidence)),
          box: around(run.map((word) => word.box)),
        }
    }
  return null
}

function around(boxes: Box[]): Box {
  const left = Math.min(...boxes.map((box) => box.left))
  const top = Math.min(...boxes.map((box) => box.top))
  return {
    left,
    top,
    width: Math.max(...boxes.map((box) => box.left + box.width)) - left,
    height: Math.max(...boxes.map((box) => box.top + box.height)) - top,
  }
}
