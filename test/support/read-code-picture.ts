import sharp from 'sharp'
import { codePicture } from '../../agent/models/code-picture.ts'

const letters = [...'ACEHKMPRTX3479']
const cell = 12

/** Reads the probe's picture out of a chat request, as a model with eyes would. */
export async function readCodePicture(body: string): Promise<string> {
  const picture = /data:image\/png;base64,([A-Za-z0-9+/=]+)/.exec(body)?.[1]
  if (!picture) return ''
  const known = new Map<string, string>()
  for (const letter of letters) known.set((await dots(await codePicture(letter)))[0] ?? '', letter)
  const seen = await dots(Buffer.from(picture, 'base64'))
  return seen.map((glyph) => known.get(glyph) ?? '?').join('')
}

/** One string of 35 dots per character. */
async function dots(png: Uint8Array): Promise<string[]> {
  const { data, info } = await sharp(png).greyscale().raw().toBuffer({ resolveWithObject: true })
  const count = (info.width / cell - 2) / 6
  return Array.from({ length: count }, (_, index) => {
    let glyph = ''
    for (let row = 0; row < 7; row += 1) {
      for (let column = 0; column < 5; column += 1) {
        const x = (index * 6 + 1 + column) * cell + cell / 2
        const y = (2 + row) * cell + cell / 2
        glyph += (data[(y * info.width + x) * info.channels] ?? 255) < 128 ? '#' : '.'
      }
    }
    return glyph
  })
}
