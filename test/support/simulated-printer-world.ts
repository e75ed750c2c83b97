import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DeviceError } from '../../mcp-servers/devices/device-error.ts'
import { labelSvg } from '../../mcp-servers/devices/labels/label-svg.ts'
import { mediaById } from '../../mcp-servers/devices/labels/media.ts'
import { rasterise } from '../../mcp-servers/devices/labels/rasterise.ts'
import type {
  Printer,
  PrinterConfig,
  PrinterDriver,
  PrintOutcome,
} from '../../mcp-servers/devices/printers/printer.ts'
import {
  type Firmware,
  openSimulatedPrinter,
  type SimulatedPrinter,
} from '../../mcp-servers/devices/simulated/simulated-printer.ts'
import { briskClock } from './brisk-clock.ts'
import { cut } from './cut-bitmap.ts'
import { labelFacts } from './open-devices.ts'
import { noSerialLine } from './open-printers.ts'
import { differentDots } from './png-bitmap.ts'

/** One language: the real driver, and a printer that speaks it. */
export interface SpokenLanguage {
  driver: PrinterDriver
  model: string
  media: string
  firmware: Firmware
  /** What a driver does that gets no answer at all, over a line that may carry none. */
  onSilence: 'sends' | 'sends-nothing'
}

export interface PrinterWorld {
  printer: Printer
  simulated: SimulatedPrinter
  /** Bytes that the printer got, in all. */
  heardBytes(): number
  /** A line that breaks after the label was begun leaves it unknown, as in the print queue. */
  print(sending?: () => void): Promise<{ outcome: PrintOutcome; began: number }>
  /** Dots of the last label that are not as drawn. */
  wrongDots(): number
}

/** Time passes this much faster; a printed label takes as long as 300 ms on the clock of the printer. */
const times = 5
const printTakesMs = 300

export async function withPrinterWorld(
  language: SpokenLanguage,
  use: (world: PrinterWorld) => Promise<void>,
): Promise<void> {
  const clock = briskClock(times)
  const media = mediaById(language.media)
  if (!media) throw new Error(`no medium ${language.media}`)
  const labelsFolder = await mkdtemp(join(tmpdir(), 'hwlab-world-'))
  let heard = 0
  const counted: Firmware = (mechanism, say) => {
    const hear = language.firmware(mechanism, say)
    return (bytes) => {
      heard += bytes.length
      hear(bytes)
    }
  }
  const simulated = await openSimulatedPrinter(counted, { media, labelsFolder, printTakesMs, clock })
  const config: PrinterConfig = {
    id: 'printer',
    name: 'Printer',
    driver: language.driver.driver,
    transport: { kind: 'tcp', host: '127.0.0.1', port: simulated.port() },
    media: language.media,
    model: language.model,
  }
  const printer = await language.driver.open(config, {
    clock,
    labelsFolder,
    runProgram: async () => ({ kind: 'missing' }),
    printerNode: async () => null,
    usbPrinter: async () => null,
    serialLine: noSerialLine,
  })
  const facts = labelFacts('HW-00001')
  try {
    await use({
      printer,
      simulated,
      heardBytes: () => heard,
      async print(sending = () => {}) {
        let began = 0
        const job = {
          id: 'job',
          facts,
          sending() {
            began += 1
            sending()
          },
        }
        const outcome = await printer.print(job).catch((fault: unknown): PrintOutcome => {
          if (began > 0 && fault instanceof DeviceError) return { kind: 'unknown', why: fault.message }
          throw fault
        })
        return { outcome, began }
      },
      wrongDots() {
        const label = simulated.labels().at(-1)?.bitmap
        if (!label) throw new Error('no label came out')
        const drawn = rasterise(labelSvg(facts, media), media)
        const margin = media.stock === 'label-roll' ? media.offsetDots : 0
        return differentDots(
          cut(label, { margin, widthDots: drawn.widthDots, heightDots: drawn.heightDots }),
          drawn,
        )
      },
    })
  } finally {
    await printer.close()
    await simulated.close()
    await rm(labelsFolder, { recursive: true, force: true })
  }
}
