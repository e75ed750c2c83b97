import { Server } from 'node:http'
import { join } from 'node:path'
import { createAdaptorServer } from '@hono/node-server'
import type { Clock } from './clock.ts'
import { deskWithFacts } from './facts/desk-with-facts.ts'
import { openFacts } from './facts/open-facts.ts'
import { rememberingToolbox } from './facts/remember-tool.ts'
import type { Logger } from './log.ts'
import type { Providers } from './models/open-providers.ts'
import { openTalk } from './open-talk.ts'
import type { OperatorDesk } from './operator-desk.ts'
import type { NoteInAudit } from './spend/open-spend.ts'
import type { LabDatabase } from './store/lab-database.ts'
import { sessionsTable } from './store/sessions.ts'
import { signInTokensTable } from './store/sign-in-tokens.ts'
import type { ServerEndpoint } from './tools/connect-server.ts'
import { openToolbox } from './tools/toolbox.ts'
import { openApp } from './web/app.ts'
import { isLoopback, ownHostNames } from './web/request-origin.ts'
import { type ReadSession, sessionReader } from './web/session-cookie.ts'
import { openSockets } from './web/sockets.ts'

/** Routes of the servers (`/c/<id>`, `/mcp/<server>`); they check Host, Origin, session or token for themselves. */
export interface ServerRoutes {
  fetch(request: Request): Response | Promise<Response>
}

export interface AppOptions {
  host: string
  /** 0: any free port. */
  port: number
  version: string
  readOnly: boolean
  database: LabDatabase
  clock: Clock
  log: Logger
  lab: {
    servers: ServerEndpoint[]
    desk: OperatorDesk
    /** The gate to MCP servers of others. */
    others?: ServerEndpoint | null
    /** Mounted for everything under `/c/` and `/mcp/`. */
    routes: ServerRoutes | null
  }
  providers: Providers
  audit: NoteInAudit
  /** For model servers only; tests hand in their own. */
  fetch?: typeof globalThis.fetch
  uiFolder?: string
}

export interface RunningApp {
  /** `http://127.0.0.1:4610` */
  url: string
  /** Works once. */
  signInUrl: string
  close(): Promise<void>
}

/** Who is signed in, for the confirm page; reads the same table as the app. */
export function openSessionReader(database: LabDatabase, clock: Clock): ReadSession {
  return sessionReader(sessionsTable(database), clock)
}

/** Puts the agent together and listens. Throws when the port is taken. */
export async function startApp(options: AppOptions): Promise<RunningApp> {
  const { database, clock, log, lab } = options
  const hostNames = ownHostNames(options.host)
  const readSession = openSessionReader(database, clock)
  const signInTokens = signInTokensTable(database)
  const sessions = sessionsTable(database)
  const uploadedNames = openNameMemory()
  const facts = openFacts(options)
  const desk = deskWithFacts(lab.desk, facts.proposals)
  const servers = await openToolbox(lab.servers, {
    version: options.version,
    others: lab.others ?? null,
    onFailure: (error, about) => log.error({ err: error, ...about }, 'a tool call failed'),
  })
  const toolbox = rememberingToolbox(servers, facts.proposals)
  const talk = openTalk({ ...options, desk, toolbox, facts })

  const web = openApp({
    desk,
    spend: talk.spend,
    hostNames,
    isHttps: false,
    uiFolder: options.uiFolder ?? join(import.meta.dirname, '..', 'ui', 'dist'),
    readSession,
    signIn(token) {
      const consumed = signInTokens.consume(token, clock.nowMs())
      return consumed ? sessions.create(consumed.operator, clock.nowMs()) : null
    },
    signOut: (sessionId) => sessions.end(sessionId),
    onStored: uploadedNames.note,
    readiness: () => readinessOf(database),
    sockets: () => sockets.count(),
    tableSizes: talk.memory.sizes,
    salvagedCalls: talk.routing.salvagedCalls,
    onError: (error) => log.error({ err: error }, 'a request failed'),
  })
  const server = createAdaptorServer({
    fetch(request, env) {
      const isServerRoute = /^\/(c|mcp|shell)\//.test(new URL(request.url).pathname)
      return isServerRoute && lab.routes ? lab.routes.fetch(request) : web.app.fetch(request, env)
    },
  })
  if (!(server instanceof Server)) throw new Error('The HTTP server is not a plain one')
  const sockets = openSockets(server, {
    conversations: talk.conversations,
    arranging: talk.arranging,
    memory: talk.memory,
    desk,
    facts,
    feed: talk.feed,
    routing: talk.routing,
    spend: talk.spend,
    hostNames,
    readSession,
    lampReader: talk.lampReader,
    photoName: uploadedNames.nameOf,
    checkConnections: talk.checkConnections,
    tryModelAgain: talk.tryModelAgain,
    onPhotosAdded: ({ itemId, attachmentIds }) => talk.readPhotos({ itemId, attachmentIds, knownText: '' }),
    onError: (error, request) => log.error({ err: error, request }, 'a socket request failed'),
  })
  talk.begin(sockets.chunk)
  const stopReadAgain = lab.desk.onReadAgain?.((itemId, attachmentIds) =>
    talk.readPhotos({ itemId, attachmentIds, knownText: '' }),
  )
  const readOthers = () => {
    servers.foreign
      ?.refresh()
      .catch((error: unknown) => log.error({ err: error }, 'reading the tools of other servers failed'))
  }
  const stopOthers = lab.desk.onChange((section) => {
    if (section === 'others') readOthers()
  })
  readOthers()
  await listen(server, options)
  const url = addressOf(options.host, server)
  return {
    url,
    signInUrl: `${url}/sign-in#${signInTokens.create('operator', clock.nowMs())}`,
    async close() {
      stopReadAgain?.()
      stopOthers()
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      await talk.close()
      await sockets.close()
      server.closeAllConnections()
      await closed
      await toolbox.close()
      facts.close()
      web.close()
    },
  }
}

function readinessOf(database: LabDatabase): { kind: 'ready' } | { kind: 'not-ready'; why: string } {
  return database.open ? { kind: 'ready' } : { kind: 'not-ready', why: 'The database is closed.' }
}

function listen(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(listenError(error, host, port)))
    server.listen(port, host, () => resolve())
  })
}

function listenError(error: Error, host: string, port: number): Error {
  const code = 'code' in error ? error.code : ''
  const why =
    code === 'EADDRINUSE'
      ? `Port ${port} is taken, perhaps by another HWLab. Stop that one, or set HWLAB_PORT.`
      : `HWLab cannot listen on ${host} port ${port}. Check HWLAB_HOST and HWLAB_PORT.`
  return new Error(why, { cause: error })
}

function addressOf(host: string, server: Server): string {
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  const everywhere = host === '0.0.0.0' || host === '::'
  const name = everywhere || isLoopback(host) ? '127.0.0.1' : host
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`
}

const rememberedMax = 1000

/** What uploaded photos were called, for the transcript; after a restart they are called "photo". */
function openNameMemory() {
  const names = new Map<string, string>()
  return {
    note({ attachmentId, name }: { attachmentId: string; name: string }): void {
      const oldest = names.size >= rememberedMax ? names.keys().next().value : undefined
      if (oldest !== undefined) names.delete(oldest)
      names.set(attachmentId, name)
    },
    nameOf: (attachmentId: string): string => names.get(attachmentId) ?? 'photo',
  }
}
