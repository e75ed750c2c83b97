import { setImmediate } from 'node:timers/promises'
import { dotsToMm } from '../label-media.ts'
import { type LabelFacts, labelSvg } from '../label-svg.ts'
import { type LabelSheet, labelPlaces, sheetMarginsMm, sheetMedia } from './label-sheet.ts'

const pointsPerMm = 72 / 25.4
/** Below this a printer may not reach the note, or the note a label. */
const roomForNoteMm = 11
const noteSizePoints = 7

/**
 * Labels at true size, as outlines, row by row after the `skip` first ones of the first page. Outside the labels there
 * is nothing but a note where the page has room for it. Others get their turn between two labels: each takes about 10 ms.
 * pdfkit is loaded only here and in `label-pdf.ts`: it is large.
 */
export async function sheetPdf(
  labels: readonly LabelFacts[],
  sheet: LabelSheet,
  skip: number,
): Promise<Uint8Array> {
  const { default: PDFDocument } = await import('pdfkit')
  const size = [sheet.pageMm.width * pointsPerMm, sheet.pageMm.height * pointsPerMm]
  const document = new PDFDocument({
    ...{ size, margin: 0, autoFirstPage: false, info: { Title: 'HWLab labels' } },
  })
  const media = sheetMedia(sheet)
  const scale = dotsToMm(1, media.dotsPerInch) * pointsPerMm
  const places = labelPlaces(sheet, labels.length, skip)
  const pages = (places.at(-1)?.page ?? 0) + 1
  for (let page = 0; page < pages; page += 1) {
    document.addPage()
    noteAt(document, sheet, pages === 1 ? '' : ` Page ${page + 1} of ${pages}.`)
    for (const [index, place] of places.entries()) {
      const facts = labels[index]
      if (!facts || place.page !== page) continue
      await setImmediate()
      document.save()
      document.translate(
        (place.leftMm + sheet.insetMm) * pointsPerMm,
        (place.topMm + sheet.insetMm) * pointsPerMm,
      )
      document.scale(scale)
      for (const { outline, fill } of inkOf(labelSvg(facts, media))) document.path(outline).fill(fill)
      document.restore()
    }
  }
  document.end()
  const pieces: Buffer[] = []
  for await (const piece of document) pieces.push(Buffer.from(piece))
  return Buffer.concat(pieces)
}

/** A drawing of `labelSvg` is filled outlines and nothing else; its first one is the white ground. */
function inkOf(svg: string): { outline: string; fill: string }[] {
  if (/ transform=| stroke="(?!none)|<(?!\/?(?:svg|defs|g|path)\b)/.test(svg))
    throw new Error('A label is drawn with more than filled outlines')
  const paths = [...svg.matchAll(/<path fill="(#[0-9a-f]{6})"[^>]* d="([^"]+)"/g)]
  return paths.slice(1).map(([, fill = '', outline = '']) => ({ outline, fill }))
}

function noteAt(document: PDFKit.PDFDocument, sheet: LabelSheet, pages: string): void {
  const { top } = sheetMarginsMm(sheet)
  if (top < roomForNoteMm) return
  const middle = (sheet.pageMm.height - top / 2) * pointsPerMm - noteSizePoints / 2
  document
    .font('Helvetica', noteSizePoints)
    .fillColor('#555555')
    .text(`HWLab, ${sheet.words}. Print at 100 %, not “fit to page”.${pages}`, 0, middle, {
      ...{ align: 'center', width: sheet.pageMm.width * pointsPerMm, lineBreak: false },
    })
}
