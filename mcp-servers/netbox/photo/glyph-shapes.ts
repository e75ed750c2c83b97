import { findBlobs } from './blobs.ts'
import type { GrayImage } from './gray-image.ts'
import { type PlacedWord, textAt } from './word-votes.ts'

/**
 * What the drawn letters tell beyond the OCR engine, which sometimes gives one letter twice ("O0" for a zero) and cannot
 * tell O from 0: how many letters stand in a word, and how wide each is. In proportional faces an O is much wider than the
 * figures, which are all alike.
 */

/** Sides of one letter as shares of the picture's width. */
interface Glyph {
  from: number
  to: number
}

/** `image` is the drawn line, dark on white, that the words' places refer to. */
export function settleByShape(
  words: PlacedWord[],
  readings: PlacedWord[][],
  image: GrayImage,
  capitalPixels: number,
): PlacedWord[] {
  if (!words.some((word) => isNumber(word.text))) return words
  const glyphs = findGlyphs(image, capitalPixels)
  const settled = words.map((word) => {
    const own = glyphs.filter(({ from, to }) => {
      const middle = (from + to) / 2
      return middle > word.from && middle < word.to
    })
    const apart = own.every(({ from, to }) => (to - from) * image.width < capitalPixels * 1.25)
    return { word: apart ? fitLength(word, own.length, readings) : word, own }
  })
  const widths = letterWidths(settled)
  return settled.map(({ word, own }) => (widths ? roundsByWidth(word, own, widths) : word))
}

const letters = (text: string) => text.replace(/[^A-Za-z0-9]/g, '')

function isNumber(text: string): boolean {
  return text.length >= 5 && /\d/.test(text) && /^[A-Z0-9-]+$/.test(text)
}

/** A reading with as many letters as there are glyphs is better than one with a letter more or less. */
function fitLength(word: PlacedWord, count: number, readings: PlacedWord[][]): PlacedWord {
  if (!isNumber(word.text) || letters(word.text).length === count) return word
  const fitting = readings
    .flatMap((reading) => textAt(reading, word) ?? [])
    .filter(({ text }) => letters(text).length === count && isNumber(text))
    .sort((one, other) => other.confidence - one.confidence)[0]
  if (fitting) return { ...word, text: fitting.text, confidence: fitting.confidence * 0.8 }
  if (letters(word.text).length !== count + 1) return word
  const single = withoutTwin(word.text)
  return single ? { ...word, text: single, confidence: word.confidence * 0.8 } : word
}

/** Letters that the engine gives twice, and the one that is meant. */
const twins: [RegExp, string][] = [
  [/O0|0O/, '0'],
  [/S8|8S|B8|8B/, '8'],
  [/S5|5S/, '5'],
  [/I1|1I|L1/, '1'],
  [/JI|JL/, 'J'],
  [/Z2|2Z/, '2'],
  [/G6|6G/, '6'],
]

/** Null unless exactly one pair of twins is there. */
function withoutTwin(text: string): string | null {
  const found = twins.filter(([pair]) => pair.test(text))
  const only = found[0]
  if (!only || found.length > 1) return null
  return [...text.matchAll(new RegExp(only[0], 'g'))].length === 1 ? text.replace(only[0], only[1]) : null
}

function findGlyphs({ pixels, width, height }: GrayImage, capitalPixels: number): Glyph[] {
  const mask = Uint8Array.from(pixels, (value) => (value < 128 ? 1 : 0))
  const tall = findBlobs(mask, width, height)
    .filter((blob) => blob.bottom - blob.top > capitalPixels * 0.6)
    .sort((one, other) => one.left - other.left)
  const glyphs: { left: number; right: number }[] = []
  for (const { left, right } of tall) {
    const last = glyphs.at(-1)
    const shared = last ? last.right - left : 0
    if (last && shared > Math.min(right - left, last.right - last.left) * 0.5)
      last.right = Math.max(last.right, right)
    else glyphs.push({ left, right })
  }
  return glyphs.map(({ left, right }) => ({ from: left / width, to: right / width }))
}

interface LetterWidths {
  figure: number
  capital: number
}

/** Widths in the line's face; null where it is a typewriter's, or too little is there to tell. */
function letterWidths(settled: { word: PlacedWord; own: Glyph[] }[]): LetterWidths | null {
  const pairs = settled.flatMap(({ word, own }) => {
    const plain = letters(word.text)
    return plain.length === own.length ? own.map((glyph, at) => ({ glyph, letter: plain[at] ?? '' })) : []
  })
  const median = (pattern: RegExp) => {
    const found = pairs
      .filter(({ letter }) => pattern.test(letter))
      .map(({ glyph }) => glyph.to - glyph.from)
      .sort((one, other) => one - other)
    return found.length < 2 ? null : (found[Math.floor(found.length / 2)] ?? null)
  }
  const [figure, capital] = [median(/[2-9]/), median(/[ACDGHKNRUVXY]/)]
  return figure && capital && capital > figure * 1.2 ? { figure, capital } : null
}

/** 0 for a round letter as wide as the figures, O for one as wide as the capitals. */
function roundsByWidth(word: PlacedWord, own: Glyph[], { figure, capital }: LetterWidths): PlacedWord {
  if (!isNumber(word.text) || letters(word.text).length !== own.length) return word
  let at = 0
  const text = [...word.text]
    .map((letter) => {
      if (letter === '-') return letter
      const glyph = own[at++]
      if (!glyph || !/[0O]/.test(letter)) return letter
      const wide = glyph.to - glyph.from
      if (wide < figure * 1.04) return '0'
      return wide > capital * 1.02 ? 'O' : letter
    })
    .join('')
  return { ...word, text }
}
