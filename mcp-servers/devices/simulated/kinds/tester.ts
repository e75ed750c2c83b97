import { serialTransport } from '../../transports/serial.ts'
import { lineSwitch, openLineFault } from '../line-fault.ts'
import { openPseudoTerminal } from '../pseudo-terminal.ts'
import type { SimulatedKind } from '../simulated-kind.ts'
import { isSimulatedCable, openSimulatedTester } from '../simulated-tester.ts'

export default {
  id: 'tester',
  name: 'Simulated cable tester',
  kind: 'Cable tester',
  switches: [
    {
      id: 'cable',
      name: 'Cable',
      positions: [
        { id: 'good', name: 'Good' },
        { id: 'pin-4-open', name: 'Pin 4 open' },
        { id: 'short-3-6', name: 'Pins 3 and 6 short' },
        { id: 'crossover', name: 'Crossover' },
        { id: 'loose', name: 'Loose contact' },
        { id: 'none', name: 'Not plugged in' },
      ],
    },
    lineSwitch,
  ],
  async start(clock) {
    const opened = await openPseudoTerminal()
    if (opened.kind === 'not-possible') return opened
    const { terminal } = opened
    const line = openLineFault((bytes) => void terminal.write(bytes), clock)
    const tester = openSimulatedTester(line.say)
    terminal.onBytes(tester.input)
    return {
      kind: 'started',
      line: {
        kind: 'serial',
        at: (settings) => serialTransport('the simulated tester', async () => terminal.path, settings, clock),
      },
      turn(switchId, position) {
        if (switchId === lineSwitch.id) line.turn(position)
        else if (isSimulatedCable(position)) tester.plug(position)
      },
      async stop() {
        line.stop()
        await terminal.unplug()
      },
    }
  },
} satisfies SimulatedKind
