/**
 * An FCC ID without spaces, or null. Grantee code: 3 characters beginning with a letter, or 5 beginning with 2 to 9 and
 * without 0 and 1 (FCC OET practice); product code: up to 14 of letters, digits and dashes (47 CFR 2.926).
 */
export function parseFccId(text: string): string | null {
  const id = text.trim().toUpperCase().replace(/\s+/g, '')
  return /^(?:[A-Z][A-Z0-9]{2}|[2-9][A-Z2-9]{4})-?[A-Z0-9][A-Z0-9-]{0,13}$/.test(id) &&
    /\d/.test(id) &&
    id.length >= 5
    ? id
    : null
}

/** Grantee codes of the FCC's public register. */
const grantees: Record<string, string> = {
  SWX: 'Ubiquiti',
  TV7: 'MikroTik',
  TE7: 'TP-Link',
  PY3: 'Netgear',
  LDK: 'Cisco',
  BCG: 'Apple',
  PD9: 'Intel',
  MSQ: 'ASUS',
  KA2: 'D-Link',
  '2ABCB': 'Raspberry Pi',
}

/** The maker that holds an FCC ID, where it is a well-known one. */
export function fccGrantee(id: string): string | null {
  return grantees[id.slice(0, 3)] ?? grantees[id.slice(0, 5)] ?? null
}
