import type { Box } from '../intake/item.ts'
import type { TextLine, TextWord } from '../photo/photo-reading.ts'
import { sharedHeight, sharedWidth, unionOf } from './box-geometry.ts'
import { type CaptionMeaning, type CaptionSpan, findCaptions, valueAfter } from './captions.ts'
import { levelLines } from './level-lines.ts'

/** A caption and the text that stands beside or under it. */
export interface CaptionedValue {
  meaning: CaptionMeaning
  caption: string
  /** Empty when the reader saw only the caption. */
  value: string
  /** 0 to 1: the worst word of the value. */
  confidence: number
  box: Box | null
  captionBox: Box
}

interface CaptionInLine {
  line: TextLine
  span: CaptionSpan
  next: CaptionSpan | undefined
  /** Levelled. */
  box: Box
  inPhoto: Box
}

/** Pairs captions with values: on the same line, else to the right, else on the line below in the caption's column. */
export function readCaptions(tilted: TextLine[]): CaptionedValue[] {
  const { lines, places } = levelLines(tilted)
  const inPhoto = (words: TextWord[]) => unionOf(words.map((word) => places.get(word) ?? word.box))
  const captions = lines.flatMap((line) => {
    const spans = findCaptions(line.text)
    return spans.map((span, place): CaptionInLine => {
      const words = wordsBetween(line, span.start, span.end)
      const box = unionOf(words.map((word) => word.box)) ?? line.box
      return { line, span, next: spans[place + 1], box, inPhoto: inPhoto(words) ?? box }
    })
  })
  const startsWithCaption = new Set(captions.filter(({ span }) => span.start <= 2).map(({ line }) => line))
  const free = lines.filter((line) => !startsWithCaption.has(line))
  return captions.map((caption) => {
    const found = sameLine(caption) ?? toTheRight(caption, free) ?? below(caption, captions, free)
    return {
      meaning: caption.span.meaning,
      caption: caption.span.caption,
      value: found?.text ?? '',
      confidence: found ? Math.min(...found.words.map((word) => word.confidence), 1) : 0,
      box: found ? inPhoto(found.words) : null,
      captionBox: caption.inPhoto,
    }
  })
}

interface FoundValue {
  text: string
  words: TextWord[]
}

function sameLine({ line, span, next }: CaptionInLine): FoundValue | null {
  const text = valueAfter(line.text, span, next)
  if (!/[a-z0-9]{2}/i.test(text)) return null
  return { text, words: wordsBetween(line, span.end, next?.start ?? line.text.length) }
}

function toTheRight(caption: CaptionInLine, lines: TextLine[]): FoundValue | null {
  if (caption.next) return null
  const reach = caption.box.height * 12
  const candidates = lines
    .filter((line) => line !== caption.line)
    .map((line) => ({ line, gap: line.box.left - (caption.box.left + caption.box.width) }))
    .filter(
      ({ line, gap }) =>
        gap > -caption.box.height / 2 &&
        gap < reach &&
        sharedHeight(line.box, caption.box) > Math.min(line.box.height, caption.box.height) / 2,
    )
    .sort((one, other) => one.gap - other.gap)
  return wholeValue(candidates[0]?.line)
}

function below(caption: CaptionInLine, captions: CaptionInLine[], lines: TextLine[]): FoundValue | null {
  const { box } = caption
  const columnEnd = columnEndOf(caption, captions)
  const candidates = lines
    .filter((line) => line !== caption.line)
    .map((line) => ({ line, gap: line.box.top - (box.top + box.height) }))
    .filter(
      ({ line, gap }) => gap > -box.height / 2 && gap < box.height * 2 && sharedWidth(line.box, box) > 0,
    )
    .sort((one, other) => one.gap - other.gap)
  for (const { line } of candidates) {
    const words = line.words.filter((word) => {
      const middle = word.box.left + word.box.width / 2
      return middle > box.left - box.height && middle < columnEnd
    })
    const text = tidy(words.map((word) => word.text).join(' '))
    if (/[a-z0-9]{2}/i.test(text)) return { text, words }
  }
  return null
}

/** A row of captions over a row of values: the column of one ends where the next caption begins. */
function columnEndOf(caption: CaptionInLine, captions: CaptionInLine[]): number {
  const right = captions
    .filter(
      (other) =>
        other !== caption && other.box.left > caption.box.left && sharedHeight(other.box, caption.box) > 0,
    )
    .map((other) => other.box.left)
  return Math.min(...right, Number.POSITIVE_INFINITY) - caption.box.height / 2
}

function wholeValue(line: TextLine | undefined): FoundValue | null {
  if (!line) return null
  const end = findCaptions(line.text)[0]?.start ?? line.text.length
  const text = tidy(line.text.slice(0, end))
  return /[a-z0-9]{2}/i.test(text) ? { text, words: wordsBetween(line, 0, end) } : null
}

function tidy(text: string): string {
  return text.replace(/^[\s:;#.=|*_~-]+|[\s:;|(*_~-]+$/g, '')
}

/** The words of a line that lie between two places of its text. */
export function wordsBetween(line: TextLine, start: number, end: number): TextWord[] {
  let from = 0
  return line.words.filter((word) => {
    const at = line.text.indexOf(word.text, from)
    if (at === -1) return false
    from = at + word.text.length
    return at < end && from > start
  })
}
