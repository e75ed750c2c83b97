import type { Catalogue, ModelMatches } from '../catalogue/catalogue.ts'
import type { Box } from '../intake/item.ts'
import type { TextLine } from '../photo/photo-reading.ts'
import { unionOf } from './box-geometry.ts'
import type { CaptionedValue } from './captioned-values.ts'
import { wordsBetween } from './captioned-values.ts'
import { isTellingName } from './model-claims.ts'

export interface ModelFound {
  /** As read. */
  text: string
  found: ModelMatches
  /** 0 to 1: the worst of its words. */
  confidence: number
  box: Box | null
  /** It stands behind "Model", "P/N" or the like. */
  captioned: boolean
}

const longestWords = 7

/** Device types of the catalogue in the text, longest names first; `makers` are the catalogue's makers that the text names. */
export function findModels(
  lines: TextLine[],
  captioned: CaptionedValue[],
  makers: Set<string>,
  catalogue: Catalogue,
): ModelFound[] {
  const all = lines.flatMap((line) => modelsInLine(line, captioned, makers, catalogue))
  const strong = all.some((model) => model.captioned) ? all.filter((model) => model.captioned) : all
  return strong.filter(
    (model) => !strong.some((other) => other !== model && isPartOfName(model.text, other.text)),
  )
}

function isPartOfName(part: string, whole: string): boolean {
  return part.length < whole.length && whole.toLowerCase().includes(part.toLowerCase())
}

function modelsInLine(
  line: TextLine,
  captioned: CaptionedValue[],
  makers: Set<string>,
  catalogue: Catalogue,
): ModelFound[] {
  const chosen: (ModelFound & { start: number; end: number })[] = []
  for (const window of windowsOf(line.text)) {
    if (chosen.some((other) => window.start < other.end && other.start < window.end)) continue
    const isCaptioned = captioned.some(
      ({ meaning, value }) =>
        (meaning === 'model' || meaning === 'part_number') && value.includes(window.text),
    )
    const found = isTellingName(window.text, true) ? catalogue.byModel(window.text) : null
    const named = isCaptioned || (found?.matches.some(({ entry }) => makers.has(entry.manufacturer)) ?? false)
    if (!found || found.matches.length === 0 || !isTellingName(window.text, named)) continue
    const words = wordsBetween(line, window.start, window.end)
    chosen.push({
      ...window,
      found,
      confidence: Math.min(...words.map((word) => word.confidence), 1),
      box: unionOf(words.map((word) => word.box)) ?? line.box,
      captioned: isCaptioned,
    })
  }
  return chosen
}

/** Runs of up to seven words, longest first. */
function windowsOf(text: string): { text: string; start: number; end: number }[] {
  const tokens = [...text.matchAll(/[^\s:,;|()"“”]+/g)].slice(0, 40)
  const windows: { text: string; start: number; end: number }[] = []
  for (let first = 0; first < tokens.length; first++)
    for (let last = first; last < Math.min(tokens.length, first + longestWords); last++) {
      const [from, to] = [tokens[first], tokens[last]]
      if (!from || !to) continue
      const start = from.index
      const raw = text.slice(start, to.index + to[0].length)
      const trimmed = raw.replace(/[^A-Za-z0-9+]+$/, '').replace(/^[^A-Za-z0-9]+/, '')
      if (trimmed.length >= 3 && trimmed.length <= 60)
        windows.push({ text: trimmed, start, end: start + raw.length })
    }
  return windows.sort((one, other) => other.text.length - one.text.length || one.start - other.start)
}
