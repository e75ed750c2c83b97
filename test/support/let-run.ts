import type { FakeClock } from './fake-clock.ts'

/** Moves the clock in small steps and lets everything that waits for promises go on in between. */
export async function letRun(clock: FakeClock, forMs: number, stepMs = 10): Promise<void> {
  for (let passedMs = 0; passedMs < forMs; passedMs += stepMs) {
    clock.advance(stepMs)
    for (let turn = 0; turn < 12; turn += 1) await Promise.resolve()
  }
}
