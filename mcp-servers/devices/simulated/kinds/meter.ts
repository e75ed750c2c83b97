import type { SimulatedKind } from '../simulated-kind.ts'
import { openSimulatedMeter } from '../simulated-meter.ts'

export default {
  id: 'meter',
  name: 'Simulated FNB58 meter',
  kind: 'USB power meter',
  switches: [
    {
      id: 'line',
      name: 'Line',
      positions: [
        { id: 'works', name: 'Works' },
        { id: 'silent', name: 'Silent' },
        { id: 'damaged', name: 'Every third packet damaged' },
        { id: 'freezes', name: 'Freezes when asked once a second' },
      ],
    },
  ],
  async start(clock) {
    const meter = openSimulatedMeter(clock)
    return {
      kind: 'started',
      line: { kind: 'hid', transport: meter.transport },
      turn: (_switch, position) =>
        meter.set({
          silence: position === 'silent',
          damaged: position === 'damaged' ? 1 / 3 : 0,
          patienceMs: position === 'freezes' ? 300 : 2000,
        }),
      async stop() {
        meter.unplug()
      },
    }
  },
} satisfies SimulatedKind
