import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import type { DeviceRegistry } from '../../../mcp-servers/devices/bench/registry.ts'
import { type MeterFrame, openLiveFeed } from '../../../mcp-servers/devices/meters/live-feed.ts'
import { meterClock } from '../../../mcp-servers/devices/meters/meter-clock.ts'
import { openMeterSession } from '../../../mcp-servers/devices/meters/meter-session.ts'
import { meterModels } from '../../../mcp-servers/devices/meters/models.ts'
import type { Reading } from '../../../mcp-servers/devices/meters/packet.ts'
import { samplesReport } from '../../../mcp-servers/devices/simulated/simulated-meter.ts'
import { systemClock } from '../../../mcp-servers/serving/clock.ts'
import { appears, must } from './check.ts'
import { keys, meter } from './desk.ts'

export const shown: Reading = {
  ...{ volts: 5.12345, amperes: 0.54321, dPlusVolts: 0.6, dMinusVolts: 0.61, celsius: 31.5 },
}

const packet = samplesReport([shown, shown, shown, shown])
const packetEveryMs = 40
/** A meter’s first packet is garbage, and the last ones are on their way. */
const packetsUnderWay = 6
const startCommand = 0x82
const reportBytes = 64

/** The meter’s own side of the gadget: four samples every 40 ms once it was started, until it is closed. */
export async function playMeter() {
  await appears(meter.node)
  const commands: number[] = []
  /** When each packet was taken, in steady milliseconds. */
  const sentMs: number[] = []
  const node = await open(meter.node, constants.O_WRONLY | constants.O_NONBLOCK)
  // A program of its own: a read that the kernel holds could not be ended in this one.
  const hearing = spawn('cat', [meter.node], { stdio: ['ignore', 'pipe', 'ignore'] })
  let timer: NodeJS.Timeout | undefined
  let held = Buffer.alloc(0)
  hearing.stdout.on('data', (bytes: Buffer) => {
    held = Buffer.concat([held, bytes])
    for (; held.length >= reportBytes; held = held.subarray(reportBytes)) {
      commands.push(held[1] ?? 0)
      if (held[1] === startCommand)
        timer ??= setInterval(() => {
          // Where the host takes none, as when it is just unplugged, a meter’s packet is lost.
          node.write(packet).then(
            () => sentMs.push(performance.now()),
            () => {},
          )
        }, packetEveryMs)
    }
  })
  return {
    commands,
    sentMs,
    async close() {
      clearInterval(timer)
      const ended = once(hearing, 'exit')
      hearing.kill('SIGKILL')
      await ended
      await node.close()
    },
  }
}

const longestMs = 30_000

/** HWLab’s own meter session, as a page that looks at the meter has it. */
export function lookAtMeter(registry: DeviceRegistry) {
  const clock = meterClock(systemClock)
  const listeners = new Set<() => void>()
  const changed = () => {
    for (const listener of listeners) listener()
  }
  const model = meterModels.find(({ vendorId, productId }) => keys.meter.includes(`${vendorId}:${productId}`))
  const session = openMeterSession({
    ...{ key: keys.meter, registry, clock, changed, model: () => model ?? null },
    isImpatient: () => false,
    impatient() {},
    onFault(cause) {
      throw cause
    },
  })
  const stopHints = registry.onChange(({ kind }) => {
    if (kind !== 'detached') session.tryNow()
  })
  const frames: { atMs: number; frame: MeterFrame }[] = []
  const look = openLiveFeed({ key: keys.meter, session, clock }).watch((frame) => {
    frames.push({ atMs: performance.now(), frame })
    changed()
  })
  const samples = () => frames.reduce((sum, { frame }) => sum + frame.rows.length, 0)
  /** What the meter sent and HWLab never saw, beyond what is under way; it never may. */
  function mustHaveAll(packetsSent: number, samplesHeard: number): void {
    const missing = packetsSent * 4 - samplesHeard
    must(missing <= packetsUnderWay * 4, `${missing} of ${packetsSent * 4} samples did not arrive`)
  }
  return {
    session,
    mustHaveAll,
    samples,
    latest: () => frames.at(-1)?.frame ?? null,
    /** The longest time between two frames since then. */
    slowestMs(sinceMs: number): number {
      const times = frames.map(({ atMs }) => atMs).filter((atMs) => atMs >= sinceMs)
      return Math.round(Math.max(...times.slice(1).map((atMs, at) => atMs - (times[at] ?? atMs))))
    },
    until(isSo: () => boolean, otherwise: string): Promise<void> {
      return new Promise((resolve, reject) => {
        const settle = () => {
          if (!isSo()) return
          clearTimeout(timer)
          listeners.delete(settle)
          resolve()
        }
        const timer = setTimeout(() => {
          listeners.delete(settle)
          reject(new Error(`${otherwise} (${session.state().kind}, ${samples()} samples)`))
        }, longestMs)
        listeners.add(settle)
        settle()
      })
    },
    async close() {
      look.stop()
      stopHints()
      await session.close()
    },
  }
}
