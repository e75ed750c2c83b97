import { createRequire } from 'node:module'
import type { ResvgRenderOptions } from '@resvg/resvg-js'
import { type FontAdvances, fontAdvances } from './font-advances.ts'

const require = createRequire(import.meta.url)

export type Face = 'mono' | 'sans'

const faceFiles: Record<Face, string> = {
  mono: require.resolve('@expo-google-fonts/ibm-plex-mono/700Bold/IBMPlexMono_700Bold.ttf'),
  sans: require.resolve('@expo-google-fonts/ibm-plex-sans/500Medium/IBMPlexSans_500Medium.ttf'),
}
const faceAdvances: Record<Face, FontAdvances> = {
  mono: fontAdvances(faceFiles.mono),
  sans: fontAdvances(faceFiles.sans),
}

/** Only these two faces are used, so a label looks the same on every machine. */
export const bundledFonts: ResvgRenderOptions = {
  font: {
    loadSystemFonts: false,
    fontFiles: Object.values(faceFiles),
    defaultFontFamily: 'IBM Plex Sans',
  },
}

const faceAttributes: Record<Face, string> = {
  mono: 'font-family="IBM Plex Mono" font-weight="700"',
  sans: 'font-family="IBM Plex Sans" font-weight="500"',
}

export interface FittedText {
  text: string
  sizeDots: number
}

/**
 * Full size if it fits, else smaller down to `smallestDots`, else cut at the end with an ellipsis.
 */
export function fitText(
  text: string,
  face: Face,
  sizes: { sizeDots: number; smallestDots: number; widthDots: number },
): FittedText {
  const printable = printableText(text)
  const widthAtFull = measureDots(printable, face, sizes.sizeDots)
  if (widthAtFull <= sizes.widthDots) return { text: printable, sizeDots: sizes.sizeDots }
  const shrunkDots = Math.floor((sizes.sizeDots * sizes.widthDots) / widthAtFull)
  if (shrunkDots >= sizes.smallestDots && measureDots(printable, face, shrunkDots) <= sizes.widthDots)
    return { text: printable, sizeDots: shrunkDots }
  return { text: cutToFit(printable, face, sizes), sizeDots: sizes.smallestDots }
}

/** As `fitText`, but a text that would be cut goes over up to `rows` rows first, broken between words. */
export function fitRows(
  text: string,
  face: Face,
  sizes: { sizeDots: number; smallestDots: number; widthDots: number; rows: number },
): FittedText[] {
  const fitted = fitText(text, face, sizes)
  const printable = printableText(text)
  if (fitted.text === printable || sizes.rows < 2) return [fitted]
  const words = printable.split(' ')
  let taken = 0
  while (
    taken < words.length - 1 &&
    measureDots(words.slice(0, taken + 1).join(' '), face, sizes.smallestDots) <= sizes.widthDots
  )
    taken += 1
  if (taken === 0) return [fitted]
  const first = { text: words.slice(0, taken).join(' '), sizeDots: sizes.smallestDots }
  const smallest = { ...sizes, sizeDots: sizes.smallestDots, rows: sizes.rows - 1 }
  return [first, ...fitRows(words.slice(taken).join(' '), face, smallest)]
}

function cutToFit(text: string, face: Face, sizes: { smallestDots: number; widthDots: number }): string {
  const characters = Array.from(text)
  let fits = 0
  let tooLong = characters.length
  while (tooLong - fits > 1) {
    const middle = Math.floor((fits + tooLong) / 2)
    const candidate = withEllipsis(characters.slice(0, middle))
    if (measureDots(candidate, face, sizes.smallestDots) <= sizes.widthDots) fits = middle
    else tooLong = middle
  }
  return withEllipsis(characters.slice(0, fits))
}

function withEllipsis(characters: string[]): string {
  return `${characters.join('').trimEnd()}…`
}

const longestTextCharacters = 200

/** One line without control or direction characters, with composed accents as the fonts have them. */
function printableText(text: string): string {
  const oneLine = text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\s]+/gu, ' ')
    .trim()
  return Array.from(oneLine).slice(0, longestTextCharacters).join('')
}

/** A pair that the font sets wider than its two advances must still fit. */
const kerningAllowance = 1.01

export function measureDots(text: string, face: Face, sizeDots: number): number {
  return Math.ceil(faceAdvances[face].widthOf(text) * sizeDots * kerningAllowance)
}

export function textElement(
  fitted: FittedText,
  face: Face,
  at: { x: number; y: number; anchor: 'start' | 'middle'; fill?: 'black' | 'white' },
): string {
  const anchor = at.anchor === 'middle' ? ' text-anchor="middle"' : ''
  return `<text x="${at.x}" y="${at.y}" font-size="${fitted.sizeDots}" fill="${at.fill ?? 'black'}" ${faceAttributes[face]}${anchor}>${escapeXml(fitted.text)}</text>`
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
