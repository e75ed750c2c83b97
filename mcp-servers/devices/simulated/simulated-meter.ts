import { DeviceError } from '../device-error.ts'
import { crc8 } from '../meters/crc8.ts'
import type { MeterClock } from '../meters/meter-clock.ts'
import type { Reading } from '../meters/packet.ts'
import { ByteInbox } from '../transports/byte-inbox.ts'
import type { ReportChannel, ReportTransport } from '../transports/hid.ts'

/** How the simulated meter misbehaves. */
export interface MeterSwitches {
  /** Says nothing at all. */
  silence: boolean
  /** Share of packets with a wrong checksum. */
  damaged: number
  /** Freezes when it is not asked for this long; a real FNB58 waits about a second, one with firmware V0.68 far less. */
  patienceMs: number
}

export interface SimulatedMeter {
  transport: ReportTransport
  set(switches: Partial<MeterSwitches>): void
  unplug(): void
  /** Every command that arrived: 0x81, 0x82, 0x83 and nothing else, or something is wrong. */
  commands(): readonly number[]
  isFrozen(): boolean
}

const packetEveryMs = 40
const samplesPerPacket = 4
const sampleBytes = 15
const reportBytes = 64
const wildVolts = 188.7

/**
 * An FNB58 in software at the far end of an in-memory HID line: starts after 0x82, sends garbage first, then four samples
 * every 40 ms, and freezes when nobody asks it to go on. `power` tells what it measures at a time in milliseconds.
 */
export function openSimulatedMeter(
  clock: MeterClock,
  power: (atMs: number) => Reading = supplyWithLoad,
): SimulatedMeter {
  const switches: MeterSwitches = { silence: false, damaged: 0, patienceMs: 2000 }
  const commands: number[] = []
  let line: ByteInbox | null = null
  let state: 'idle' | 'sending' | 'frozen' = 'idle'
  let askedMs = 0
  let sent = 0
  let damage = 0
  let cancel = () => {}

  function tick(dueMs: number): void {
    cancel = clock.after(Math.max(0, dueMs - clock.steadyMs()), () => {
      if (state !== 'sending' || !line) return
      if (clock.steadyMs() - askedMs > switches.patienceMs) {
        state = 'frozen'
        return
      }
      if (!switches.silence && !line.isFull()) line.put(nextReport(dueMs))
      tick(dueMs + packetEveryMs)
    })
  }
  function nextReport(atMs: number): Uint8Array {
    const readings = Array.from({ length: samplesPerPacket }, (_, at) => power(atMs - (3 - at) * 10))
    const report = samplesReport(
      sent === 0 ? readings.map((one) => ({ ...one, volts: wildVolts })) : readings,
    )
    sent += 1
    damage += switches.damaged
    if (damage >= 1) {
      damage -= 1
      report[5] = (report[5] ?? 0) ^ 0x10
    }
    return report
  }
  function obey(report: Uint8Array): void {
    const code = report[1] ?? 0
    commands.push(code)
    askedMs = clock.steadyMs()
    if (code === 0x82 && state !== 'sending') {
      state = 'sending'
      sent = 0
      tick(clock.steadyMs() + packetEveryMs)
    }
  }
  function drop(): void {
    cancel()
    line?.end()
    line = null
    state = 'idle'
  }

  return {
    transport: {
      words: 'a simulated meter',
      async open(): Promise<ReportChannel> {
        drop()
        const inbox = new ByteInbox(clock)
        line = inbox
        return {
          async write(report) {
            if (line !== inbox) throw new DeviceError('disconnected', 'The simulated meter was unplugged.')
            if (report.length === reportBytes) obey(report)
          },
          read: (withinMs) => inbox.take(withinMs),
          async close() {
            if (line === inbox) drop()
            inbox.end()
          },
        }
      },
    },
    set(changed) {
      Object.assign(switches, changed)
    },
    unplug: drop,
    commands: () => commands,
    isFrozen: () => state === 'frozen',
  }
}

export function samplesReport(readings: Reading[]): Uint8Array {
  const report = new Uint8Array(reportBytes)
  const view = new DataView(report.buffer)
  report.set([0xaa, 0x04])
  readings.forEach((reading, at) => {
    const from = 2 + at * sampleBytes
    view.setUint32(from, Math.round(reading.volts * 100_000), true)
    view.setUint32(from + 4, Math.round(reading.amperes * 100_000), true)
    view.setUint16(from + 8, Math.round(reading.dPlusVolts * 1000), true)
    view.setUint16(from + 10, Math.round(reading.dMinusVolts * 1000), true)
    view.setUint8(from + 12, 1)
    view.setUint16(from + 13, Math.round(reading.celsius * 10), true)
  })
  report[reportBytes - 1] = crc8(report.subarray(1, reportBytes - 1))
  return report
}

/** A phone on a 9 V supply: steps in load, a little ripple, and for some seconds nothing plugged in. */
function supplyWithLoad(atMs: number): Reading {
  const second = (atMs / 1000) % 40
  const load = second < 6 ? 0.02 : second < 20 ? 1.6 : second < 30 ? 1.1 : 0.35
  const ripple = Math.sin(atMs / 37) * 0.006 + Math.sin(atMs / 211) * 0.01
  const amperes = load === 0.02 ? load : load + ripple * 3
  return {
    volts: 9.05 - amperes * 0.09 + ripple,
    amperes,
    dPlusVolts: 0.6 + ripple / 4,
    dMinusVolts: 0.61 + ripple / 5,
    celsius: 31.5,
  }
}
