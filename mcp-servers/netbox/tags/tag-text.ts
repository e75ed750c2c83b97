/** `HW-00001`: five digits, more from 100000 on. */
export function tagText(number: number): string {
  return `HW-${String(number).padStart(5, '0')}`
}

/** The number of a tag in any letter case, or null when the text is not exactly a tag. */
export function tagNumber(text: string): number | null {
  const digits = /^HW-(\d{5,9})$/i.exec(text.trim())?.[1]
  if (digits === undefined) return null
  const number = Number(digits)
  return number > 0 && tagText(number).length === digits.length + 3 ? number : null
}
