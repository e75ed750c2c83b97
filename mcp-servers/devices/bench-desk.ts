import { basename, join } from 'node:path'
import type { Approvals } from '../approval/approvals.ts'
import { type Refusal, refused } from '../serving/tool.ts'
import { type BenchListing, listBench } from './bench/bench.ts'
import type { DeviceRegistry } from './bench/registry.ts'
import { type SaidOfItself, saidOfItself } from './bench/said-of-itself.ts'
import { type LabelFacts, labelSvg } from './labels/label-svg.ts'
import { labelSheetPdf, type SheetView, type SheetWish, sheetViews } from './labels/sheets/sheet-desk.ts'
import { openJobDesk } from './print-queue/job-desk.ts'
import { type JobAction, jobView, type PrintJobView } from './print-queue/job-view.ts'
import type { PrintJobs } from './print-queue/print-jobs.ts'
import type { RecordLookUp } from './print-queue/print-queue.ts'
import type { Printers } from './printers/open-printers.ts'
import type { PrintedFile, Printer } from './printers/printer.ts'
import { type PrinterView, type PrinterWatch, printerView } from './printers/printer-watch.ts'

/** What a signed-in person sees and does of the bench and its printers, beside the tools. */
export interface BenchDesk {
  listBench(): Promise<BenchListing>
  /** null: no such device is plugged in. */
  saidOfItself(key: string): SaidOfItself | null
  /** The last known states, at once. */
  printers(): PrinterView[]
  printJobs(): PrintJobView[]
  /** The printer for labels when nobody chose one. */
  standardPrinter(): { id: string; name: string }
  printerName(id: string): string | null
  act(jobId: string, action: JobAction, operator: string): { kind: 'ok' } | Refusal
  /** Says what is in a printer that cannot tell by itself. */
  chooseMedia(printerId: string, mediaId: string): Promise<{ kind: 'ok' } | Refusal>
  /** As the named printer would print it; the standard printer for an unknown or no id. */
  labelSvg(facts: LabelFacts, printerId?: string | null): string
  printedFile(jobId: string): PrintedFile | null
  sheets(): readonly SheetView[]
  /** A page, or several, of labels at true size. */
  labelSheet(wish: SheetWish): Promise<{ kind: 'ok'; value: Uint8Array } | Refusal>
}

export interface BenchDeskDeps {
  registry: DeviceRegistry
  jobs: PrintJobs
  printers: Printers
  watch: PrinterWatch
  approvals: Approvals
  record: RecordLookUp
  labelsFolder: string
  changed(): void
}

export const jobsShown = 20

export function openBenchDesk(deps: BenchDeskDeps): BenchDesk {
  const { registry, jobs, printers, watch, approvals, record, changed } = deps
  return {
    async listBench() {
      await Promise.all([registry.rescan(), printers.rescan()])
      return listBench(registry)
    },
    saidOfItself(key) {
      const device = registry.find(key)
      return device && saidOfItself(device)
    },
    printers: () =>
      printers
        .all()
        .map((printer) => printerView(printer, watch.last(printer), printers.mediaChoice(printer.id))),
    printJobs: () => jobs.recent(jobsShown).map(jobView),
    standardPrinter: () => standardPrinter(printers),
    printerName: (id) => printers.get(id)?.name ?? null,
    act: openJobDesk({ jobs, approvals, changed }),
    async chooseMedia(printerId, mediaId) {
      if (jobs.inState('sending').some((job) => job.printerId === printerId))
        return refused('It is printing. Choose again when the label is out.')
      const outcome = await printers.chooseMedia(printerId, mediaId)
      watch.forget(printerId)
      changed()
      return outcome
    },
    labelSvg: (facts, printerId) => {
      const printer = (printerId ? printers.get(printerId) : null) ?? standardPrinter(printers)
      return labelSvg(facts, printer.media())
    },
    sheets: () => sheetViews,
    labelSheet: (wish) => labelSheetPdf(wish, record),
    printedFile(jobId) {
      const job = jobs.get(jobId)
      if (!job?.filePath) return null
      const mediaType = job.mediaType === 'application/pdf' ? 'application/pdf' : 'image/png'
      // The folder may have been moved since, by a backup.
      return { path: join(deps.labelsFolder, basename(job.filePath)), mediaType }
    },
  }
}

/** The printer for labels when nobody chose one: the first. */
export function standardPrinter(printers: Printers): Printer {
  const [first] = printers.all()
  if (!first) throw new Error('The built-in printers are missing')
  return first
}
