import type { Box } from '../intake/item.ts'
import type { TextLine, TextWord } from '../photo/photo-reading.ts'

/** Text lines as they would stand if the label were held straight; `places` gives each word's box in the photo. */
interface LevelLines {
  lines: TextLine[]
  places: Map<TextWord, Box>
}

const steepest = Math.PI / 6

/** Turns the boxes by the tilt of the text itself, so that the values beside a column of captions fall into their rows. */
export function levelLines(lines: TextLine[]): LevelLines {
  const tilt = textTilt(lines)
  const places = new Map<TextWord, Box>()
  const level = lines.map((line): TextLine => {
    const words = line.words.map((word) => {
      const turned = { ...word, box: turnBox(word.box, tilt) }
      places.set(turned, word.box)
      return turned
    })
    return { ...line, box: turnBox(line.box, tilt), words }
  })
  return { lines: level, places }
}

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

/** The upright box of tilted text: its own width and height follow from the box around it. */
function turnBox(box: Box, tilt: number): Box {
  const [cos, sin] = [Math.cos(tilt), Math.sin(tilt)]
  const { x, y } = centreOf(box)
  const slant = Math.abs(sin)
  const spread = cos * cos - slant * slant
  const height = Math.max((box.height * cos - box.width * slant) / spread, box.height * 0.2)
  const width = Math.max((box.width * cos - box.height * slant) / spread, box.width * 0.5)
  return { left: x * cos + y * sin - width / 2, top: y * cos - x * sin - height / 2, width, height }
}
