import type { Clock } from '../../serving/clock.ts'
import type { SimulatedSwitch } from './simulated-kind.ts'

export const lineSwitch: SimulatedSwitch = {
  id: 'line',
  name: 'Line',
  positions: [
    { id: 'works', name: 'Works' },
    { id: 'silent', name: 'Silent' },
    { id: 'garbage', name: 'Only noise' },
    { id: 'slow', name: 'Slow, byte by byte' },
  ],
}

const slowByteMs = 25

/** Between a simulated device and its line: carries, loses, spoils or delays what the device says. */
export function openLineFault(write: (bytes: Uint8Array) => void, clock: Pick<Clock, 'after'>) {
  let position = 'works'
  let waiting: number[] = []
  let cancel = () => {}

  function drip(): void {
    const [next, ...rest] = waiting
    if (next === undefined) return
    write(Uint8Array.of(next))
    waiting = rest
    cancel = clock.after(slowByteMs, drip)
  }
  return {
    say(bytes: Uint8Array): void {
      if (position === 'works') write(bytes)
      else if (position === 'garbage') write(bytes.map((byte, at) => byte ^ (0x9d + 31 * at)))
      else if (position === 'slow') {
        const isDripping = waiting.length > 0
        waiting.push(...bytes)
        if (!isDripping) drip()
      }
    },
    turn(wanted: string): void {
      position = wanted
      waiting = []
      cancel()
    },
    stop: () => cancel(),
  }
}
