import type { Clock } from '../../serving/clock.ts'
import { DeviceError } from '../device-error.ts'
import type { MediaChoice } from './open-printers.ts'
import type { Printer, PrinterCondition, PrinterState } from './printer.ts'

/** An answer older than this is asked for again when somebody looks. */
const freshForMs = 10_000

const tones: Record<PrinterCondition, 'good' | 'working' | 'bad' | 'muted'> = {
  ready: 'good',
  printing: 'working',
  unknown: 'muted',
  'media-empty': 'bad',
  'media-mismatch': 'bad',
  'media-jam': 'bad',
  'cover-open': 'bad',
  'cutter-error': 'bad',
  'over-temperature': 'bad',
  'battery-low': 'bad',
  'ribbon-empty': 'bad',
  paused: 'bad',
  fault: 'bad',
  offline: 'bad',
  unusable: 'bad',
}

/** The last thing that each printer said. A printer is never asked while it prints, and never twice at once. */
export function openPrinterWatch(deps: {
  clock: Clock
  isPrinting(printerId: string): boolean
  changed(): void
  onFault(fault: unknown): void
}) {
  const known = new Map<string, { state: PrinterState; atMs: number }>()
  const asking = new Map<string, Promise<PrinterState>>()

  async function question(printer: Printer): Promise<PrinterState> {
    try {
      return await printer.state()
    } catch (error) {
      if (error instanceof DeviceError) return { condition: 'offline', words: error.message }
      deps.onFault(error)
      return { condition: 'offline', words: 'Asking the printer went wrong inside HWLab; its log has more.' }
    }
  }

  async function ask(printer: Printer): Promise<PrinterState> {
    if (deps.isPrinting(printer.id)) return { condition: 'printing', words: 'Printing' }
    const running = asking.get(printer.id)
    if (running) return running
    const answer = question(printer).finally(() => asking.delete(printer.id))
    asking.set(printer.id, answer)
    const state = await answer
    const before = known.get(printer.id)?.state.words
    known.set(printer.id, { state, atMs: deps.clock.nowMs() })
    if (before !== state.words) deps.changed()
    return state
  }

  return {
    ask,
    /** At once; asks in the background when the answer is old. */
    last(printer: Printer): PrinterState {
      const answer = known.get(printer.id)
      if (!answer || deps.clock.nowMs() - answer.atMs > freshForMs) void ask(printer)
      if (deps.isPrinting(printer.id)) return { condition: 'printing', words: 'Printing' }
      return answer?.state ?? { condition: 'unknown', words: 'Asking the printer…' }
    },
    forget(printerId: string): void {
      known.delete(printerId)
    },
  }
}
export type PrinterWatch = ReturnType<typeof openPrinterWatch>

/** Shaped as a printer of the bench panel. */
export function printerView(printer: Printer, state: PrinterState, media: MediaChoice) {
  return {
    id: printer.id,
    name: printer.name,
    simulated: printer.simulated,
    media: printer.media().words,
    mediaId: media.id,
    mediaChoices: media.choices,
    stateWords: state.words,
    usable: state.condition !== 'unusable',
    tone: tones[state.condition],
  }
}
export type PrinterView = ReturnType<typeof printerView>
