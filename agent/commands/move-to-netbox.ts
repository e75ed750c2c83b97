import { userInfo } from 'node:os'
import { decideInShell } from '../../mcp-servers/shell/decide-in-shell.ts'
import { reachLab } from '../../mcp-servers/shell/reach-lab.ts'
import { type Command, misused } from '../command.ts'
import { agentMigrations } from '../store/migrations-owner.ts'

const moveToNetbox: Command = {
  name: 'move-to-netbox',
  usage: ['move-to-netbox [--dry-run] [--yes]'],
  what: 'carries HWLab’s own inventory into the NetBox at NETBOX_URL; --dry-run only reads',
  async run(words, world) {
    if (words.some((word) => word !== '--dry-run' && word !== '--yes')) return misused(moveToNetbox, world)
    const { config, tell } = world
    const file = !words.includes('--dry-run')
    const lab = await reachLab({
      ...config,
      // Reads only: nothing that waits in the queue is sent meanwhile.
      readOnly: config.readOnly || !file,
      isIdle: !file,
      tables: [agentMigrations],
      onFault: (cause) => tell(cause instanceof Error ? cause.message : String(cause)),
    })
    if (lab.kind === 'refused') {
      tell(lab.why)
      return 1
    }
    try {
      const operator = userInfo().username
      const ask = { ask: 'move', file, operator } as const
      const code = await decideInShell(lab.ask, ask, {
        terminal: world,
        operator,
        yes: words.includes('--yes'),
      })
      if (code === 0 && file)
        tell('HWLab’s own inventory stays in the state folder as a backup. It takes nothing new.')
      return code
    } finally {
      await lab.close()
    }
  },
}

export default moveToNetbox
