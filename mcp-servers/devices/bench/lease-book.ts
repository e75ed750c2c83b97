import type { Clock } from '../../serving/clock.ts'
import { DeviceError } from '../device-error.ts'
import type { PresentDevice } from './registry.ts'

/** “usb:0403:6011:A1/2” is the third port of “usb:0403:6011:A1”. */
export function deviceKey(place: string): string {
  return place.replace(/\/\d+$/, '')
}

interface Closable {
  close(): Promise<void>
}

/** A device, or one port of it, for one user. Ends when it is released or the device is unplugged. */
export interface Lease {
  place: string
  device: PresentDevice
  /** Of the plugging-in that this lease is for. */
  generation: number
  /** Aborted with the end of the lease. */
  signal: AbortSignal
  /**
   * Opens a line that is closed with the lease. A line that comes up only after the lease has ended is closed again and
   * counts as disconnected: it may lead to another device by then.
   */
  open<Line extends Closable>(opening: () => Promise<Line>): Promise<Line>
  /** Closes what is open, lets the next one in. Idempotent. */
  release(): Promise<void>
}

export interface LeaseBook {
  take(place: string, purpose: string, waitMs: number): Promise<Lease>
  usedFor(place: string): string | null
  unplugged(key: string): void
  close(): Promise<void>
}

interface Held extends Lease {
  purpose: string
  end(why: 'released' | 'unplugged'): Promise<void>
}

interface Waiting {
  /** False: the device was unplugged, or time is up. */
  go(on: boolean): void
}

/** One queue per place and no lock over all of them: a device that hangs keeps only its own users waiting. */
export function openLeaseBook(deps: { clock: Clock; find(key: string): PresentDevice | null }): LeaseBook {
  const { clock } = deps
  const held = new Map<string, Held>()
  const queues = new Map<string, Waiting[]>()
  let isClosed = false

  function present(place: string): PresentDevice {
    if (isClosed) throw new DeviceError('not-found', 'HWLab is ending. Start it again.')
    const device = deps.find(deviceKey(place))
    if (device) return device
    throw new DeviceError('not-found', 'This device is not plugged in. Plug it in, then try again.')
  }

  function turn(place: string, waitMs: number): Promise<boolean> {
    if (!held.has(place)) return Promise.resolve(true)
    if (waitMs <= 0) return Promise.resolve(false)
    return new Promise((resolve) => {
      const queue = queues.get(place) ?? []
      const waiting: Waiting = {
        go(on) {
          cancel()
          const rest = (queues.get(place) ?? []).filter((other) => other !== waiting)
          if (rest.length > 0) queues.set(place, rest)
          else queues.delete(place)
          resolve(on)
        },
      }
      const cancel = clock.after(waitMs, () => waiting.go(false))
      queues.set(place, [...queue, waiting])
    })
  }

  function hold(place: string, purpose: string): Lease {
    const device = present(place)
    const controller = new AbortController()
    const lines = new Set<Closable>()
    let ending: Promise<void> | null = null
    const lease: Held = {
      place,
      device,
      purpose,
      generation: device.generation,
      signal: controller.signal,
      async open(opening) {
        assertGoing(controller.signal)
        const line = await opening()
        if (controller.signal.aborted) await line.close()
        assertGoing(controller.signal)
        lines.add(line)
        return line
      },
      release: () => lease.end('released'),
      end(why) {
        ending ??= end(why)
        return ending
      },
    }
    async function end(why: 'released' | 'unplugged'): Promise<void> {
      controller.abort()
      if (why === 'unplugged') leave()
      await Promise.all([...lines].map((line) => line.close().catch(() => {})))
      lines.clear()
      leave()
    }
    function leave(): void {
      if (held.get(place) !== lease) return
      held.delete(place)
      queues.get(place)?.[0]?.go(true)
    }
    held.set(place, lease)
    return lease
  }

  return {
    async take(place, purpose, waitMs) {
      for (;;) {
        present(place)
        const isFree = await turn(place, waitMs)
        present(place)
        const user = held.get(place)
        if (!user) return hold(place, purpose)
        if (!isFree) throw new DeviceError('busy', `HWLab is using this device: ${user.purpose}.`)
      }
    },
    usedFor(place) {
      const users = [...held.values()].filter((lease) =>
        [lease.place, deviceKey(lease.place)].includes(place),
      )
      return users[0]?.purpose ?? null
    },
    unplugged(key) {
      for (const [place, queue] of queues)
        if (deviceKey(place) === key) for (const waiting of queue) waiting.go(false)
      for (const [place, lease] of held) if (deviceKey(place) === key) void lease.end('unplugged')
    },
    async close() {
      isClosed = true
      for (const queue of queues.values()) for (const waiting of queue) waiting.go(false)
      await Promise.all([...held.values()].map((lease) => lease.end('released')))
    },
  }
}

function assertGoing(signal: AbortSignal): void {
  if (signal.aborted) throw new DeviceError('disconnected', 'The device was unplugged. Plug it in again.')
}
