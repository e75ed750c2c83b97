import { userInfo } from 'node:os'
import { parseArgs } from 'node:util'
import { decideInShell } from '../../mcp-servers/shell/decide-in-shell.ts'
import { reachLab } from '../../mcp-servers/shell/reach-lab.ts'
import { type Command, misused } from '../command.ts'
import { agentMigrations } from '../store/migrations-owner.ts'

const netboxSetup: Command = {
  name: 'netbox-setup',
  usage: ['netbox-setup [--check] [--role <name>]… [--yes]'],
  what: 'looks whether NetBox has what HWLab needs, and adds what is missing when you say so',
  async run(words, world) {
    const asked = askedFor(words)
    if (!asked) return misused(netboxSetup, world)
    const lab = await reachLab({
      ...world.config,
      isIdle: asked.check,
      tables: [agentMigrations],
      onFault: (cause) => world.tell(cause instanceof Error ? cause.message : String(cause)),
    })
    if (lab.kind === 'refused') {
      world.tell(lab.why)
      return 1
    }
    try {
      const operator = userInfo().username
      const ask = { ask: 'set-up', roles: asked.role, file: !asked.check, operator } as const
      return await decideInShell(lab.ask, ask, { terminal: world, operator, yes: asked.yes })
    } finally {
      await lab.close()
    }
  },
}

export default netboxSetup

function askedFor(args: string[]): { check: boolean; yes: boolean; role: string[] } | null {
  try {
    const { values } = parseArgs({
      args,
      options: {
        check: { type: 'boolean', default: false },
        yes: { type: 'boolean', default: false },
        role: { type: 'string', multiple: true, default: [] },
      },
    })
    return values
  } catch {
    return null
  }
}
