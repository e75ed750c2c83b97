import { drawLine, type LineLook } from './draw-line.ts'
import { type FoundLine, findText, type TextSurroundings } from './find-text.ts'
import { settleByShape } from './glyph-shapes.ts'
import { boxAround, type Frame, type Pyramid, toPhoto } from './gray-image.ts'
import type { TextLine } from './photo-reading.ts'
import type { TextEngine } from './text-engine.ts'
import { type PlacedWord, placeWords, sameWords, voteOnWords } from './word-votes.ts'

const mostLines = 44
const looks: readonly [LineLook, LineLook, LineLook] = [
  { capitalPixels: 30, sharpening: 0 },
  { capitalPixels: 38, sharpening: 0.5 },
  { capitalPixels: 24, sharpening: 0.2 },
]

interface Reading {
  line: FoundLine
  frame: Frame
  words: PlacedWord[]
}

/**
 * Finds the lines of print, reads each from two differently drawn pictures, from a third where they differ, and lets them
 * vote. Lines come in reading order: top to bottom along the main direction of the print.
 */
export async function readText(
  pyramid: Pyramid,
  surroundings: TextSurroundings,
  engine: TextEngine,
): Promise<TextLine[]> {
  const found = findText(pyramid, surroundings).slice(0, mostLines)
  const look = openLooks(pyramid, engine)
  const flipped = await isUpsideDown(found, look)
  const readings = await Promise.all(found.map((line) => readLine(line, flipped, look)))
  const photo = pyramid.levels[0]
  const filled = readings.filter(({ words }) => holdsPrint(words))
  return inReadingOrder(filled).map((reading) => textLine(reading, photo))
}

type Look = (line: FoundLine, at: 0 | 1 | 2, flipped: boolean) => ReturnType<typeof readLook>

/** Each look at a line is taken once, however often it is asked for. */
function openLooks(pyramid: Pyramid, engine: TextEngine): Look {
  const taken = new Map<FoundLine, Map<string, ReturnType<Look>>>()
  return (line, at, flipped) => {
    const ofLine = taken.get(line) ?? new Map<string, ReturnType<Look>>()
    taken.set(line, ofLine)
    const key = `${at} ${flipped}`
    const reading = ofLine.get(key) ?? readLook(pyramid, line, engine, { look: looks[at], flipped })
    ofLine.set(key, reading)
    return reading
  }
}

async function readLook(
  pyramid: Pyramid,
  line: FoundLine,
  engine: TextEngine,
  how: { look: LineLook; flipped: boolean },
) {
  const drawn = drawLine(pyramid, line, how.look, how.flipped)
  return { ...drawn, words: placeWords(await engine.readLine(drawn.image), drawn.image) }
}

/** What reads worse than this is a texture; other looks at it are not worth their time. */
const leastTrust = 0.3

async function readLine(line: FoundLine, flipped: boolean, look: Look): Promise<Reading> {
  const first = await look(line, 0, flipped)
  if (first.words.length > 0 && trust([first.words]) < leastTrust)
    return { line, frame: first.frame, words: doubted(first.words) }
  const second = await look(line, 1, flipped)
  const two = [first.words, second.words]
  const agreed = sameWords(first.words, second.words) || !two.some(holdsNumber)
  const all = agreed ? two : [...two, (await look(line, 2, flipped)).words]
  const words = settleByShape(voteOnWords(all), all, first.image, looks[0].capitalPixels)
  return { line, frame: first.frame, words }
}

/** Wood, dust and vents come out as short syllables that the engine itself does not believe. */
function holdsPrint(words: PlacedWord[]): boolean {
  return words.length > 0 && (trust([words]) >= 0.25 || words.some(({ text }) => /[A-Z0-9]{5}/.test(text)))
}

const doubted = (words: PlacedWord[]) => words.map((word) => ({ ...word, confidence: word.confidence * 0.5 }))

/** Prose is not worth a third look; what may be a serial, a model or an address is. */
function holdsNumber(words: PlacedWord[]): boolean {
  return words.some(({ text }) => text.length >= 4 && /\d/.test(text))
}

/** Reads the most promising lines both ways up, unless they read well as they are. */
async function isUpsideDown(lines: FoundLine[], look: Look): Promise<boolean> {
  const tried = lines.slice(0, 5)
  const upright = await Promise.all(tried.map((line) => look(line, 0, false)))
  const asIs = trust(upright.map((reading) => reading.words))
  if (asIs > 0.82) return false
  const turned = await Promise.all(tried.map((line) => look(line, 0, true)))
  return trust(turned.map((reading) => reading.words)) > asIs + 0.05
}

/** Mean confidence by letter; a line without words counts as nothing. */
function trust(readings: PlacedWord[][]): number {
  const words = readings.flat()
  const letters = words.reduce((sum, word) => sum + word.text.length, 0)
  return letters === 0
    ? 0
    : words.reduce((sum, word) => sum + word.confidence * word.text.length, 0) / letters
}

function inReadingOrder(readings: Reading[]): Reading[] {
  const angle = readings[0]?.frame.angleRadians ?? 0
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const down = (reading: Reading) => -reading.line.centreX * sin + reading.line.centreY * cos
  const along = (reading: Reading) => reading.line.centreX * cos + reading.line.centreY * sin
  return [...readings].sort((a, b) => {
    const step = down(a) - down(b)
    const sameRow = Math.abs(step) < Math.min(a.line.capitalPixels, b.line.capitalPixels) * 0.6
    return sameRow ? along(a) - along(b) : step
  })
}

function textLine(reading: Reading, photo: { width: number; height: number }): TextLine {
  const { frame } = reading
  const boxOf = (word: Omit<PlacedWord, 'text' | 'confidence'>) => {
    const [left, right] = [word.from * frame.width, word.to * frame.width]
    const [top, bottom] = [word.top * frame.height, word.bottom * frame.height]
    return boxAround(
      [
        toPhoto(frame, left, top),
        toPhoto(frame, right, top),
        toPhoto(frame, right, bottom),
        toPhoto(frame, left, bottom),
      ],
      photo,
    )
  }
  const words = reading.words.map((word) => ({
    text: word.text,
    confidence: word.confidence,
    box: boxOf(word),
  }))
  return {
    text: words.map((word) => word.text).join(' '),
    confidence: trust([reading.words]),
    rotationDegrees: Math.round((((frame.angleRadians * 180) / Math.PI + 720) % 360) * 10) / 10,
    capitalPixels: Math.round(reading.line.capitalPixels),
    box: boxOf({
      from: Math.min(...reading.words.map((word) => word.from)),
      to: Math.max(...reading.words.map((word) => word.to)),
      top: Math.min(...reading.words.map((word) => word.top)),
      bottom: Math.max(...reading.words.map((word) => word.bottom)),
    }),
    words,
  }
}
