import type { Bitmap } from '../../labels/bitmap.ts'
import type { LabelMedia } from '../../labels/label-media.ts'

/** One label: ZPL II Programming Guide, ^GF with ASCII hexadecimal data in its run-length form. */
export function zplLabel(bitmap: Bitmap, media: LabelMedia): Uint8Array {
  const margin = media.offsetDots
  const rowBytes = Math.ceil(bitmap.widthDots / 8)
  const totalBytes = rowBytes * bitmap.heightDots
  return Buffer.from(
    [
      '^XA',
      `^PW${bitmap.widthDots + 2 * margin}`,
      `^LL${bitmap.heightDots + 2 * margin}`,
      '^LH0,0',
      media.kind === 'continuous' ? '^MNN' : '^MNY',
      `^FO${margin},${margin}`,
      `^GFA,${totalBytes},${totalBytes},${rowBytes},${graphicData(bitmap)}^FS`,
      '^PQ1',
      '^XZ',
    ].join(''),
    'latin1',
  )
}

/** `:` repeats the row above, `,` fills a row with white, a letter before a digit says how often it comes. */
function graphicData(bitmap: Bitmap): string {
  let above = ''
  return bitmap.rows
    .map((row) => {
      const digits = Buffer.from(row).toString('hex').toUpperCase()
      const isSame = digits === above
      above = digits
      return isSame ? ':' : packedRow(digits)
    })
    .join('')
}

const worthACount = 3

function packedRow(digits: string): string {
  let blackTo = digits.length
  while (blackTo > 0 && digits[blackTo - 1] === '0') blackTo -= 1
  let packed = ''
  let at = 0
  while (at < blackTo) {
    const digit = digits[at] ?? ''
    let end = at + 1
    while (end < blackTo && digits[end] === digit) end += 1
    packed += end - at < worthACount ? digits.slice(at, end) : countLetters(end - at) + digit
    at = end
  }
  return blackTo === digits.length ? packed : `${packed},`
}

/** G…Y are 1…19, g…z are 20…400 in twenties; they add up. */
function countLetters(count: number): string {
  if (count > 400) return `z${countLetters(count - 400)}`
  const twenties = Math.floor(count / 20)
  const rest = count % 20
  const letter = (base: string, steps: number) =>
    steps === 0 ? '' : String.fromCharCode(base.charCodeAt(0) + steps - 1)
  return `${letter('g', twenties)}${letter('G', rest)}`
}
