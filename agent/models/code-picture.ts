/** A photo as it is sent is this large; servers shrink it from there. */
const widthPixels = 1536
const heightPixels = 1024
const white = 255
const black = 0

/**
 * A PNG as large as a photo, with one short code in its middle, drawn without any font of the system: 5×7 dots per character.
 * `capitalPixels`: how high they are, a multiple of 7. Not by way of SVG: taking in a photo blocks that for the whole process.
 */
export async function codePicture(code: string, capitalPixels: number): Promise<Uint8Array> {
  const cell = capitalPixels / 7
  const left = Math.floor((widthPixels - code.length * 6 * cell) / 2)
  const top = Math.floor((heightPixels - capitalPixels) / 2)
  const grey = new Uint8Array(widthPixels * heightPixels).fill(white)
  for (const [index, character] of [...code].entries())
    for (const [column, row] of glyphDots(character)) {
      const x = left + (index * 6 + column) * cell
      for (let y = top + row * cell; y < top + (row + 1) * cell; y += 1)
        grey.fill(black, y * widthPixels + x, y * widthPixels + x + cell)
    }
  const { default: sharp } = await import('sharp')
  const raw = { width: widthPixels, height: heightPixels, channels: 1 as const }
  return new Uint8Array(await sharp(grey, { raw }).png().toBuffer())
}

/** Rows from the top, five bits each, leftmost bit first: the classic 5×7 matrix shapes. */
const glyphs: Record<string, number[]> = {
  A: [14, 17, 17, 31, 17, 17, 17],
  C: [14, 17, 16, 16, 16, 17, 14],
  E: [31, 16, 16, 30, 16, 16, 31],
  H: [17, 17, 17, 31, 17, 17, 17],
  K: [17, 18, 20, 24, 20, 18, 17],
  M: [17, 27, 21, 21, 17, 17, 17],
  P: [30, 17, 17, 30, 16, 16, 16],
  R: [30, 17, 17, 30, 20, 18, 17],
  T: [31, 4, 4, 4, 4, 4, 4],
  X: [17, 17, 10, 4, 10, 17, 17],
  '3': [31, 2, 4, 2, 1, 17, 14],
  '4': [2, 6, 10, 18, 31, 2, 2],
  '7': [31, 1, 2, 4, 8, 8, 8],
  '9': [14, 17, 17, 15, 1, 2, 12],
}

/** Characters that are not mistaken for each other. */
export const codeLetters: string[] = Object.keys(glyphs)

function glyphDots(character: string): [number, number][] {
  return (glyphs[character] ?? []).flatMap((bits, row) =>
    [0, 1, 2, 3, 4].flatMap((column): [number, number][] =>
      (bits >> (4 - column)) & 1 ? [[column, row]] : [],
    ),
  )
}
