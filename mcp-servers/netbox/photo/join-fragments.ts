import type { FoundLine } from './find-text.ts'

const widestGapCapitals = 2.6

/** Joins pieces of one line that glare, a wide space or a broken letter cut apart; best score first. */
export function joinFragments(lines: FoundLine[]): FoundLine[] {
  const rest = [...lines]
  for (let at = 0; at < rest.length; at++) {
    for (let other = at + 1; other < rest.length; other++) {
      const [first, second] = [rest[at], rest[other]]
      const joined = first && second && join(first, second)
      if (!joined) continue
      rest[at] = joined
      rest.splice(other, 1)
      other = at
    }
  }
  return rest.sort((a, b) => b.score - a.score)
}

function join(first: FoundLine, second: FoundLine): FoundLine | null {
  if (first.ink !== second.ink) return null
  const long = first.lengthPixels >= second.lengthPixels ? first : second
  const short = long === first ? second : first
  const capital = Math.max(long.capitalPixels, short.capitalPixels)
  if (capital > Math.min(long.capitalPixels, short.capitalPixels) * 1.45) return null
  const turn = long.angleRadians
  if (Math.abs(turn - short.angleRadians) > 0.12) return null
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
  const awayX = short.centreX - long.centreX
  const awayY = short.centreY - long.centreY
  const along = awayX * cos + awayY * sin
  const across = -awayX * sin + awayY * cos
  const gap = Math.abs(along) - (long.lengthPixels + short.lengthPixels) / 2
  if (gap > capital * widestGapCapitals || Math.abs(across) > capital * 0.4 + gap * 0.03) return null
  const from = Math.min(-long.lengthPixels / 2, along - short.lengthPixels / 2)
  const to = Math.max(long.lengthPixels / 2, along + short.lengthPixels / 2)
  const lean =
    Math.abs(along) > capital * 4 ? Math.atan2(across, along > 0 ? along : -along) * Math.sign(along) : 0
  const middle = (from + to) / 2
  const drop = (across * short.lengthPixels) / (long.lengthPixels + short.lengthPixels)
  return {
    ...long,
    centreX: long.centreX + middle * cos - drop * sin,
    centreY: long.centreY + middle * sin + drop * cos,
    angleRadians: turn + lean * 0.5,
    lengthPixels: to - from,
    capitalPixels:
      (long.capitalPixels * long.lengthPixels + short.capitalPixels * short.lengthPixels) /
      (long.lengthPixels + short.lengthPixels),
    score: Math.max(long.score, short.score),
  }
}
