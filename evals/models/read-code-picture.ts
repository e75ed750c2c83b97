import sharp from 'sharp'
import { codeLetters, codePicture } from '../../agent/models/code-picture.ts'

/** Reads the probe's picture out of a chat request, as a model with eyes would; capitals below `sightPixels` are a blur. */
export async function readCodePicture(body: string, sightPixels: number): Promise<string> {
  const picture = /(?:data:image\/png;base64,|"images":\[")([A-Za-z0-9+/=]+)/.exec(body)?.[1]
  if (!picture) return ''
  const seen = await inked(Buffer.from(picture, 'base64'))
  const cell = seen.heightPixels / 7
  if (seen.heightPixels < sightPixels) return '????????'
  const letters = await lettersOf(seen.heightPixels)
  return Array.from({ length: 8 }, (_, index) => letters.get(dots(seen, index, cell)) ?? '?').join('')
}

interface Inked {
  heightPixels: number
  isBlack(x: number, y: number): boolean
}

const known = new Map<number, Map<string, string>>()

async function lettersOf(heightPixels: number): Promise<Map<string, string>> {
  const drawn = known.get(heightPixels) ?? new Map<string, string>()
  if (drawn.size === 0)
    for (const letter of codeLetters)
      drawn.set(dots(await inked(await codePicture(letter, heightPixels)), 0, heightPixels / 7), letter)
  known.set(heightPixels, drawn)
  return drawn
}

/** Without the white around it. */
async function inked(png: Uint8Array): Promise<Inked> {
  const { data, info } = await sharp(png)
    .greyscale()
    .trim({ background: 'white', lineArt: true })
    .raw()
    .toBuffer({ resolveWithObject: true })
  return {
    heightPixels: info.height,
    isBlack: (x, y) => (data[(Math.floor(y) * info.width + Math.floor(x)) * info.channels] ?? 255) < 128,
  }
}

/** One string of 35 dots. */
function dots({ isBlack }: Inked, index: number, cell: number): string {
  let glyph = ''
  for (let row = 0; row < 7; row += 1)
    for (let column = 0; column < 5; column += 1)
      glyph += isBlack((index * 6 + column + 0.5) * cell, (row + 0.5) * cell) ? '#' : '.'
  return glyph
}
