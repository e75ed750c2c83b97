import sharp from 'sharp'
import { codeLetters, codePicture } from '../../agent/models/code-picture.ts'

/** Reads the probe's picture out of a chat request, as a model with eyes would; capitals below `sightPixels` are a blur. */
export async function readCodePicture(body: string, sightPixels: number): Promise<string> {
  const picture = /data:image\/png;base64,([A-Za-z0-9+/=]+)/.exec(body)?.[1]
  if (!picture) return ''
  const seen = await inked(Buffer.from(picture, 'base64'))
  const cell = seen.heightPixels / 7
  if (seen.heightPixels < sightPixels) return '????????'
  const known = new Map<string, string>()
  for (const letter of codeLetters)
    known.set(dots(await inked(await codePicture(letter, seen.heightPixels)), 0, cell), letter)
  return Array.from({ length: 8 }, (_, index) => known.get(dots(seen, index, cell)) ?? '?').join('')
}

interface Inked {
  heightPixels: number
  isBlack(x: number, y: number): boolean
}

/** From the first black pixel on, in both directions. */
async function inked(png: Uint8Array): Promise<Inked> {
  const { data, info } = await sharp(png).greyscale().raw().toBuffer({ resolveWithObject: true })
  const black = (x: number, y: number) => (data[(y * info.width + x) * info.channels] ?? 255) < 128
  const columns = Array.from({ length: info.width }, (_, x) => x)
  const rows = Array.from({ length: info.height }, (_, y) => y).filter((y) =>
    columns.some((x) => black(x, y)),
  )
  const left = columns.find((x) => rows.some((y) => black(x, y))) ?? 0
  const top = rows[0] ?? 0
  return { heightPixels: rows.length, isBlack: (x, y) => black(left + x, top + y) }
}

/** One string of 35 dots. Every letter of the code has ink in its first column, or the first column is white in all its rows. */
function dots({ isBlack }: Inked, index: number, cell: number): string {
  let glyph = ''
  for (let row = 0; row < 7; row += 1)
    for (let column = 0; column < 5; column += 1)
      glyph += isBlack((index * 6 + column + 0.5) * cell, (row + 0.5) * cell) ? '#' : '.'
  return glyph
}
