import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openPrinters } from '../../mcp-servers/devices/printers/open-printers.ts'
import type { Printer, PrinterConfig } from '../../mcp-servers/devices/printers/printer.ts'
import type { PrintersFile } from '../../mcp-servers/devices/printers/printers-file.ts'
import type { ProgramOutcome, RunProgram } from '../../mcp-servers/devices/printers/run-program.ts'
import { type Clock, systemClock } from '../../mcp-servers/serving/clock.ts'

/** The real printers of a folder that is gone afterwards. */
export async function withPrinters(
  options: {
    configured?: PrinterConfig[]
    file?: PrintersFile
    pluggedIn?: { key: string; model: string }[]
    runProgram?: RunProgram
    clock?: Clock
  },
  use: (printers: Awaited<ReturnType<typeof openPrinters>>, folder: string) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'hwlab-printers-'))
  const printers = await openPrinters({
    configured: options.configured ?? [],
    file: options.file ?? { kind: 'read', printers: [] },
    pluggedIn: async () => options.pluggedIn ?? [],
    around: {
      clock: options.clock ?? systemClock,
      labelsFolder: folder,
      runProgram: options.runProgram ?? (async () => ({ kind: 'missing' })),
      printerNode: async () => null,
    },
  })
  try {
    await use(printers, folder)
  } finally {
    await printers.close()
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
