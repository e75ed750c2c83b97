import type { SimulatedKind } from '../simulated-kind.ts'
import { openSimulatedMeter } from '../simulated-meter.ts'

export default {
  id: 'meter',
  name: 'Simulated FNB58 meter',
  kind: 'USB power meter',
  async start(clock) {
    const meter = openSimulatedMeter(clock)
    return {
      kind: 'started',
      line: { kind: 'hid', transport: meter.transport },
      async stop() {
        meter.unplug()
      },
    }
  },
} satisfies SimulatedKind
