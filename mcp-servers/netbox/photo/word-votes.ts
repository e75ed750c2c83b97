import type { EngineWord } from './text-engine.ts'

/**
 * The OCR engine is confidently wrong about 0/O, 8/B, 5/S in soft pictures, so every line is read from differently drawn
 * pictures and the readings vote. `places` are shares of the line's length, so that differently drawn pictures compare.
 */
export interface PlacedWord {
  text: string
  confidence: number
  /** 0 at the left end of the picture, 1 at the right. */
  from: number
  to: number
  top: number
  bottom: number
}

export function placeWords(words: EngineWord[], size: { width: number; height: number }): PlacedWord[] {
  return words
    .map((word) => ({
      text: word.text,
      confidence: word.confidence,
      from: word.left / size.width,
      to: word.right / size.width,
      top: word.top / size.height,
      bottom: word.bottom / size.height,
    }))
    .sort((a, b) => a.from - b.from)
}

/** Whether both readings hold the same words. */
export function sameWords(a: PlacedWord[], b: PlacedWord[]): boolean {
  return a.map((word) => word.text).join(' ') === b.map((word) => word.text).join(' ')
}

/**
 * One line out of several readings. A word that all read alike gains confidence; one that only most read alike keeps
 * most of it; a word nobody agrees on keeps half.
 */
export function voteOnWords(readings: PlacedWord[][]): PlacedWord[] {
  const filled = readings.filter((reading) => reading.length > 0)
  const base = filled.reduce<PlacedWord[]>(
    (best, reading) => (weight(reading) > weight(best) ? reading : best),
    [],
  )
  return base.map((word) => {
    const others = filled.filter((reading) => reading !== base).map((reading) => textAt(reading, word))
    return decide(word, others, readings.length)
  })
}

function weight(reading: PlacedWord[]): number {
  const letters = reading.reduce((sum, word) => sum + word.text.length, 0)
  return letters === 0
    ? 0
    : reading.reduce((sum, word) => sum + word.confidence * word.text.length, 0) / letters
}

interface Rival {
  text: string
  confidence: number
}

/** What the other reading has where the word is. */
export function textAt(reading: PlacedWord[], word: PlacedWord): Rival | null {
  const there = reading.filter((other) => {
    const shared = Math.min(other.to, word.to) - Math.max(other.from, word.from)
    return shared > 0.5 * Math.min(other.to - other.from, word.to - word.from)
  })
  if (there.length === 0) return null
  return {
    text: there.map((other) => other.text).join(''),
    confidence: Math.min(...there.map((other) => other.confidence)),
  }
}

function decide(word: PlacedWord, others: (Rival | null)[], readings: number): PlacedWord {
  const rivals = others.filter((other) => other !== null)
  const agreeing = rivals.filter((rival) => rival.text === word.text)
  if (readings > 1 && agreeing.length === readings - 1) {
    const best = Math.max(word.confidence, ...agreeing.map((rival) => rival.confidence))
    return { ...word, confidence: Math.min(0.99, best + (1 - best) * 0.5) }
  }
  if (agreeing.length > 0) return { ...word, confidence: word.confidence * 0.8 }
  const pair = rivals.find((rival) => rivals.some((other) => other !== rival && other.text === rival.text))
  if (pair) return { ...word, text: pair.text, confidence: pair.confidence * 0.8 }
  return {
    ...word,
    text: letterMajority([word.text, ...rivals.map((rival) => rival.text)]),
    confidence: word.confidence * 0.5,
  }
}

/** Three readings of one length vote letter by letter; otherwise the first stands. */
function letterMajority(texts: string[]): string {
  const first = texts[0] ?? ''
  if (texts.length < 3 || texts.some((text) => text.length !== first.length)) return first
  return [...first]
    .map((letter, at) => {
      const rest = texts.slice(1).map((text) => text[at])
      return rest.every((other) => other === rest[0]) ? (rest[0] ?? letter) : letter
    })
    .join('')
}
