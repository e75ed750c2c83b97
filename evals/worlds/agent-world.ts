import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openLog } from '../../agent/log.ts'
import type { ConnectionView } from '../../agent/protocol/connections.ts'
import { uploadAnswerSchema } from '../../agent/protocol/uploads.ts'
import { openSessionReader, type RunningApp, startApp } from '../../agent/start-app.ts'
import { agentMigrations } from '../../agent/store/migrations-owner.ts'
import { openAudit } from '../../mcp-servers/approval/audit.ts'
import type { UsbDescriptor } from '../../mcp-servers/devices/bench/usb-descriptor.ts'
import { type Lab, labTables, openLab } from '../../mcp-servers/lab.ts'
import { openInventory } from '../../mcp-servers/netbox/client/open-inventory.ts'
import { systemClock } from '../../mcp-servers/serving/clock.ts'
import { type LabDatabase, openDatabase } from '../../mcp-servers/serving/database.ts'
import type { LiveWorld } from './live-world.ts'
import { openMemoryDatabase } from './memory-database.ts'
import { type WorldModel, writeModelsFile } from './models-file.ts'
import { watchRequests } from './requests-that-left.ts'
import { type FoundPage, openSearxngStandIn } from './searxng-stand-in.ts'
import { openTab, signIn, type Tab } from './tab.ts'
import { within } from './within.ts'
import { readWorldState, type WorldState } from './world-state.ts'
import { openWorldTalk, type WorldTalk } from './world-talk.ts'

export interface WorldOptions {
  /** Servers of models behind real HTTP; none: only commands are understood. */
  models?: WorldModel[]
  /** A real model instead. */
  live?: LiveWorld
  /** What is in the inventory before anybody says a word: bodies for NetBox's REST, in order. */
  inventory?: (make: MakeRecord) => Promise<void>
  /** What a web search finds. Left out: nothing. */
  web?: (query: string) => FoundPage[]
  /** MCP servers that somebody else runs, as in `mcp.json`. */
  others?: Record<string, unknown>
  readOnly?: boolean
  /** What is plugged in; nothing unless set. */
  pluggedIn?: UsbDescriptor[]
  /** How long an answer may take before the world gives up on it; 30 s unless set. */
  answerWithinMs?: number
}

export type MakeRecord = (endpoint: string, body: Record<string, unknown>) => Promise<number>

/** The whole of HWLab on loopback with an embedded inventory and a printer that is software, as one signed-in person has it. */
export interface AgentWorld extends WorldTalk {
  tab: Tab
  /** Photos go up as from a browser; the ids to send them with. */
  upload(photos: { name: string; bytes: Uint8Array }[]): Promise<string[]>
  state(): WorldState
  /** Resolves when the models are there and tried, also after a server was away. */
  modelsAreThere(): Promise<void>
  /** What was searched for, in order. */
  searched: string[]
  searxngOrigin: string
  /** Every HTTP request of the program, to whomever. */
  left: { method: string; url: string }[]
  /** What went to the log. */
  log: string[]
  close(): Promise<void>
}

const readyWithinMs = 600_000
const thereWithinMs = 20_000

export async function openAgentWorld(options: WorldOptions = {}): Promise<AgentWorld> {
  const closers: (() => unknown)[] = []
  const close = async () => {
    for (const one of closers.splice(0).reverse()) await one()
  }
  try {
    return await openParts(options, closers, close)
  } catch (error) {
    await close()
    throw error
  }
}

async function openParts(
  options: WorldOptions,
  closers: (() => unknown)[],
  close: () => Promise<void>,
): Promise<AgentWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'hwlab-world-'))
  closers.push(() => rmSync(folder, { recursive: true, force: true }))
  const { live } = options
  const database = live
    ? openDatabase(live.databasePath, [...labTables, agentMigrations])
    : openMemoryDatabase()
  closers.push(() => database.close())
  live?.begin(database)
  closers.push(() => live?.end(database))
  const searxng = await openSearxngStandIn(options.web ?? (() => []))
  closers.push(searxng.close)
  await fill(database, options.inventory)
  const log: string[] = []
  const { app, desk } = await start({ folder, database, searxngUrl: searxng.url, log, options, closers })
  const requests = watchRequests((origin) => origin === app.url)
  closers.push(requests.stop)
  const { cookie } = await signIn(app.signInUrl)
  const tab = await openTab(app.url, cookie)
  closers.push(tab.close)
  await tab.open()
  if (options.models) await untilTried(tab, options.models)
  if (live) await untilThere(tab)
  const withinMs = live?.answerWithinMs ?? options.answerWithinMs ?? 30_000
  const upload = (photos: { name: string; bytes: Uint8Array }[]) => uploadPhotos(app.url, cookie, photos)
  return {
    ...openWorldTalk({ tab, upload, change: desk.change, withinMs }),
    ...{ tab, upload, log, searched: searxng.asked, searxngOrigin: searxng.url, left: requests.left, close },
    state: () => readWorldState(database),
    modelsAreThere: () => untilTried(tab, options.models ?? []),
  }
}

