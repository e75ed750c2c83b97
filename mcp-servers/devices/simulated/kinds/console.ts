import { serialTransport } from '../../transports/serial.ts'
import { lineSwitch, openLineFault } from '../line-fault.ts'
import { openPseudoTerminal } from '../pseudo-terminal.ts'
import { openSimulatedConsole } from '../simulated-console.ts'
import type { SimulatedKind } from '../simulated-kind.ts'
import { simulatedSwitch } from '../simulated-switch.ts'

export default {
  id: 'console',
  name: 'Simulated switch console',
  kind: 'Serial console',
  switches: [lineSwitch],
  async start(clock) {
    const opened = await openPseudoTerminal()
    if (opened.kind === 'not-possible') return opened
    const { terminal } = opened
    const line = openLineFault((bytes) => void terminal.write(bytes), clock)
    const device = openSimulatedConsole(simulatedSwitch, line.say)
    terminal.onBytes(device.input)
    return {
      kind: 'started',
      line: {
        kind: 'serial',
        at: (settings) =>
          serialTransport('the simulated console', async () => terminal.path, settings, clock),
      },
      turn: (_switch, position) => line.turn(position),
      async stop() {
        line.stop()
        await terminal.unplug()
      },
    }
  },
} satisfies SimulatedKind
