const charactersBefore = 30
const charactersAfter = 90

/** A line of `text` around the first of `words` that is in it word for word; its beginning when none is. */
export function excerptOf(
  text: string,
  words: readonly string[],
): { before: string; found: string; after: string } {
  const line = text.replaceAll('`', '').replace(/\s+/g, ' ').trim()
  const folded = line.toLowerCase()
  const places = words.map((word) => ({ word, at: folded.indexOf(word.toLowerCase()) }))
  const first = places.filter(({ at }) => at >= 0).sort((a, b) => a.at - b.at)[0]
  // Lower case of some letters is longer, and then places do not match: the beginning is as good.
  if (!first || folded.length !== line.length) return { before: '', found: '', after: cut(line, 0) }
  const near = first.at - charactersBefore
  const from = near <= 0 ? 0 : Math.min(first.at, line.indexOf(' ', near) + 1 || first.at)
  const end = first.at + first.word.length
  return {
    before: (from > 0 ? '…' : '') + line.slice(from, first.at),
    found: line.slice(first.at, end),
    after: cut(line, end),
  }
}

function cut(line: string, from: number): string {
  const rest = line.slice(from, from + charactersAfter)
  return from + charactersAfter < line.length ? `${rest}…` : rest
}
