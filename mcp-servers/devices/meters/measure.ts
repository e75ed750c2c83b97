import { type Refusal, refused } from '../../serving/tool.ts'
import { openEnergy } from './energy.ts'
import type { MeterClock } from './meter-clock.ts'
import type { MeterSession } from './meter-session.ts'
import { openExtent, type Span } from './recordings/thin-out.ts'

export interface Measured {
  seconds: number
  volts: Span
  amperes: Span
  watts: Span
  dPlusVolts: Span
  dMinusVolts: Span
  celsius: number
  wattHours: number
  missingSeconds: number
}

const startMs = 4000

/** Reads the meter for a while; what came in that time, or why nothing did. */
export function measure(
  session: MeterSession,
  forMs: number,
  clock: MeterClock,
  signal: AbortSignal,
): Promise<({ kind: 'measured' } & Measured) | Refusal> {
  const extent = openExtent()
  const energy = openEnergy()
  let celsius = 0
  return new Promise((resolve) => {
    let cancelEnd = () => {}
    const endUse = session.use((samples) => {
      if (extent.result().samples === 0) cancelEnd = clock.after(forMs, settle)
      for (const sample of samples) {
        celsius = sample.celsius
        energy.add(sample)
        extent.add({ ...sample, watts: sample.volts * sample.amperes })
      }
    })
    const cancelLate = clock.after(startMs + forMs, settle)
    signal.addEventListener('abort', settle, { once: true })
    function settle(): void {
      const why = whyNothing(session)
      cancelEnd()
      cancelLate()
      signal.removeEventListener('abort', settle)
      endUse()
      const { samples, ...spans } = extent.result()
      const { wattHours, measuredMs, missingMs } = energy.now()
      const [seconds, missingSeconds] = [measuredMs / 1000, missingMs / 1000]
      if (samples === 0) resolve(refused(why))
      else resolve({ kind: 'measured', seconds, ...spans, celsius, wattHours, missingSeconds })
    }
  })
}

function whyNothing(session: MeterSession): string {
  const state = session.state()
  if (state.kind === 'refused') return state.why
  return state.kind === 'unplugged'
    ? 'The meter is not plugged in. Use its port named PC and a data cable.'
    : 'The meter sends nothing. Unplug it, wait a moment, plug it in again.'
}
