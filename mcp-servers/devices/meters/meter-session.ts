import { hidPath } from '../bench/hid-path.ts'
import type { DeviceRegistry, PresentDevice } from '../bench/registry.ts'
import { DeviceError } from '../device-error.ts'
import { hidTransport, type ReportTransport } from '../transports/hid.ts'
import { meterLine } from './commands.ts'
import type { MeterClock } from './meter-clock.ts'
import type { MeterModel } from './models.ts'
import type { RawReport } from './report-reader.ts'
import { runMeter } from './run-meter.ts'
import type { Gap, Sample } from './sample-times.ts'

export type MeterState =
  | { kind: 'off' | 'starting' | 'live' | 'degraded' | 'silent' | 'unplugged' }
  /** `why` says what to do. */
  | { kind: 'refused'; why: string }

export type OnSamples = (samples: Sample[], gap: Gap | null) => void
export type OnReport = (report: RawReport) => void

/** One meter, read as long as somebody uses it; it goes on by itself after an unplug. */
export interface MeterSession {
  state(): MeterState
  /** Starts the meter if it is not running. The returned function ends the use; the last one stops the meter. */
  use(onSamples: OnSamples, onReport?: OnReport): () => void
  /** Something was plugged in: a meter that is waited for is tried at once. */
  tryNow(): void
  close(): Promise<void>
}

export interface SessionDeps {
  key: string
  model(device: PresentDevice): MeterModel | null
  registry: DeviceRegistry
  clock: MeterClock
  /** Froze when it was asked once a second, in this or an earlier session. */
  isImpatient(): boolean
  impatient(): void
  changed(): void
  onFault(cause: unknown): void
}

const againAfterMs = [250, 500, 1000, 2000, 5000] as const

export function openMeterSession(deps: SessionDeps): MeterSession {
  const { key, registry, clock } = deps
  const users = new Set<{ onSamples: OnSamples; onReport: OnReport }>()
  let state: MeterState = { kind: 'off' }
  let stopping: AbortController | null = null
  let running: Promise<void> | null = null
  let wake: (() => void) | null = null
  let failures = 0

  function become(next: MeterState): void {
    const isSame = state.kind === next.kind && next.kind !== 'refused'
    state = next
    if (!isSame) deps.changed()
  }

  async function runOnce(signal: AbortSignal): Promise<void> {
    const lease = await registry.lease(key, 'reading the meter')
    const model = deps.model(lease.device)
    try {
      if (!model) throw new DeviceError('unsupported', 'HWLab does not know this meter.')
      become({ kind: 'starting' })
      const channel = await lease.open(() => transportOf(lease.device, clock).open())
      const keepAlive = deps.isImpatient() ? 'each-packet' : model.keepAlive
      await runMeter(
        { line: meterLine(channel), model: { ...model, keepAlive }, clock, signal },
        {
          samples(samples, gap) {
            failures = 0
            for (const { onSamples } of users) onSamples(samples, gap)
          },
          report(report) {
            for (const { onReport } of users) onReport(report)
          },
          state: (kind) => become({ kind }),
          impatient: deps.impatient,
        },
      )
    } finally {
      await lease.release()
    }
  }

  async function run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await runOnce(signal)
        if (!signal.aborted) become({ kind: 'unplugged' })
      } catch (error) {
        if (!(error instanceof DeviceError)) deps.onFault(error)
        become(stateAfter(error))
      }
      registry.hint()
      if (!signal.aborted) await tryAgainLater()
    }
    become({ kind: 'off' })
  }
  function tryAgainLater(): Promise<void> {
    const waitMs = againAfterMs[Math.min(failures, againAfterMs.length - 1)] ?? 0
    failures += 1
    return new Promise((resolve) => {
      const cancel = clock.after(waitMs, () => wake?.())
      wake = () => {
        cancel()
        wake = null
        resolve()
      }
    })
  }
  async function start(): Promise<void> {
    await running
    if (users.size === 0 || stopping) return
    stopping = new AbortController()
    failures = 0
    running = run(stopping.signal).catch(deps.onFault)
  }
  function stop(): void {
    stopping?.abort()
    stopping = null
    wake?.()
  }

  return {
    state: () => state,
    use(onSamples, onReport = () => {}) {
      const own = { onSamples, onReport }
      users.add(own)
      void start()
      return () => {
        users.delete(own)
        if (users.size === 0) stop()
      }
    },
    tryNow: () => wake?.(),
    async close() {
      users.clear()
      stop()
      await running
    },
  }
}

function transportOf(device: PresentDevice, clock: MeterClock): ReportTransport {
  if (device.simulated?.line.kind === 'hid') return device.simulated.line.transport
  return hidTransport('a meter', () => hidPath(device), clock)
}

function stateAfter(error: unknown): MeterState {
  if (!(error instanceof DeviceError))
    return {
      kind: 'refused',
      why: 'The meter could not be read. Unplug it, wait a moment, plug it in again.',
    }
  if (error.kind === 'not-found' || error.kind === 'disconnected') return { kind: 'unplugged' }
  return { kind: 'refused', why: error.message }
}
