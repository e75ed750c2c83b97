import { type Refusal, refused } from '../../../serving/tool.ts'
import type { RecordLookUp } from '../../print-queue/print-queue.ts'
import type { LabelFacts } from '../label-svg.ts'
import { knownSheets } from './known-sheets.ts'
import { labelsOnPage } from './label-sheet.ts'
import { sheetPdf } from './sheet-pdf.ts'

/** What a person chooses from, and sees of a page before it is printed. */
export interface SheetView {
  id: string
  words: string
  products: string
  columns: number
  rows: number
  /** Width by height. */
  pageShape: number
}

export interface SheetWish {
  tags: readonly string[]
  sheetId: string
  /** Labels of the first page that are used up. */
  skip: number
}

export const sheetViews: readonly SheetView[] = knownSheets.map((sheet) => ({
  id: sheet.id,
  words: sheet.words,
  products: sheet.products.join(', '),
  columns: sheet.columns,
  rows: sheet.rows,
  pageShape: sheet.pageMm.width / sheet.pageMm.height,
}))

const mostLabels = 400
const mostReasons = 5

/** Labels of confirmed records only, as for any printer; one that is not confirmed yet is named, and nothing is drawn. */
export async function labelSheetPdf(
  wish: SheetWish,
  record: RecordLookUp,
): Promise<{ kind: 'ok'; value: Uint8Array } | Refusal> {
  const sheet = knownSheets.find(({ id }) => id === wish.sheetId)
  if (!sheet) return refused('HWLab does not know this label sheet. Choose one from the list.')
  const onPage = labelsOnPage(sheet)
  if (!Number.isInteger(wish.skip) || wish.skip < 0 || wish.skip >= onPage)
    return refused(`This sheet has ${onPage} labels. Skip between 0 and ${onPage - 1} of them.`)
  if (wish.tags.length === 0) return refused('Choose at least one item for the label sheet.')
  if (wish.tags.length > mostLabels)
    return refused(`These are more than ${mostLabels} labels. Choose fewer at a time.`)
  const labels: LabelFacts[] = []
  const reasons: string[] = []
  for (const tag of wish.tags) {
    const found = await record(tag)
    if (found.kind === 'confirmed') labels.push(found.facts)
    else if (found.kind === 'waiting') reasons.push(found.why)
    else reasons.push(`${tag} is not in the inventory, so it has no label.`)
  }
  if (reasons.length > 0) return refused(someOf(reasons))
  return { kind: 'ok', value: await sheetPdf(labels, sheet, wish.skip) }
}

function someOf(reasons: string[]): string {
  const left = reasons.length - mostReasons
  const more = left > 0 ? [`The same goes for ${left} more.`] : []
  return [...reasons.slice(0, mostReasons), ...more].join(' ')
}
