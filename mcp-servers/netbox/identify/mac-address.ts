/** A MAC address in NetBox's spelling, "AA:BB:CC:DD:EE:FF", or null. Takes every usual spelling, 12 bare digits included. */
export function parseMac(text: string): string | null {
  const trimmed = text.trim()
  const spelled =
    /^[0-9a-f]{12}$/i.test(trimmed) ||
    /^[0-9a-f]{2}([:\-. ])(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}$/i.test(trimmed) ||
    /^[0-9a-f]{4}([.:-])[0-9a-f]{4}\1[0-9a-f]{4}$/i.test(trimmed) ||
    /^[0-9a-f]{6}[:-][0-9a-f]{6}$/i.test(trimmed)
  if (!spelled) return null
  const digits = trimmed.replace(/[^0-9a-f]/gi, '').toUpperCase()
  if (/^(.)\1*$/.test(digits) || isMulticast(digits)) return null
  return (digits.match(/../g) ?? []).join(':')
}

/** As `parseMac`, after the letters that OCR confuses with hexadecimal digits: O for 0, I and l for 1, S for 5, Z for 2. */
export function parseReadMac(text: string): string | null {
  const repaired = text
    .trim()
    .toUpperCase()
    .replace(/[OQ]/g, '0')
    .replace(/[IL|]/g, '1')
    .replaceAll('S', '5')
    .replaceAll('Z', '2')
    .replaceAll(';', ':')
    .replace(/\s*([:-])\s*/g, '$1')
  return parseMac(repaired)
}

function isMulticast(digits: string): boolean {
  return (Number.parseInt(digits.slice(0, 2), 16) & 1) === 1
}

/** Addresses made up by software rather than by a maker (IEEE 802, second-lowest bit of the first octet). */
export function isLocallyAdministered(mac: string): boolean {
  return (Number.parseInt(mac.slice(0, 2), 16) & 2) === 2
}

/** One device's ports have neighbouring addresses: at most 15 apart. */
export function areNeighbours(mac: string, other: string): boolean {
  const [one, two] = [mac, other].map((text) => Number.parseInt(text.replaceAll(':', ''), 16))
  return one !== undefined && two !== undefined && Math.abs(one - two) <= 15
}
