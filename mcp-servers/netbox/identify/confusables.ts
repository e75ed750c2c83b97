const looksLike: Record<string, string> = {
  o: '0',
  q: '0',
  d: '0',
  i: '1',
  l: '1',
  b: '8',
  s: '5',
  z: '2',
}

/** Lower case, only letters and digits; `+` counts as the word "plus", because DS1821 and DS1821+ are two things. */
export function compactKey(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll('+', 'plus')
    .replace(/[^a-z0-9]/g, '')
}

/** Equal for texts that differ only by characters a reader confuses: 0/O/Q/D, 1/I/L, 8/B, 5/S, 2/Z, and a lost `+`. */
export function foldConfusables(text: string): string {
  const plain = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
  return plain.replace(/[oqdilbsz]/g, (letter) => looksLike[letter] ?? letter)
}

/** Levenshtein distance, given up (as `limit + 1`) beyond the limit. */
export function editDistance(left: string, right: string, limit: number): number {
  if (Math.abs(left.length - right.length) > limit) return limit + 1
  let previous = Array.from({ length: right.length + 1 }, (_, column) => column)
  for (let row = 1; row <= left.length; row++) {
    const current = [row]
    for (let column = 1; column <= right.length; column++) {
      const changed = (previous[column - 1] ?? 0) + (left[row - 1] === right[column - 1] ? 0 : 1)
      current.push(Math.min(changed, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1))
    }
    if (Math.min(...current) > limit) return limit + 1
    previous = current
  }
  return Math.min(previous[right.length] ?? 0, limit + 1)
}

/** A garbled reading of the same text: at most a third of the characters differ after folding. */
export function isGarbled(left: string, right: string): boolean {
  const [one, other] = [foldConfusables(left), foldConfusables(right)]
  const limit = Math.floor(Math.max(one.length, other.length) / 3)
  return editDistance(one, other, limit) <= limit
}
