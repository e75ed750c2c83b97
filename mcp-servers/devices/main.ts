import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Approvals } from '../approval/approvals.ts'
import type { Clock } from '../serving/clock.ts'
import type { LabDatabase } from '../serving/database.ts'
import { openToolServer, type ToolServer, type ToolServerDeps } from '../serving/tool-server.ts'
import { identifiedDevices, listBench, printerNode } from './bench/bench.ts'
import { enumerateUsb } from './bench/enumerate-usb.ts'
import { type WatchHotPlug, watchHotPlug } from './bench/hot-plug.ts'
import { readNamedPorts } from './bench/named-ports.ts'
import { type DeviceRegistry, openDeviceRegistry } from './bench/registry.ts'
import { serialLine } from './bench/serial-places.ts'
import type { EnumerateUsb } from './bench/usb-descriptor.ts'
import { printerIdOverUsb, usbPrinter } from './bench/usb-package.ts'
import { type BenchDesk, jobsShown, openBenchDesk, standardPrinter } from './bench-desk.ts'
import { cableTestWords } from './cable-testers/cable-test-words.ts'
import { type CableTests, openCableTests } from './cable-testers/open-cable-tests.ts'
import { type Consoles, openConsoles } from './consoles/open-consoles.ts'
import { openTyping } from './consoles/typing-executor.ts'
import type { DevicesDomain } from './domain.ts'
import { meterClock } from './meters/meter-clock.ts'
import { type Meters, openMeters } from './meters/open-meters.ts'
import { jobView } from './print-queue/job-view.ts'
import { printExecutor } from './print-queue/print-executor.ts'
import { openPrintJobs, type PrintJobs } from './print-queue/print-jobs.ts'
import { openPrintQueue, type PrintQueue, type RecordLookUp } from './print-queue/print-queue.ts'
import { askedOverUsb } from './printers/asked-over-usb.ts'
import { openChosenMedia } from './printers/chosen-media.ts'
import { openPrinters, type Printers } from './printers/open-printers.ts'
import { pluggedInPrinters } from './printers/plugged-in.ts'
import type { PrinterConfig } from './printers/printer.ts'
import { openPrinterWatch, type PrinterWatch } from './printers/printer-watch.ts'
import { readPrintersFile } from './printers/printers-file.ts'
import { type RunProgram, runProgram } from './printers/run-program.ts'
import { switchedPrinters } from './printers/switched-printers.ts'
import { openSimulatedBench, type SimulatedBench } from './simulated/simulated-bench.ts'

const stopWithinMs = 2000

export interface DevicesDeps {
  database: LabDatabase
  clock: Clock
  approvals: Approvals
  /** Whether a label may be printed for this tag, and what stands on it. */
  record: RecordLookUp
  /** The tag of an item of the tray, or null. */
  tagOf(itemId: string): string | null
  /** Label files go to its `labels/`; its `printers.json` and `serial-ports.json` name the owner's own. */
  stateDir: string
  /** Beside those of `printers.json` in the state folder, the built-in ones, and what is plugged in. */
  printers: PrinterConfig[]
  serving: Pick<ToolServerDeps<never>, 'readOnly' | 'confirmUrl' | 'stateKey' | 'onFault'>
  /** How to see the world; for tests. */
  world?: {
    enumerate?: EnumerateUsb
    watch?: WatchHotPlug
    runProgram?: RunProgram
    usbPrinter?: typeof usbPrinter
    printerIdOverUsb?: typeof printerIdOverUsb
  }
}

/** The devices server, and what a signed-in person may do with it beside the tools. */
export interface DevicesServer extends BenchDesk {
  server: ToolServer
  meters: Meters
  consoles: Consoles
  cableTests: CableTests
  simulated: SimulatedBench
  /** Printers, jobs or the bench may have changed. */
  onChange(listener: () => void): () => void
  /** Resolves when every printer has done what it could. */
  idle(): Promise<void>
  close(): Promise<void>
}

export async function openDevicesServer(deps: DevicesDeps): Promise<DevicesServer> {
  const parts = await openParts(deps)
  const { approvals, clock } = deps
  const server = await openToolServer({
    name: 'devices',
    instructions:
      'The bench: what is plugged in, power meters, the label printers and their jobs. Labels are printed only for confirmed records and only after a person agreed.',
    toolsFolder: join(import.meta.dirname, 'tools'),
    domain: domainOf(parts, deps),
    approvals,
    clock,
    ...deps.serving,
  })
  const { printers, queue, registry, meters, consoles, cableTests, simulated, listeners } = parts
  return {
    server,
    meters,
    consoles,
    cableTests,
    simulated,
    ...openBenchDesk({ ...parts, approvals, record: deps.record, labelsFolder: labelsFolderOf(deps) }),
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    idle: queue.idle,
    async close() {
      await within(stopWithinMs, clock, queue.stop())
      await within(stopWithinMs, clock, Promise.all([meters.close(), consoles.close(), cableTests.close()]))
      await server.close()
      await registry.close()
      await within(stopWithinMs, clock, consoles.settled())
      await simulated.close()
      await printers.close()
      listeners.clear()
    },
  }
}