interface Start {
  folder: string
  database: LabDatabase
  searxngUrl: string
  log: string[]
  options: WorldOptions
  closers: (() => unknown)[]
}

/** As `agent/main.ts` does it, with a bench where nothing is plugged in and models that were named, and no others. */
async function start({
  folder,
  database,
  searxngUrl,
  log,
  options,
  closers,
}: Start): Promise<{ app: RunningApp; desk: Lab['desk'] }> {
  const clock = systemClock
  const logger = openLog({ level: 'info', secrets: [], write: (line) => log.push(line) })
  const readSession = openSessionReader(database, clock)
  const readOnly = options.readOnly ?? false
  let publicUrl = ''
  const mcpPath = join(folder, 'mcp.json')
  if (options.others) writeFileSync(mcpPath, JSON.stringify({ mcpServers: options.others }))
  const lab = await openLab({
    ...{ database, clock, readOnly, searxngUrl, netbox: null, hostNames: [] },
    folder: { path: folder, stateKey: randomBytes(32), internalToken: randomBytes(16).toString('hex') },
    publicUrl: () => publicUrl,
    session: (request) => readSession(request.headers.get('cookie')),
    onFault: ({ tool, cause }) => logger.error({ err: cause, tool }, 'a server failed'),
    others: {
      file: { path: mcpPath, readVariable: () => ({ kind: 'missing', why: 'It is not set.' }), secrets: [] },
      version: 'world',
      conceal: (text) => text,
    },
    bench: {
      enumerate: async () => ({ kind: 'listed', devices: options.pluggedIn ?? [] }),
      runProgram: async () => ({ kind: 'missing' }),
    },
  })
  closers.push(lab.close)
  const app = await startApp({
    ...{ database, clock, log: logger, lab, host: '127.0.0.1', port: 0, version: 'world', readOnly },
    providers: options.live?.providers ?? writeModelsFile(folder, options.models ?? []),
    audit: openAudit(database, clock).append,
  })
  closers.push(app.close)
  publicUrl = app.url
  await lab.start()
  await lab.others?.idle()
  return { app, desk: lab.desk }
}

async function fill(database: LabDatabase, inventory: WorldOptions['inventory']): Promise<void> {
  const { rest } = openInventory({ kind: 'embedded', database })
  await inventory?.(async (endpoint, json) => {
    const made = await rest.call({ method: 'POST', path: `${endpoint}/`, body: { json } })
    if (made.kind === 'failed') throw new Error(`${endpoint}: ${made.why}`)
    const { body } = made
    if (typeof body === 'object' && body !== null && 'id' in body && typeof body.id === 'number')
      return body.id
    throw new Error(`${endpoint}: no id`)
  })
}

/** Until every model was tried. On a busy machine a list comes too late now and then: then it is asked for again. */
function untilTried(tab: Tab, models: WorldModel[]): Promise<void> {
  async function look(): Promise<void> {
    await tab.until(() =>
      models.every(({ name }) => linesOf(tab, name).every(({ tone }) => tone !== 'working')),
    )
    if (models.every(({ name }) => linesOf(tab, name).some(({ modelKey }) => modelKey !== undefined))) return
    const before = tab.sections.length
    await tab.ask('connections-check', {})
    await tab.until(({ sections }) => sections.slice(before).some(({ section }) => section === 'connections'))
    return look()
  }
  return within(look(), readyWithinMs, 'The models were not tried in time.')
}

/** What the panel says about a server and its models. */
function linesOf({ sections }: Tab, name: string): ConnectionView[] {
  const section = sections.findLast((one) => one.section === 'connections')
  const lines = section?.section === 'connections' ? section.value : []
  return lines.filter((line) => line.name === name || line.name.endsWith(`(${name})`))
}

/** What a real model can do was found out before: it only has to be there. */
function untilThere(tab: Tab): Promise<void> {
  const there = tab.until(({ sections }) => {
    const section = sections.findLast((one) => one.section === 'connections')
    return section?.section === 'connections' && section.value.some(({ modelKey }) => modelKey !== undefined)
  })
  return within(there, thereWithinMs, 'The model is not there any more.')
}

async function uploadPhotos(
  url: string,
  cookie: string,
  photos: { name: string; bytes: Uint8Array }[],
): Promise<string[]> {
  const body = new FormData()
  for (const { name, bytes } of photos) body.append('photo', new Blob([new Uint8Array(bytes)]), name)
  const response = await fetch(new URL('/uploads', url), {
    method: 'POST',
    headers: { cookie, origin: url },
    body,
  })
  const { files } = uploadAnswerSchema.parse(await response.json())
  return files.map((file) => {
    if (file.kind === 'refused') throw new Error(file.why)
    return file.attachmentId
  })
}
