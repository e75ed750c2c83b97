import { serialTransport } from '../../transports/serial.ts'
import { openPseudoTerminal } from '../pseudo-terminal.ts'
import { openSimulatedConsole } from '../simulated-console.ts'
import type { SimulatedKind } from '../simulated-kind.ts'
import { simulatedSwitch } from '../simulated-switch.ts'

export default {
  id: 'console',
  name: 'Simulated switch console',
  kind: 'Serial console',
  async start(clock) {
    const opened = await openPseudoTerminal()
    if (opened.kind === 'not-possible') return opened
    const { terminal } = opened
    const device = openSimulatedConsole(simulatedSwitch, (bytes) => void terminal.write(bytes))
    terminal.onBytes(device.input)
    return {
      kind: 'started',
      line: {
        kind: 'serial',
        at: (settings) =>
          serialTransport('the simulated console', async () => terminal.path, settings, clock),
      },
      stop: terminal.unplug,
    }
  },
} satisfies SimulatedKind
