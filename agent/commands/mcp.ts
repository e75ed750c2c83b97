import { openBridge } from '../../mcp-servers/serving/bridge.ts'
import { type Command, misused } from '../command.ts'
import { openLog } from '../log.ts'
import { closeOnSignals, startHwlab } from '../main.ts'

const servers = ['netbox', 'devices', 'searxng']

const mcp: Command = {
  name: 'mcp',
  usage: servers.map((server) => `mcp ${server}`),
  what: 'speaks MCP on stdin and stdout, for Claude Desktop and other clients',
  async run(words, world) {
    const [name] = words
    if (!name || !servers.includes(name)) return misused(mcp, world)
    const log = openLog({ level: world.config.logLevel, secrets: world.config.secrets })
    const started = await startHwlab(world.config, log)
    if (started.kind === 'refused') {
      world.tell(started.why)
      return 1
    }
    if (started.kind === 'owned') {
      if (!started.owner) {
        world.tell('Another HWLab is just starting. Try again in a moment.')
        return 1
      }
      const bridge = await openBridge({ owner: started.owner, server: name })
      await bridge.closed
      return 0
    }
    const { hwlab } = started
    closeOnSignals(hwlab, log)
    world.tell(`HWLab is ready: ${hwlab.signInUrl}`)
    const server = hwlab.servers.find((candidate) => candidate.name === name)
    const stdio = server?.serveStdio()
    await new Promise<void>((resolve) => process.stdin.once('close', resolve))
    await stdio?.close()
    await hwlab.close()
    return 0
  },
}

export default mcp
