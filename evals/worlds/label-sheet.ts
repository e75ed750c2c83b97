import { type DrawnSymbology, drawCode } from './code-drawing.ts'
import type { Face } from './label-fonts.ts'

/** A label being drawn; everything is in millimetres from its top left. */
export interface LabelSheet {
  readonly widthMm: number
  readonly heightMm: number
  text(
    at: { xMm: number; yMm: number; sizeMm: number; widthMm?: number; bold?: boolean; face?: Face },
    words: string,
  ): void
  /** A code in its box; a linear one fills it, a square one keeps square. */
  code(
    box: { xMm: number; yMm: number; widthMm: number; heightMm: number },
    text: string,
    symbology: DrawnSymbology,
  ): Promise<void>
  rule(yMm: number): void
  svg(): string
  /** Texts of the codes drawn so far. */
  codeTexts(): string[]
}

interface SheetLook {
  widthMm: number
  heightMm: number
  face: Face
  ink: string
  paper: string
  /** False leaves every code off: only text can be read. */
  codes: boolean
}

const escaped: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

export function openLabelSheet(look: SheetLook): LabelSheet {
  const pieces: string[] = []
  const codeTexts: string[] = []
  return {
    widthMm: look.widthMm,
    heightMm: look.heightMm,
    text(at, words) {
      const face = at.face ?? look.face
      const room = at.widthMm ?? look.widthMm - at.xMm - 1.5
      const sizeMm = Math.min(at.sizeMm, room / (words.length * face.capitalEm * (at.bold ? 1.06 : 1)))
      const safe = words.replace(/[&<>"]/g, (letter) => escaped[letter] ?? letter)
      pieces.push(
        `<text x="${at.xMm}" y="${at.yMm + sizeMm * 0.75}" font-family="${face.family}" font-size="${sizeMm}" font-weight="${at.bold ? 700 : 400}" fill="${look.ink}">${safe}</text>`,
      )
    },
    async code(box, text, symbology) {
      if (!look.codes) return
      const drawing = await drawCode(text, symbology)
      codeTexts.push(text)
      const linear = drawing.modulesHigh === 1
      const moduleMm = linear
        ? box.widthMm / drawing.modulesWide
        : Math.min(box.widthMm / drawing.modulesWide, box.heightMm / drawing.modulesHigh)
      const rowMm = linear ? box.heightMm : moduleMm
      const path = drawing.bars.flatMap((row, y) =>
        row.map(
          ([start, length]) =>
            `M${box.xMm + start * moduleMm} ${box.yMm + y * rowMm}h${length * moduleMm}v${rowMm}h${-length * moduleMm}z`,
        ),
      )
      pieces.push(`<path d="${path.join('')}" fill="${look.ink}"/>`)
    },
    rule(yMm) {
      pieces.push(`<path d="M1 ${yMm}h${look.widthMm - 2}" stroke="${look.ink}" stroke-width="0.2"/>`)
    },
    codeTexts: () => codeTexts,
    svg: () =>
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${look.widthMm} ${look.heightMm}"><rect width="100%" height="100%" rx="1" fill="${look.paper}"/>${pieces.join('')}</svg>`,
  }
}
