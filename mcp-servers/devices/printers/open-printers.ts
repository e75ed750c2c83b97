import { join } from 'node:path'
import { loadFolder } from '../../serving/load-folder.ts'
import { DeviceError } from '../device-error.ts'
import { labelMedia } from '../labels/media.ts'
import { oneAtATime } from './one-at-a-time.ts'
import type { Printer, PrinterConfig, PrinterDriver, PrinterSurroundings } from './printer.ts'
import { listSystemQueues } from './system-queues.ts'

/** Always there, so that there is a label even where there is no printer. */
const builtIn: PrinterConfig[] = [
  {
    id: 'simulated',
    name: 'Simulated printer (Brother QL-820NWB)',
    driver: 'simulated',
    transport: null,
    media: '62',
  },
  { id: 'png', name: 'PNG file', driver: 'png-file', transport: null, media: 'page-62x29' },
  { id: 'pdf', name: 'PDF file', driver: 'pdf-file', transport: null, media: 'page-62x29' },
]

export interface Printers {
  /** Configured ones first, then plugged-in ones, then the system's queues, then the built-in ones. */
  all(): Printer[]
  get(id: string): Printer | null
  /** Adds what was plugged in since; a printer that was unplugged stays and says so when asked. */
  rescan(): Promise<void>
  close(): Promise<void>
}

interface PrinterSources {
  configured: PrinterConfig[]
  pluggedIn(): Promise<{ key: string; model: string }[]>
  around: PrinterSurroundings
}

export async function openPrinters({ configured, pluggedIn, around }: PrinterSources): Promise<Printers> {
  const drivers = await loadFolder(join(import.meta.dirname, 'drivers'), isDriver)
  const open = new Map<string, Printer>()
  const rank = new Map<string, number>()

  async function add(config: PrinterConfig, order: number): Promise<void> {
    if (open.has(config.id)) return
    open.set(config.id, await openOne(config))
    rank.set(config.id, order)
  }

  async function openOne(config: PrinterConfig): Promise<Printer> {
    const driver = drivers.find((candidate) => candidate.driver === config.driver)
    if (!driver) return brokenPrinter(config, `There is no printer driver named ${config.driver}.`)
    try {
      return oneAtATime(await driver.open(config, around))
    } catch (error) {
      if (error instanceof DeviceError) return brokenPrinter(config, error.message)
      throw error
    }
  }

  async function rescan(): Promise<void> {
    for (const { key, model } of await pluggedIn()) {
      const isConfigured = configured.some(
        ({ transport }) => transport?.kind === 'usb' && transport.key === key,
      )
      if (!isConfigured)
        await add(
          {
            id: key.replaceAll(/[^\w.-]/g, '-').slice(0, 64),
            name: `Brother ${model} (USB)`,
            driver: 'brother-ql',
            transport: { kind: 'usb', key },
            media: 'loaded',
            model,
          },
          1,
        )
    }
  }

  for (const config of configured) await add(config, 0)
  for (const queue of await listSystemQueues(around.runProgram))
    await add(
      {
        id: `queue-${queue}`.slice(0, 64),
        name: `${queue} (system queue)`,
        driver: 'system-queue',
        transport: { kind: 'queue', name: queue },
        media: 'page-62x29',
      },
      2,
    )
  for (const config of builtIn) await add(config, 3)
  await rescan()

  return {
    all: () => [...open.values()].sort((one, other) => (rank.get(one.id) ?? 0) - (rank.get(other.id) ?? 0)),
    get: (id) => open.get(id) ?? null,
    rescan,
    async close() {
      await Promise.all([...open.values()].map((printer) => printer.close()))
    },
  }
}

function isDriver(candidate: unknown, fileStem: string): candidate is PrinterDriver {
  return (
    typeof candidate === 'object' &&
    candidate !== null &&
    'driver' in candidate &&
    candidate.driver === fileStem &&
    'open' in candidate
  )
}

/** Listed with its trouble, rather than ending the start. */
function brokenPrinter(config: PrinterConfig, why: string): Printer {
  const [anyMedia] = labelMedia
  if (!anyMedia) throw new Error('The media table is empty')
  return {
    id: config.id,
    name: config.name,
    simulated: false,
    repeatable: true,
    media: () => anyMedia,
    state: async () => ({ condition: 'offline', words: why }),
    print: async () => ({ kind: 'failed', why }),
    door: null,
    close: async () => {},
  }
}
