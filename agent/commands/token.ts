import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { labTables } from '../../mcp-servers/lab.ts'
import { openAccessTokens } from '../../mcp-servers/serving/access-tokens.ts'
import { systemClock } from '../../mcp-servers/serving/clock.ts'
import { openDatabase } from '../../mcp-servers/serving/database.ts'
import { openStateFolder } from '../../mcp-servers/serving/state-folder.ts'
import { type Command, type CommandWorld, misused } from '../command.ts'
import { agentMigrations } from '../store/migrations-owner.ts'
import { signInTokensTable } from '../store/sign-in-tokens.ts'

const dayMs = 24 * 60 * 60 * 1000
const operatorPattern = /^[\p{L}\p{N}][\p{L}\p{N} ._@-]{0,39}$/u

const token: Command = {
  name: 'token',
  usage: [
    'token create --sign-in [--operator <name>]',
    'token create --name <name> [--scope read|propose] [--days 90]',
  ],
  what: 'prints a one-time sign-in link for a browser, or an access token for another program',
  async run(words, world) {
    const [verb, ...rest] = words
    if (verb !== 'create') return misused(token, world)
    const { values } = parseArgs({
      args: rest,
      options: {
        'sign-in': { type: 'boolean' },
        operator: { type: 'string', default: 'operator' },
        name: { type: 'string' },
        scope: { type: 'string', default: 'propose' },
        days: { type: 'string', default: '90' },
      },
    })
    if (values['sign-in']) return signInLink(values.operator, world)
    const { scope, name } = values
    const days = Number(values.days)
    if (!name || (scope !== 'read' && scope !== 'propose') || !(days >= 1 && days <= 3650))
      return misused(token, world)
    return accessToken({ name, scope, lifetimeMs: days * dayMs }, world)
  },
}

export default token

/** The running HWLab does the work of nobody else, but two processes may add a row to one database. */
async function withDatabase(
  world: CommandWorld,
  work: (database: ReturnType<typeof openDatabase>, url: string) => number,
): Promise<number> {
  const { config } = world
  const opened = await openStateFolder(config.stateDir, 0)
  if (opened.kind === 'refused') {
    world.tell(opened.why)
    return 1
  }
  const url = opened.kind === 'owned' ? opened.owner?.url : undefined
  if (!url) world.tell('HWLab does not run now; this works as soon as it does.')
  const database = openDatabase(join(config.stateDir, 'hwlab.db'), [...labTables, agentMigrations])
  try {
    return work(database, url ?? `http://127.0.0.1:${config.port}`)
  } finally {
    database.close()
    if (opened.kind === 'owner') opened.folder.close()
  }
}

function signInLink(operator: string, world: CommandWorld): Promise<number> {
  return withDatabase(world, (database, url) => {
    if (!operatorPattern.test(operator)) {
      world.tell('A name has 1 to 40 letters, digits, spaces or . _ @ - and starts with a letter or digit.')
      return 2
    }
    world.print(`${url}/sign-in#${signInTokensTable(database).create(operator, systemClock.nowMs())}`)
    return 0
  })
}

function accessToken(
  wish: { name: string; scope: 'read' | 'propose'; lifetimeMs: number },
  world: CommandWorld,
): Promise<number> {
  return withDatabase(world, (database, url) => {
    const created = openAccessTokens(database, systemClock).createToken(wish)
    if (created.kind === 'refused') {
      world.tell(created.why)
      return 1
    }
    world.tell(`For ${url}/mcp/netbox, /mcp/devices and /mcp/searxng. It is shown this once:`)
    world.print(created.secret)
    return 0
  })
}
