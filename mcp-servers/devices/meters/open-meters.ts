import type { LabDatabase } from '../../serving/database.ts'
import { type Refusal, refused } from '../../serving/tool.ts'
import { deviceName } from '../bench/bench.ts'
import type { DeviceRegistry, PresentDevice } from '../bench/registry.ts'
import { type LiveFeed, type LiveRow, type MeterFrame, openLiveFeed } from './live-feed.ts'
import { type Measured, measure } from './measure.ts'
import type { MeterClock } from './meter-clock.ts'
import { type MeterSession, openMeterSession } from './meter-session.ts'
import { type MeterView, meterView } from './meter-view.ts'
import { type MeterModel, meterModels } from './models.ts'
import { openRecorder, type RecordingWish } from './recordings/recorder.ts'
import { openRecordingsTable, type Recording } from './recordings/recordings-table.ts'
import type { TimedReading } from './recordings/sample-block.ts'
import { type Stretch, thinOut } from './recordings/thin-out.ts'
import type { RawReport } from './report-reader.ts'

export interface Meters {
  /** Those that are plugged in, and those in use that are waited for. */
  views(): MeterView[]
  watch(
    key: string,
    onFrame: (frame: MeterFrame) => void,
  ): { kind: 'watching'; history: LiveRow[]; stop(): void } | Refusal
  /** Reads for `forMs`; null: the only meter. */
  read(
    key: string | null,
    forMs: number,
    signal: AbortSignal,
  ): Promise<({ kind: 'measured'; name: string; simulated: boolean } & Measured) | Refusal>
  /** null: the only meter. */
  record(key: string | null, wish: RecordingWish): { kind: 'started'; id: string } | Refusal
  stopRecording(id: string): { kind: 'ok' } | Refusal
  /** Newest first. */
  recordings(): Recording[]
  recording(id: string): Recording | null
  /** At most `most` stretches. */
  drawn(recording: Recording, most: number): Stretch[]
  readings(id: string): Iterable<TimedReading>
  /** As the meter sent them, where they were kept. */
  reports(id: string): Iterable<RawReport>
  attach(id: string, itemId: string | null): { kind: 'ok' } | Refusal
  remove(id: string): { kind: 'ok' } | Refusal
  close(): Promise<void>
}

export interface MetersDeps {
  registry: DeviceRegistry
  database: LabDatabase
  clock: MeterClock
  changed(): void
  onFault(cause: unknown): void
}

const recordingsShown = 30
const gone = 'This recording is not there any more.'

interface Known {
  key: string
  name: string
  simulated: boolean
  session: MeterSession
  feed: LiveFeed
}

export function openMeters(deps: MetersDeps): Meters {
  const { registry, clock } = deps
  const table = openRecordingsTable(deps.database)
  const recorder = openRecorder({ ...deps, table })
  const known = new Map<string, Known>()

  function take(device: PresentDevice): Known {
    const { key } = device
    const before = known.get(key)
    if (before) return before
    const session = openMeterSession({
      ...deps,
      key,
      model: modelOf,
      isImpatient: () => table.isImpatient(key),
      impatient: () => table.setImpatient(key),
    })
    const feed = openLiveFeed({ key, session, clock })
    const meter = { key, name: deviceName(device), simulated: device.simulated !== null, session, feed }
    known.set(key, meter)
    return meter
  }
  const plugged = () => registry.devices().flatMap((device) => (modelOf(device) ? [take(device)] : []))
  function shown(): Known[] {
    const here = plugged()
    const awaited = [...known.values()].filter(
      (meter) => !here.includes(meter) && meter.session.state().kind !== 'off',
    )
    return [...here, ...awaited]
  }
  function find(key: string | null): Known | Refusal {
    const here = shown()
    const found = key === null ? here[0] : here.find((meter) => meter.key === key)
    if (key === null && here.length > 1)
      return refused('Several meters are plugged in. Say which by its key.')
    return found ?? refused('No such meter is plugged in. Use its port named PC and a data cable.')
  }

  const stopListening = registry.onChange(({ kind, key }) => {
    if (kind !== 'detached') known.get(key)?.session.tryNow()
  })

  return {
    views: () => shown().map((meter) => meterView(meter, recorder.of(meter.key))),
    watch(key, onFrame) {
      const meter = find(key)
      return 'why' in meter ? meter : { kind: 'watching', ...meter.feed.watch(onFrame) }
    },
    async read(key, forMs, signal) {
      const meter = find(key)
      if ('why' in meter) return meter
      const measured = await measure(meter.session, forMs, clock, signal)
      return measured.kind === 'refused'
        ? measured
        : { ...measured, name: meter.name, simulated: meter.simulated }
    },
    record(key, wish) {
      const meter = find(key)
      return 'why' in meter ? meter : recorder.start(meter, wish)
    },
    stopRecording: recorder.stop,
    recordings: () => table.newest(recordingsShown),
    recording: table.get,
    drawn(recording, most) {
      const untilMs = recording.endedAtMs ?? clock.nowMs()
      return thinOut(table.readings(recording.id), { fromMs: recording.startedAtMs, untilMs, most })
    },
    readings: table.readings,
    reports: table.reports,
    attach(id, itemId) {
      if (!table.attach(id, itemId)) return refused(gone)
      deps.changed()
      return { kind: 'ok' }
    },
    remove(id) {
      if (table.get(id)?.endedAtMs === null) return refused('Stop this recording first.')
      if (!table.remove(id)) return refused(gone)
      deps.changed()
      return { kind: 'ok' }
    },
    async close() {
      stopListening()
      recorder.close()
      await Promise.all([...known.values()].map((meter) => meter.session.close()))
    },
  }
}

/** The model, or null for what is no meter. Where two rows fit, the one that also knows the product’s name. */
function modelOf(device: PresentDevice): MeterModel | null {
  if (device.simulated) return device.simulated.line.kind === 'hid' ? (meterModels[0] ?? null) : null
  const fitting = meterModels.filter(
    ({ vendorId, productId, product }) =>
      vendorId === device.vendorId &&
      productId === device.productId &&
      (product === undefined || product.test(device.product ?? '')),
  )
  return fitting.find((model) => model.product) ?? fitting[0] ?? null
}
