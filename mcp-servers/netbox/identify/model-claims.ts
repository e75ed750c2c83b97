import type { CatalogueMatch, ModelMatches } from '../catalogue/catalogue.ts'
import type { Claim } from './claim.ts'

/** What is still one device type: another that differs only by confusable characters scores 0.1 less. */
const clearMargin = { decoded: 0.05, read: 0.15 }

/**
 * What a text that is in the catalogue says: the device type and what follows from it. A text that could be several
 * types says so by weaker claims; `sure` is false for text that was read with little confidence.
 */
export function modelClaims(found: ModelMatches, how: 'decoded' | 'read', sure: boolean): Claim[] {
  const [best, ...others] = found.matches
  if (!best) return []
  if (found.margin < clearMargin.decoded)
    return found.matches
      .slice(0, 3)
      .map(({ entry }) => ({ field: 'model', value: entry.model, syntax: 'shaped' }) satisfies Claim)
  const clear = sure && (found.margin >= clearMargin[how] || others.length === 0)
  return followingClaims(best, clear ? 'checked' : 'labelled')
}

function followingClaims({ entry, by }: CatalogueMatch, syntax: 'checked' | 'labelled'): Claim[] {
  const follows = 'catalogue'
  const claims: Claim[] = [
    { field: 'model', value: entry.model, syntax },
    { field: 'manufacturer', value: entry.manufacturer, syntax, follows },
  ]
  if (entry.role) claims.push({ field: 'role', value: entry.role, syntax, follows })
  if (entry.keySpec) claims.push({ field: 'description', value: entry.keySpec, syntax, follows })
  if (entry.partNumber && by === 'part-number')
    claims.push({ field: 'part_number', value: entry.partNumber, syntax })
  if (entry.partNumber && by !== 'part-number')
    claims.push({ field: 'part_number', value: entry.partNumber, syntax: 'plain', follows })
  return claims
}

/** Short names ("US-8") are also ordinary words of a label: they count only where something names them as a model. */
export function isTellingName(text: string, named: boolean): boolean {
  const plain = text.replace(/[^A-Za-z0-9]/g, '')
  if (!/\d/.test(plain)) return named && plain.length >= 4
  if (/^\d+$/.test(plain)) return plain.length >= 7
  return plain.length >= (named ? 3 : 6)
}
