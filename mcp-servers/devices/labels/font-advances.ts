import { readFileSync } from 'node:fs'

/** Widths of a font's characters, without asking a renderer: fitting a text measures it many times. */
export interface FontAdvances {
  /** In units of the font size; kerning left aside. */
  widthOf(text: string): number
}

/** Reads `head`, `hhea`, `hmtx` and the Unicode `cmap` of a TrueType file (OpenType 1.9, chapters of these names). */
export function fontAdvances(path: string): FontAdvances {
  const file = readFileSync(path)
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const tables = tableOffsets(view)
  const unitsPerEm = view.getUint16(tables('head') + 18)
  const lastFullMetric = view.getUint16(tables('hhea') + 34) - 1
  const metrics = tables('hmtx')
  const glyphs = glyphsByCharacter(view, tables('cmap'))
  const advanceOf = (glyph: number) => view.getUint16(metrics + Math.min(glyph, lastFullMetric) * 4)
  return {
    widthOf(text) {
      let units = 0
      for (const character of text) units += advanceOf(glyphs.get(character.codePointAt(0) ?? 0) ?? 0)
      return units / unitsPerEm
    },
  }
}

function tableOffsets(view: DataView): (tag: string) => number {
  const offsets = new Map<string, number>()
  for (let at = 12; at < 12 + view.getUint16(4) * 16; at += 16) {
    const tag = [0, 1, 2, 3].map((byte) => String.fromCharCode(view.getUint8(at + byte))).join('')
    offsets.set(tag, view.getUint32(at + 8))
  }
  return (tag) => {
    const offset = offsets.get(tag)
    if (offset === undefined) throw new Error(`The font has no ${tag} table`)
    return offset
  }
}

/**
 * Format 4, the subtable of the Basic Multilingual Plane: length +2, segments×2 +6, ends +14, two bytes, starts, deltas,
 * range offsets. A segment with a range offset points into the glyph array behind itself.
 */
function glyphsByCharacter(view: DataView, cmap: number): Map<number, number> {
  const table = format4(view, cmap)
  const sizeBytes = view.getUint16(table + 6)
  const glyphs = new Map<number, number>()
  for (let at = 0; at < sizeBytes; at += 2) {
    const end = view.getUint16(table + 14 + at)
    const start = view.getUint16(table + 16 + sizeBytes + at)
    const delta = view.getUint16(table + 16 + sizeBytes * 2 + at)
    const rangeAt = table + 16 + sizeBytes * 3 + at
    const range = view.getUint16(rangeAt)
    for (let code = start; code <= end && code < 0xffff; code += 1) {
      const raw = range === 0 ? code : view.getUint16(rangeAt + range + (code - start) * 2)
      glyphs.set(code, range !== 0 && raw === 0 ? 0 : (raw + delta) & 0xffff)
    }
  }
  return glyphs
}

function format4(view: DataView, cmap: number): number {
  for (let record = 0; record < view.getUint16(cmap + 2); record += 1) {
    const table = cmap + view.getUint32(cmap + 4 + record * 8 + 4)
    if (view.getUint16(table) === 4) return table
  }
  throw new Error('The font has no character table of format 4')
}
