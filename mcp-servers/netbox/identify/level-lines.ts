import type { Box } from '../intake/item.ts'
import type { TextLine, TextWord } from '../photo/photo-reading.ts'

/** Text lines as they would stand if the label were held straight; `places` gives each word's box in the photo. */
interface LevelLines {
  lines: TextLine[]
  places: Map<TextWord, Box>
}

/** Turns the boxes by the turn of the text itself, so that captions and values stand beside and under each other again. */
export function levelLines(lines: TextLine[]): LevelLines {
  const turn = commonTurn(lines) ?? textTilt(lines)
  const places = new Map<TextWord, Box>()
  const level = lines.map((line): TextLine => {
    const words = line.words.map((word) => {
      const turned = { ...word, box: levelBox(word.box, line, turn) }
      places.set(turned, word.box)
      return turned
    })
    return { ...line, box: levelBox(line.box, line, turn), words }
  })
  return { lines: level, places }
}

/** Lines of one label run within this of each other, perspective included. */
const likeTurn = Math.PI / 12

/** Radians, clockwise positive: the direction that most well-read letters follow; null when the reader told none. */
function commonTurn(lines: TextLine[]): number | null {
  const told = lines.flatMap(({ rotationDegrees, text, confidence }) =>
    rotationDegrees === undefined
      ? []
      : [{ turn: (rotationDegrees * Math.PI) / 180, weight: text.length * confidence ** 2 }],
  )
  const groups = told.map(({ turn }) => told.filter((other) => angleFrom(turn, other.turn) < likeTurn))
  const weightOf = (group: typeof told) => group.reduce((sum, { weight }) => sum + weight, 0)
  const best = groups.reduce<typeof told>(
    (most, group) => (weightOf(group) > weightOf(most) ? group : most),
    [],
  )
  if (best.length === 0) return null
  const along = best.reduce((sum, { turn, weight }) => sum + Math.cos(turn) * weight, 0)
  const down = best.reduce((sum, { turn, weight }) => sum + Math.sin(turn) * weight, 0)
  return Math.atan2(down, along)
}

function angleFrom(one: number, other: number): number {
  const away = Math.abs(one - other) % (2 * Math.PI)
  return Math.min(away, 2 * Math.PI - away)
}

const steepest = Math.PI / 6

/** Radians, clockwise positive: the median over the lines of several words, long ones counting more. */
function textTilt(lines: TextLine[]): number {
  const slopes = lines
    .flatMap((line) => {
      const [first, last] = [line.words[0], line.words.at(-1)]
      if (!first || !last || first === last) return []
      const [from, to] = [centreOf(first.box), centreOf(last.box)]
      const across = to.x - from.x
      return across > line.box.height ? [{ angle: Math.atan2(to.y - from.y, across), weight: across }] : []
    })
    .sort((one, other) => one.angle - other.angle)
  const half = slopes.reduce((sum, { weight }) => sum + weight, 0) / 2
  let passed = 0
  for (const { angle, weight } of slopes) {
    passed += weight
    if (passed >= half) return Math.abs(angle) < steepest ? angle : 0
  }
  return 0
}

function centreOf(box: Box): { x: number; y: number } {
  return { x: box.left + box.width / 2, y: box.top + box.height / 2 }
}

/** The upright box of turned text, its middle turned back with the label. */
function levelBox(box: Box, line: TextLine, turn: number): Box {
  const { x, y } = centreOf(box)
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
  const { width, height } = uprightSize(box, line, turn)
  return { left: x * cos + y * sin - width / 2, top: y * cos - x * sin - height / 2, width, height }
}

/** The text's own width and height follow from the box around it, its turn and, when told, the height of its capitals. */
function uprightSize(box: Box, line: TextLine, turn: number): { width: number; height: number } {
  const own = line.rotationDegrees === undefined ? turn : (line.rotationDegrees * Math.PI) / 180
  const [flat, slant] = [Math.abs(Math.cos(own)), Math.abs(Math.sin(own))]
  if (line.capitalPixels !== undefined) {
    const height = line.capitalPixels
    const width = flat > slant ? (box.width - height * slant) / flat : (box.height - height * flat) / slant
    return { width: Math.max(width, height * 0.3), height }
  }
  const spread = flat * flat - slant * slant
  const height = Math.max((box.height * flat - box.width * slant) / spread, box.height * 0.2)
  return { width: Math.max((box.width * flat - box.height * slant) / spread, box.width * 0.5), height }
}
