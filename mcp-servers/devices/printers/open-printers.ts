import { join } from 'node:path'
import { loadFolder } from '../../serving/load-folder.ts'
import { type Refusal, refused } from '../../serving/tool.ts'
import { DeviceError } from '../device-error.ts'
import { labelMedia } from '../labels/media.ts'
import type { ChosenMedia } from './chosen-media.ts'
import { oneAtATime } from './one-at-a-time.ts'
import type { PluggedInPrinter } from './plugged-in.ts'
import type { Printer, PrinterConfig, PrinterDriver, PrinterSurroundings } from './printer.ts'
import type { PrintersFile } from './printers-file.ts'
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
  /** Configured ones first, then plugged-in ones, the built-in ones, and the system's queues. */
  all(): Printer[]
  get(id: string): Printer | null
  /** What somebody may say is in it; none where the printer knows, or the owner's file says it. */
  mediaChoice(id: string): MediaChoice
  chooseMedia(id: string, mediaId: string): Promise<{ kind: 'ok' } | Refusal>
  /** Adds what was plugged in since; a printer that was unplugged stays and says so when asked. */
  rescan(): Promise<void>
  close(): Promise<void>
}

interface PrinterSources {
  configured: PrinterConfig[]
  /** The owner's `printers.json`. */
  file: PrintersFile
  pluggedIn(): Promise<PluggedInPrinter[]>
  chosen: ChosenMedia
  around: PrinterSurroundings
}

/** Where a printer stands in the list; the first one of all is the standard printer. */
const ranks = { configured: 0, pluggedIn: 1, builtIn: 2, queue: 3, broken: 4 }

export async function openPrinters(sources: PrinterSources): Promise<Printers> {
  const { file, pluggedIn, chosen, around } = sources
  const configured = [...sources.configured, ...(file.kind === 'read' ? file.printers : [])]
  const drivers = await loadFolder(join(import.meta.dirname, 'drivers'), isDriver)
  const open = new Map<string, OpenPrinter>()

  /** The system may ask a printer for its language only a moment after it appeared: what was unknown may be known now. */
  const isUsable = (id: string) => open.get(id)?.config != null

  async function add(config: PrinterConfig, rank: number): Promise<void> {
    if (isUsable(config.id)) return
    const media = (rank === ranks.configured ? null : chosen.of(config.id)) ?? config.media
    const printer = await openOne({ ...config, media }, drivers, around)
    open.set(config.id, { printer, rank, config, media })
  }

  function addBroken(printer: { id: string; name: string }, why: string): void {
    if (!isUsable(printer.id))
      open.set(printer.id, {
        printer: brokenPrinter(printer, why),
        rank: ranks.broken,
        config: null,
        media: '',
      })
  }

  const isConfigured = (key: string) =>
    configured.some(
      ({ transport }) => (transport?.kind === 'usb' || transport?.kind === 'serial') && transport.key === key,
    )

  async function scan(): Promise<void> {
    for (const found of await pluggedIn()) {
      if (found.kind === 'unknown') addBroken(found, found.why)
      else if (!isConfigured(found.key)) await add(found.config, ranks.pluggedIn)
    }
  }

  for (const config of configured) await add(config, ranks.configured)
  for (const config of builtIn) await add(config, ranks.builtIn)
  for (const queue of await listSystemQueues(around.runProgram)) await add(queuePrinter(queue), ranks.queue)
  if (file.kind === 'unusable') addBroken({ id: 'printers.json', name: 'printers.json' }, file.why)
  let lastScan = scan()
  await lastScan

  return {
    all: () => [...open.values()].sort((one, other) => one.rank - other.rank).map(({ printer }) => printer),
    get: (id) => open.get(id)?.printer ?? null,
    mediaChoice: (id) => ({ id: open.get(id)?.media ?? '', choices: choices(open.get(id), drivers) }),
    async chooseMedia(id, mediaId) {
      const known = open.get(id)
      const isOffered = choices(known, drivers).some((choice) => choice.id === mediaId)
      if (!known?.config || !isOffered)
        return refused('This printer does not print on that. Reload the page.')
      const printer = await openOne({ ...known.config, media: mediaId }, drivers, around)
      await known.printer.close()
      chosen.choose(id, mediaId)
      open.set(id, { ...known, printer, media: mediaId })
      return { kind: 'ok' }
    },
    rescan() {
      lastScan = lastScan.then(scan, scan)
      return lastScan
    },
    async close() {
      await Promise.all([...open.values()].map(({ printer }) => printer.close()))
    },
  }
}

interface OpenPrinter {
  printer: Printer
  rank: number
  /** null for one that cannot be printed on. */
  config: PrinterConfig | null
  /** As chosen: a medium's id, or `loaded`. */
  media: string
}

export interface MediaChoice {
  id: string
  choices: { id: string; words: string }[]
}

const asItSays = { id: 'loaded', words: 'The roll that it says it has' }

function choices(open: OpenPrinter | undefined, drivers: PrinterDriver[]): MediaChoice['choices'] {
  if (!open?.config || open.rank === ranks.configured) return []
  const { driver: name, model, media: standard } = open.config
  const driver = drivers.find((candidate) => candidate.driver === name)
  const fitting = labelMedia.filter((media) => driver?.takes(media, model))
  return [...(standard === asItSays.id ? [asItSays] : []), ...fitting.map(({ id, words }) => ({ id, words }))]
}

async function openOne(
  config: PrinterConfig,
  drivers: PrinterDriver[],
  around: PrinterSurroundings,
): Promise<Printer> {
  const driver = drivers.find((candidate) => candidate.driver === config.driver)
  if (!driver) return brokenPrinter(config, `There is no printer driver named ${config.driver}.`)
  try {
    return oneAtATime(await driver.open(config, around))
  } catch (error) {
    if (error instanceof DeviceError) return brokenPrinter(config, error.message)
    throw error
  }
}

function queuePrinter(queue: string): PrinterConfig {
  return {
    id: `queue-${queue}`.slice(0, 64),
    name: `${queue} (system queue)`,
    driver: 'system-queue',
    transport: { kind: 'queue', name: queue },
    media: 'page-62x29',
  }
}

function isDriver(candidate: unknown, fileStem: string): candidate is PrinterDriver {
  return (
    typeof candidate === 'object' &&
    candidate !== null &&
    'driver' in candidate &&
    candidate.driver === fileStem &&
    'takes' in candidate &&
    'open' in candidate
  )
}

/** Listed with its trouble, rather than ending the start. */
function brokenPrinter(config: Pick<PrinterConfig, 'id' | 'name'>, why: string): Printer {
  const [anyMedia] = labelMedia
  if (!anyMedia) throw new Error('The media table is empty')
  return {
    id: config.id,
    name: config.name,
    simulated: false,
    repeatable: true,
    media: () => anyMedia,
    state: async () => ({ condition: 'unusable', words: why }),
    print: async () => ({ kind: 'failed', why }),
    switchboard: null,
    close: async () => {},
  }
}
