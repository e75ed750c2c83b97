import { isRetailCode } from './retail-code.ts'
import { markSeparators } from './separator-marks.ts'

/** Application identifiers with a fixed length behind them (GS1 General Specifications, figure 7.8). */
const fixedLength: Record<string, number> = {
  '00': 18,
  '01': 14,
  '02': 14,
  '11': 6,
  '12': 6,
  '13': 6,
  '15': 6,
  '17': 6,
  '20': 2,
}
const variable = ['10', '21', '22', '30', '37', '240', '241', '250', '251', '400']

/**
 * The elements of a GS1 code by application identifier, from "(01)…(21)…" or the raw text with group separators. Null
 * unless it holds a GTIN (01) with a right check digit, because digits alone look like many things.
 */
export function parseGs1(text: string): Map<string, string> | null {
  const elements = text.startsWith('(')
    ? bracketed(text)
    : raw(markSeparators(text).replace(/^\][CdQeJ]\d/, ''))
  const gtin = elements?.get('01')
  return elements && gtin && isRetailCode(gtin) ? elements : null
}

function bracketed(text: string): Map<string, string> | null {
  const elements = new Map<string, string>()
  for (const match of text.matchAll(/\((\d{2,4})\)([^(]+)/g))
    if (match[1] && match[2]) elements.set(match[1], match[2].trim())
  return elements.size > 0 ? elements : null
}

function raw(text: string): Map<string, string> | null {
  const elements = new Map<string, string>()
  let rest = text.replace(/^␝/, '')
  while (rest !== '') {
    const fixed = fixedLength[rest.slice(0, 2)]
    const identifier = fixed ? rest.slice(0, 2) : variable.find((candidate) => rest.startsWith(candidate))
    if (!identifier) return null
    const end = fixed ? identifier.length + fixed : rest.indexOf('␝', identifier.length)
    const value = rest.slice(identifier.length, end === -1 ? undefined : end)
    if (fixed ? value.length !== fixed || !/^\d+$/.test(value) : value.length === 0 || value.length > 30)
      return null
    elements.set(identifier, value)
    rest = end === -1 ? '' : rest.slice(end).replace(/^␝/, '')
  }
  return elements
}
