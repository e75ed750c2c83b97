import type { Catalogue } from '../catalogue/catalogue.ts'
import type { CodeSeen, TextLine } from '../photo/photo-reading.ts'
import type { CaptionedValue } from './captioned-values.ts'
import type { Claim } from './claim.ts'
import { type CodeContent, codeContent, identifiedClaims, weakClaim } from './code-content.ts'
import { captionOfCode, identifierJudge } from './code-surroundings.ts'
import { foldConfusables } from './confusables.ts'
import { isTellingName, modelClaims } from './model-claims.ts'
import { claimsOfValue } from './value-claims.ts'

export interface InterpretedCode {
  code: CodeSeen
  claims: Claim[]
}

/** What the codes of one photo claim, each by itself first, then by the text around it and the catalogue. */
export function interpretCodes(
  codes: CodeSeen[],
  lines: TextLine[],
  captions: CaptionedValue[],
  catalogue: Catalogue,
): InterpretedCode[] {
  const contents = codes.map((code) => ({ code, content: codeContent(code.text.trim(), code.symbology) }))
  const identified = contents.flatMap(({ content }) => (content.kind === 'identified' ? [content.data] : []))
  const judge = identifierJudge(identified, lines, captions)
  const claimsOf = (code: CodeSeen, content: CodeContent): Claim[] => {
    switch (content.kind) {
      case 'claims':
        return content.claims
      case 'retail':
      case 'private':
        return []
      case 'loose':
        return looseClaims(code, captions, codes, catalogue)
      case 'identified': {
        const verdict = judge(content.data, code.text.trim())
        if (verdict === 'identifier' || isKnownPart(content.data.value, catalogue))
          return identifiedClaims(content.data)
        const claims = looseClaims(code, captions, codes, catalogue)
        return verdict === 'whole' ? claims : claims.map(withoutCertainty)
      }
    }
  }
  return contents.map(({ code, content }) => ({
    code,
    claims: withCatalogue(claimsOf(code, content), catalogue),
  }))
}

function isKnownPart(value: string, catalogue: Catalogue): boolean {
  return isTellingName(value, false) && catalogue.byModel(value).matches.some((match) => match.score >= 0.95)
}

/** A code that may carry an identifier or not: its caption names the field, but which text is the value stays open. */
function withoutCertainty(claim: Claim): Claim {
  return claim.field === 'serial' && claim.syntax === 'labelled' ? { ...claim, syntax: 'shaped' } : claim
}

function looseClaims(
  code: CodeSeen,
  captions: CaptionedValue[],
  codes: CodeSeen[],
  catalogue: Catalogue,
): Claim[] {
  const text = code.text.trim()
  const parts = partClaims(text, captions)
  if (parts.length > 0) return parts
  const caption = captionOfCode(code, captions, codes)
  if (caption) {
    const claims = claimsOfValue(caption.meaning, text, 'decoded')
    const whole = claims.filter((claim) => claim.follows || claim.value.length >= text.length - 2)
    if (whole.length > 0) return whole
    if (caption.meaning === 'ignored' || caption.meaning === 'express-code') return []
  }
  if (isKnownPart(text, catalogue)) return [{ field: 'model', value: text, syntax: 'labelled' }]
  const weak = weakClaim(text)
  return weak ? [weak] : []
}

/** Codes that hold several values, or one behind a prefix (Lenovo's `1S`, type, serial): what the captions beside repeat. */
function partClaims(text: string, captions: CaptionedValue[]): Claim[] {
  const words = text.split(/[\s,;|]+/).filter((word) => word.length >= 5)
  const listed =
    words.length < 2
      ? []
      : words.flatMap((word) => {
          const caption = captions.find(({ value }) => repeats(value, word))
          return caption ? claimsOfValue(caption.meaning, word, 'decoded') : []
        })
  if (listed.length > 0 || words.length !== 1) return listed
  return captions
    .filter(({ meaning }) => meaning === 'serial')
    .flatMap(({ value }) => {
      const serial = value.split(/\s+/)[0] ?? ''
      const ending = text.slice(-serial.length)
      const prefixed = serial.length >= 6 && serial.length < text.length - 1 && repeats(serial, ending)
      return prefixed ? claimsOfValue('serial', ending, 'decoded') : []
    })
}

function repeats(value: string, text: string): boolean {
  return [value, ...value.split(/\s+/)].some((word) => foldConfusables(word) === foldConfusables(text))
}

/** Adds what follows from a model or part number that the catalogue knows; its spelling replaces the label's. */
function withCatalogue(claims: Claim[], catalogue: Catalogue): Claim[] {
  return claims.flatMap((claim) => {
    const names = claim.field === 'model' || claim.field === 'part_number'
    if (!names || claim.follows || claim.syntax === 'plain') return [claim]
    const found = catalogue.byModel(claim.value)
    const known = found.matches[0]
    if (!known || known.folded || !isTellingName(claim.value, true)) return [claim]
    const following = modelClaims(found, 'decoded', true)
    if (claim.field === 'model') return following
    return following.some((other) => other.field === 'part_number' && !other.follows)
      ? following
      : [claim, ...following]
  })
}
