/** Dell's service tag: 7 characters of base 36 (older ones 5). */
function isServiceTag(text: string): boolean {
  return /^(?:[0-9B-DF-HJ-NP-TV-Z]{7}|[0-9A-Z]{7}|[0-9A-Z]{5})$/.test(text)
}

/** The Express Service Code is the service tag read as a number of base 36: 5RFDP01 is 12542331601. */
export function expressCode(tag: string): string | null {
  if (!isServiceTag(tag)) return null
  let value = 0n
  for (const character of tag) value = value * 36n + BigInt(Number.parseInt(character, 36))
  return value.toString()
}

/** True when both were read right: a misread character in either breaks it. */
export function isTagOfCode(tag: string, code: string): boolean {
  return expressCode(tag) === code.replace(/\D/g, '').replace(/^0+/, '')
}
