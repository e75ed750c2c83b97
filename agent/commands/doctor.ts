import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { labTables, openLab } from '../../mcp-servers/lab.ts'
import { systemClock } from '../../mcp-servers/serving/clock.ts'
import { openDatabase } from '../../mcp-servers/serving/database.ts'
import { openStateFolder } from '../../mcp-servers/serving/state-folder.ts'
import { type Command, type CommandWorld, misused } from '../command.ts'
import { othersOf } from '../main.ts'
import { databaseBytes } from '../memory/read-table-sizes.ts'
import { bytesWords, groupedSizes, tableSizes } from '../memory/table-sizes.ts'
import { listModels } from '../models/list-models.ts'
import { openProviders } from '../models/open-providers.ts'
import { isFoundByItself } from '../models/providers.ts'
import type { ConnectionView } from '../protocol/connections.ts'
import type { OthersView } from '../protocol/others.ts'
import { agentMigrations } from '../store/migrations-owner.ts'

interface Finding {
  name: string
  words: string
  /** What to do; null: all is well. */
  fix: string | null
  isBad: boolean
}

const doctor: Command = {
  name: 'doctor',
  usage: ['doctor [--json]'],
  what: 'looks at everything that HWLab needs and says how to mend what is red',
  async run(words, world) {
    if (words.some((word) => word !== '--json')) return misused(doctor, world)
    const findings = [stateFolder(world), ui(), ...(await connections(world)), ...(await models(world))]
    if (words.includes('--json')) world.print(JSON.stringify(findings, null, 2))
    else for (const finding of findings) tell(finding, world)
    return findings.some((finding) => finding.isBad) ? 1 : 0
  },
}

export default doctor

function tell({ name, words, fix, isBad }: Finding, world: CommandWorld): void {
  world.print(`${isBad ? 'red ' : 'ok  '} ${name}: ${words}`)
  if (fix) world.print(`       ${fix}`)
}

function stateFolder({ config }: CommandWorld): Finding {
  const name = 'State folder'
  if (!existsSync(config.stateDir))
    return { name, words: `${config.stateDir} is made at the first start`, fix: null, isBad: false }
  const mode = statSync(config.stateDir).mode & 0o077
  return mode === 0
    ? { name, words: config.stateDir, fix: null, isBad: false }
    : {
        name,
        words: `others on this machine can read ${config.stateDir}`,
        fix: `Run: chmod 700 ${config.stateDir}`,
        isBad: true,
      }
}

function ui(): Finding {
  const isBuilt = existsSync(join(import.meta.dirname, '..', '..', 'ui', 'dist', 'index.html'))
  return isBuilt
    ? { name: 'Pages', words: 'built', fix: null, isBad: false }
    : { name: 'Pages', words: 'not built yet', fix: 'Run: npm start', isBad: true }
}

/** Asks the running HWLab's own parts, or opens them for a moment when it does not run. */
async function connections(world: CommandWorld): Promise<Finding[]> {
  const { config } = world
  const opened = await openStateFolder(config.stateDir, 0)
  if (opened.kind === 'refused')
    return [{ name: 'State folder', words: 'cannot be used', fix: opened.why, isBad: true }]
  if (opened.kind === 'owned') {
    const url = opened.owner?.url
    const isReady = url ? await answers(`${url}/readyz`) : false
    const words = isReady ? `runs at ${url}` : 'has the state folder but does not answer'
    const fix = isReady
      ? 'Open it and look at “What is connected”.'
      : 'Stop that process, then start HWLab again.'
    return [{ name: 'HWLab', words, fix, isBad: !isReady }]
  }
  const database = openDatabase(opened.folder.databasePath, [...labTables, agentMigrations])
  const others = othersOf(config)
  const lab = await openLab({
    ...{ database, clock: systemClock, folder: opened.folder, readOnly: true, netbox: config.netbox },
    searxngUrl: config.searxngUrl,
    publicUrl: () => `http://127.0.0.1:${config.port}`,
    hostNames: [],
    session: () => null,
    onFault: ({ cause }) =>
      world.tell(others.conceal(cause instanceof Error ? cause.message : String(cause))),
    others,
  })
  try {
    const sizes = groupedSizes(await tableSizes(database))
    const bench = await lab.desk.bench()
    const printers = bench.printers.map((printer) => printer.name).join(', ') || 'none'
    const found: ConnectionView[] = await lab.desk.connections()
    lab.others?.start()
    await lab.others?.idle()
    return [
      databaseFinding(databaseBytes(database), sizes),
      ...found.map(toFinding),
      ...otherServers(lab.desk.others()),
      { name: 'Printers', words: printers, fix: null, isBad: false },
      { name: 'Bench', words: `${bench.devices.length} devices`, fix: bench.devicesNote, isBad: false },
    ]
  } finally {
    await lab.close()
    database.close()
    opened.folder.close()
  }
}

function databaseFinding(bytes: number, sizes: { name: string; bytes: number }[]): Finding {
  const largest = sizes.slice(0, 4).map((size) => `${size.name} ${bytesWords(size.bytes)}`)
  const words = `${bytesWords(bytes)} (${largest.join(', ')})`
  return { name: 'Database', words, fix: null, isBad: false }
}

/** Each server of `mcp.json`; none where there is no file. */
function otherServers({ fileTone, fileWords, fileFix, servers }: OthersView): Finding[] {
  const file = { name: 'mcp.json', words: fileWords, fix: fileFix, isBad: true }
  const lines = servers.map(({ name, stateWords, tone, fix }) => ({
    ...{ name: `MCP server ${name}`, words: stateWords, fix, isBad: tone === 'bad' },
  }))
  return fileTone === 'bad' ? [file, ...lines] : lines
}

function toFinding({ name, stateWords, tone, fix }: ConnectionView): Finding {
  return { name, words: stateWords, fix, isBad: tone === 'bad' }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2000) })).ok
  } catch {
    return false
  }
}

async function models({ config }: CommandWorld): Promise<Finding[]> {
  const { modelsFile, secrets } = config
  const providers = openProviders({ file: modelsFile, secrets, clock: systemClock })
  const servers = providers.servers()
  const file = providers.view()
  providers.close()
  const states = await Promise.all(
    servers.map(async (server) => ({ server, state: await listModels(server, globalThis.fetch) })),
  )
  const findings = states.flatMap(({ server, state }): Finding[] => {
    const isNamed = server.apiKey !== null || !isFoundByItself(server)
    if (state.kind === 'models')
      return [{ name: server.name, words: `${state.models.length} models`, fix: null, isBad: false }]
    if (state.kind === 'broken')
      return [{ name: server.name, words: `${server.baseUrl}: ${state.why}`, fix: state.fix, isBad: isNamed }]
    if (!isNamed) return []
    return [
      { name: server.name, words: 'cannot be reached', fix: `Is ${server.baseUrl} right?`, isBad: true },
    ]
  })
  if (file) findings.unshift(toFinding(file))
  const fix = 'Not needed. Start Ollama, LM Studio or llama-server to ask in your own words.'
  return findings.length > 0 ? findings : [{ name: 'Models', words: 'none found', fix, isBad: false }]
}
