/** A stranger's words as one bounded line: no markup, no control or direction characters. */
export function plainLine(text: string, longest: number): string {
  const line = text
    .replace(/<[^>]{0,500}>/g, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\s]+/gu, ' ')
    .trim()
  const characters = Array.from(line)
  return characters.length <= longest ? line : `${characters.slice(0, longest - 1).join('')}…`
}
