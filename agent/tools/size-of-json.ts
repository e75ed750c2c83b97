/** Whether `value` takes at most `charactersMax` as JSON, found out without writing it: a large one is not copied to be measured. */
export function fitsAsJson(value: unknown, charactersMax: number): boolean {
  let left = charactersMax

  function fits(part: unknown): boolean {
    if (typeof part === 'string') left -= part.length + 2
    else if (typeof part !== 'object' || part === null) left -= 5
    else if (Array.isArray(part)) {
      left -= 2 + part.length
      return left >= 0 && part.every(fits)
    } else {
      for (const [name, inner] of Object.entries(part)) {
        left -= name.length + 4
        if (left < 0 || !fits(inner)) return false
      }
    }
    return left >= 0
  }
  return fits(value)
}
