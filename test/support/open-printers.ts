import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DeviceError } from '../../mcp-servers/devices/device-error.ts'
import { printJobMigrations } from '../../mcp-servers/devices/print-queue/print-jobs.ts'
import { openChosenMedia } from '../../mcp-servers/devices/printers/chosen-media.ts'
import { openPrinters } from '../../mcp-servers/devices/printers/open-printers.ts'
import type { PluggedInPrinter } from '../../mcp-servers/devices/printers/plugged-in.ts'
import type { Printer, PrinterConfig } from '../../mcp-servers/devices/printers/printer.ts'
import type { PrintersFile } from '../../mcp-servers/devices/printers/printers-file.ts'
import type { ProgramOutcome, RunProgram } from '../../mcp-servers/devices/printers/run-program.ts'
import type { Transport } from '../../mcp-servers/devices/transports/byte-channel.ts'
import { type Clock, systemClock } from '../../mcp-servers/serving/clock.ts'
import { openDatabase } from '../../mcp-servers/serving/database.ts'

/** A bench without serial ports. */
export function noSerialLine(): Transport {
  return {
    words: 'no serial port',
    open: async () => {
      throw new DeviceError('not-found', 'This device is not plugged in. Plug it in, then try again.')
    },
  }
}

/** The real printers of a folder that is gone afterwards. */
export async function withPrinters(
  options: {
    configured?: PrinterConfig[]
    file?: PrintersFile
    pluggedIn?: PluggedInPrinter[]
    runProgram?: RunProgram
    clock?: Clock
  },
  use: (printers: Awaited<ReturnType<typeof openPrinters>>, folder: string) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'hwlab-printers-'))
  const database = openDatabase(join(folder, 'hwlab.db'), [printJobMigrations])
  const printers = await openPrinters({
    configured: options.configured ?? [],
    file: options.file ?? { kind: 'read', printers: [] },
    pluggedIn: async () => options.pluggedIn ?? [],
    chosen: openChosenMedia(database),
    around: {
      clock: options.clock ?? systemClock,
      labelsFolder: folder,
      runProgram: options.runProgram ?? (async () => ({ kind: 'missing' })),
      printerNode: async () => null,
      usbPrinter: async () => null,
      serialLine: noSerialLine,
    },
  })
  try {
    await use(printers, folder)
  } finally {
    await printers.close()
    database.close()
    await rm(folder, { recursive: true, force: true })
  }
}

export function found(printer: Printer | null): Printer {
  if (!printer) throw new Error('no such printer')
  return printer
}

export function ran(stdout: string, exitCode = 0): ProgramOutcome {
  return { kind: 'ran', exitCode, stdout, stderr: '' }
}
