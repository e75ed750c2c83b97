import { serialTransport } from '../../transports/serial.ts'
import { consolePlaces, scriptAt } from '../console-places.ts'
import { lineSwitch, openLineFault } from '../line-fault.ts'
import { openLineSpeed, speedSwitch } from '../line-speed.ts'
import { openPseudoTerminal } from '../pseudo-terminal.ts'
import { openSimulatedConsole } from '../simulated-console.ts'
import type { SimulatedKind } from '../simulated-kind.ts'

export default {
  id: 'console',
  name: 'Simulated switch console',
  kind: 'Serial console',
  switches: [consolePlaces, lineSwitch, speedSwitch],
  async start(clock) {
    const opened = await openPseudoTerminal()
    if (opened.kind === 'not-possible') return opened
    const { terminal } = opened
    const speed = openLineSpeed()
    const line = openLineFault((bytes) => void terminal.write(speed.carried(bytes)), clock)
    let device = openSimulatedConsole(scriptAt('prompt'), line.say)
    terminal.onBytes((bytes) => device.input(speed.carried(bytes)))
    return {
      kind: 'started',
      line: {
        kind: 'serial',
        at: (settings) =>
          speed.over(
            settings,
            serialTransport('the simulated console', async () => terminal.path, settings, clock),
          ),
      },
      turn(switchId, position) {
        if (switchId === lineSwitch.id) line.turn(position)
        else if (switchId === speedSwitch.id) speed.turn(position)
        else device = openSimulatedConsole(scriptAt(position), line.say)
      },
      async stop() {
        line.stop()
        await terminal.unplug()
      },
    }
  },
} satisfies SimulatedKind
