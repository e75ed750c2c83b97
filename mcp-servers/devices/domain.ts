import type { BenchListing } from './bench/bench.ts'
import type { CableTestWords } from './cable-testers/cable-test-words.ts'
import type { ConsolePlace, Consoles } from './consoles/open-consoles.ts'
import type { Meters } from './meters/open-meters.ts'
import type { PrintJobView } from './print-queue/job-view.ts'
import type { RecordLookUp } from './print-queue/print-queue.ts'
import type { Printer, PrinterState } from './printers/printer.ts'

/** What the tools of this server may do. */
export interface DevicesDomain {
  listBench(): Promise<BenchListing>
  /** For so many milliseconds; without a key: the only meter. */
  readMeter: Meters['read']
  /** Without a place: the only serial port. */
  lookAtConsole(place: string | null, client: string): ReturnType<Consoles['look']>
  consolePlaces(): ConsolePlace[]
  /** Newest first; of one tag, or of all. */
  cableTests(tag: string | null): CableTestWords[]
  /** Each printer with what it answers now. */
  askPrinters(): Promise<{ printer: Printer; state: PrinterState }[]>
  /** Without an id: the printer that labels go to unless somebody says otherwise. */
  findPrinter(id: string | null): Printer | null
  record: RecordLookUp
  /** Newest first; of one tag, or of all. */
  printJobs(tag: string | null): PrintJobView[]
}