function labelsFolderOf({ stateDir }: Pick<DevicesDeps, 'stateDir'>): string {
  return join(stateDir, 'labels')
}

interface Parts {
  registry: DeviceRegistry
  meters: Meters
  consoles: Consoles
  cableTests: CableTests
  simulated: SimulatedBench
  jobs: PrintJobs
  printers: Printers
  queue: PrintQueue
  watch: PrinterWatch
  listeners: Set<() => void>
  changed(): void
}

async function openParts(deps: DevicesDeps): Promise<Parts> {
  const { database, clock, approvals, record } = deps
  const enumerate = deps.world?.enumerate ?? enumerateUsb(process.platform)
  const askPrinter = deps.world?.printerIdOverUsb ?? printerIdOverUsb
  const labelsFolder = labelsFolderOf(deps)
  await mkdir(labelsFolder, { recursive: true, mode: 0o700 })
  const listeners = new Set<() => void>()
  const changed = () => {
    for (const listener of listeners) listener()
  }
  const onFault = (cause: unknown) => deps.serving.onFault?.({ tool: 'printing', cause })
  const jobs = openPrintJobs(database, clock)
  const registry = await openDeviceRegistry({
    ...{ enumerate, clock, onFault },
    named: () => readNamedPorts(join(deps.stateDir, 'serial-ports.json')),
    watch: deps.world?.watch ?? watchHotPlug(process.platform),
  })
  registry.onChange(changed)
  const printers = await openPrinters({
    configured: deps.printers,
    chosen: openChosenMedia(database),
    file: await readPrintersFile(join(deps.stateDir, 'printers.json')),
    pluggedIn: async () =>
      pluggedInPrinters(await askedOverUsb(await identifiedDevices(enumerate), askPrinter)),
    around: {
      clock,
      labelsFolder,
      runProgram: deps.world?.runProgram ?? runProgram,
      printerNode: (key) => printerNode(enumerate, key),
      usbPrinter: deps.world?.usbPrinter ?? usbPrinter,
      serialLine: (place, baudRate) =>
        serialLine(registry, { place, settings: { baudRate }, purpose: 'printing' }, clock),
    },
  })
  const watch = openPrinterWatch({
    clock,
    isPrinting: (printerId) => jobs.inState('sending').some((job) => job.printerId === printerId),
    changed,
    onFault,
  })
  const queue = openPrintQueue({
    ...{ jobs, clock, record, onFault, printer: printers.get, report: approvals.finishStep },
    changed(printerId) {
      watch.forget(printerId)
      changed()
    },
  })
  approvals.register(printExecutor({ queue, record, printer: printers.get }))
  const steadyClock = meterClock(clock)
  const meters = openMeters({ registry, database, clock: steadyClock, changed, onFault })
  const consoles = await openConsoles({
    ...{ registry, database, clock, changed, readOnly: deps.serving.readOnly },
    audit: (entry) => approvals.audit.append({ ...entry, channel: 'bench' }),
  })
  approvals.register(openTyping({ database, consoles, clock, report: approvals.finishStep }))
  const cableTests = await openCableTests({ registry, database, clock, changed, onFault })
  const simulated = await openSimulatedBench(registry, steadyClock, changed, () =>
    switchedPrinters(printers, watch),
  )
  return {
    registry,
    meters,
    consoles,
    cableTests,
    simulated,
    jobs,
    printers,
    queue,
    watch,
    listeners,
    changed,
  }
}

function domainOf(
  { registry, meters, consoles, cableTests, jobs, printers, watch }: Parts,
  { record, tagOf }: Pick<DevicesDeps, 'record' | 'tagOf'>,
): DevicesDomain {
  return {
    async listBench() {
      await registry.rescan()
      return listBench(registry)
    },
    readMeter: meters.read,
    lookAtConsole: (place, client) => consoles.look(place, { operator: client, login: null }),
    consolePlaces: consoles.places,
    cableTests: (tag) => cableTestWords(cableTests, tagOf, tag),
    async askPrinters() {
      await printers.rescan()
      const all = printers.all()
      return Promise.all(all.map(async (printer) => ({ printer, state: await watch.ask(printer) })))
    },
    findPrinter: (id) => (id === null ? standardPrinter(printers) : printers.get(id)),
    record,
    printJobs: (tag) => (tag === null ? jobs.recent(jobsShown) : jobs.ofTag(tag)).map(jobView),
  }
}

/** A job that is cut off here is found as `sending` at the next start, and a person is asked. */
function within(limitMs: number, clock: Clock, work: Promise<unknown>): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(limitMs, resolve)
    work.then(() => resolve(), reject).finally(cancel)
  })
}
