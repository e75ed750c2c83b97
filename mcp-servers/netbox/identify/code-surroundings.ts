import type { CodeSeen, TextLine } from '../photo/photo-reading.ts'
import { gapBetween, unionOf } from './box-geometry.ts'
import type { CaptionedValue } from './captioned-values.ts'
import { editDistance, foldConfusables, isGarbled } from './confusables.ts'
import type { IdentifiedData } from './data-identifiers.ts'

/**
 * The caption that a bare code belongs to: the one whose value reads like the code, else an otherwise unread caption that
 * is clearly the nearest to a linear code while the code is clearly the nearest to it.
 */
export function captionOfCode(
  code: CodeSeen,
  captions: CaptionedValue[],
  codes: CodeSeen[],
): CaptionedValue | null {
  const same = captions.find((caption) => isValueOf(code.text, caption, foldedEqual))
  if (same) return same
  const garbled = captions.find(
    (caption) =>
      isValueOf(code.text, caption, (one, other) => one.length >= 6 && isGarbled(one, other)) &&
      !codes.some((other) => other.text !== code.text && isValueOf(other.text, caption, isGarbled)),
  )
  return garbled ?? captionByPlace(code, captions, codes)
}

function foldedEqual(one: string, other: string): boolean {
  return foldConfusables(one) === foldConfusables(other)
}

function isValueOf(
  text: string,
  { value }: CaptionedValue,
  matches: (one: string, other: string) => boolean,
): boolean {
  if (value === '') return false
  return [value, ...value.split(/\s+/)].some((candidate) => matches(text, candidate))
}

const clearlyNearer = 1.6

function captionByPlace(
  code: CodeSeen,
  captions: CaptionedValue[],
  codes: CodeSeen[],
): CaptionedValue | null {
  if (!isLinear(code)) return null
  const distance = (caption: CaptionedValue, other: CodeSeen) =>
    gapBetween(
      unionOf(caption.box ? [caption.captionBox, caption.box] : [caption.captionBox]) ?? caption.captionBox,
      other.box,
    )
  const [nearest, next] = captions
    .map((caption) => ({ caption, gap: distance(caption, code) }))
    .sort((one, other) => one.gap - other.gap)
  if (!nearest) return null
  const { caption, gap } = nearest
  const unit = Math.max(Math.min(caption.captionBox.height, caption.captionBox.width), 1)
  const unread = caption.value === '' || caption.confidence < 0.4
  const rivalCode = Math.min(
    ...codes.filter((other) => other.text !== code.text).map((other) => distance(caption, other)),
    Number.POSITIVE_INFINITY,
  )
  const clear = (rival: number) => rival > gap * clearlyNearer + unit / 2
  const alone = (next === undefined || clear(next.gap)) && clear(rivalCode)
  return unread && alone && gap < unit * 2.5 ? caption : null
}

const matrixSymbologies = /QR|Matrix|Aztec|PDF|Maxi/i

function isLinear(code: CodeSeen): boolean {
  return !matrixSymbologies.test(code.symbology)
}

/**
 * Settles whether bare codes that begin like a data identifier really carry one: the text beside says "(1P)", or shows
 * the value without it, or another code on the label begins with an identifier that nothing else begins with.
 */
export function identifierJudge(
  all: IdentifiedData[],
  lines: TextLine[],
  captions: CaptionedValue[],
): (data: IdentifiedData, whole: string) => 'identifier' | 'whole' | 'unknown' {
  const words = new Set(
    lines.flatMap((line) => line.text.split(/[\s:()*]+/)).map((word) => foldConfusables(word)),
  )
  const printed = new Set(
    lines.flatMap((line) => [...line.text.matchAll(/\((\d{0,2}[A-Z])\)/g)].map((match) => match[1] ?? '')),
  )
  const kinds = new Set(all.map((data) => data.identifier))
  const labelUsesIdentifiers = kinds.size >= 2 && [...kinds].some((identifier) => /^\d/.test(identifier))
  return (data, whole) => {
    const showsWhole = words.has(foldConfusables(whole))
    const showsValue = data.value.length >= 4 && words.has(foldConfusables(data.value))
    if (showsWhole !== showsValue) return showsWhole ? 'whole' : 'identifier'
    const nearer = nearerReading(data.value, whole, captions)
    if (nearer !== 'unknown') return nearer
    return printed.has(data.identifier) || labelUsesIdentifiers ? 'identifier' : 'unknown'
  }
}

/** A misread value beside a caption is still nearer to the one text than to the other, which is a character longer. */
function nearerReading(
  value: string,
  whole: string,
  captions: CaptionedValue[],
): 'identifier' | 'whole' | 'unknown' {
  const limit = Math.floor(whole.length / 3)
  for (const caption of captions) {
    const read = foldConfusables(caption.value.split(/\s+/)[0] ?? '')
    const [toWhole, toValue] = [whole, value].map((text) => editDistance(foldConfusables(text), read, limit))
    if (toWhole === undefined || toValue === undefined || Math.min(toWhole, toValue) > limit) continue
    if (toWhole !== toValue) return toWhole < toValue ? 'whole' : 'identifier'
  }
  return 'unknown'
}
