const mostLevels = 6
const longestName = 100

/** "Workshop / Shelf 2 / Box 4", from the outside in; also with `>` or `›`. What is too deep or too long is cut. */
export function placePath(text: string): string[] {
  return text
    .split(/[/>›]/)
    .map((name) => name.replace(/\s+/g, ' ').trim().slice(0, longestName).trim())
    .filter((name) => name !== '')
    .slice(0, mostLevels)
}
