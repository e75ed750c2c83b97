import { join } from 'node:path'
import { io, type Socket } from 'socket.io-client'
import { foldChunk } from '../../agent/conversation/fold-chunks.ts'
import { openLog } from '../../agent/log.ts'
import type { Providers } from '../../agent/models/open-providers.ts'
import type { ModelServer } from '../../agent/models/providers.ts'
import type {
  Answer,
  Chunk,
  LabSection,
  Message,
  RequestBody,
  RequestName,
  ResponseValues,
} from '../../agent/protocol.ts'
import { type AppOptions, type RunningApp, startApp } from '../../agent/start-app.ts'
import { agentMigrations } from '../../agent/store/migrations-owner.ts'
import { type Approvals, approvalMigrations, openApprovals } from '../../mcp-servers/approval/approvals.ts'
import { openAudit } from '../../mcp-servers/approval/audit.ts'
import { servingMigrations } from '../../mcp-servers/serving/access-tokens.ts'
import { systemClock } from '../../mcp-servers/serving/clock.ts'
import { type LabDatabase, openDatabase } from '../../mcp-servers/serving/database.ts'
import { openToolServer } from '../../mcp-servers/serving/tool-server.ts'
import { type AgentTestDomain, agentTestDomain } from './agent-domain.ts'
import { type EchoExecutor, echoExecutor, stateKey } from './echo-lab.ts'
import { type FakeDesk, fakeDesk } from './fake-desk.ts'
import { namedProviders } from './named-providers.ts'

/** The real agent over real sockets, tables, approvals and MCP; only the lab behind the tools is a fake. */
export interface AgentApp {
  app: RunningApp
  database: LabDatabase
  approvals: Approvals
  executor: EchoExecutor
  domain: AgentTestDomain
  desk: FakeDesk
  log: string[]
  cookie: string
  close(): Promise<void>
}

export async function openAgentApp(
  options: {
    path?: string
    cookie?: string
    modelServers?: ModelServer[]
    /** Instead of `modelServers`. */
    providers?: Providers
    fetch?: typeof globalThis.fetch
    secrets?: string[]
    routes?: AppOptions['lab']['routes']
    uiFolder?: string
  } = {},
): Promise<AgentApp> {
  const database = openDatabase(options.path ?? ':memory:', [
    servingMigrations,
    approvalMigrations,
    agentMigrations,
  ])
  const log: string[] = []
  const approvals = openApprovals({
    database,
    clock: systemClock,
    onFault: (fault) => log.push(String(fault)),
  })
  const executor = echoExecutor('netbox.create_item')
  approvals.register(executor)
  const domain = agentTestDomain()
  const server = await openToolServer({
    name: 'netbox',
    instructions: 'A test server.',
    toolsFolder: join(import.meta.dirname, 'agent-tools'),
    domain,
    approvals,
    readOnly: false,
    confirmUrl: (changeId) => `http://127.0.0.1:4610/c/${changeId}`,
    stateKey,
  })
  const desk = fakeDesk(approvals)
  const app = await startApp({
    host: '127.0.0.1',
    port: 0,
    version: '0.1.0',
    readOnly: false,
    database,
    clock: systemClock,
    log: openLog({ level: 'info', secrets: options.secrets ?? [], write: (line) => log.push(line) }),
    lab: { servers: [server], desk: desk.desk, routes: options.routes ?? null },
    providers: options.providers ?? namedProviders(options.modelServers ?? []),
    audit: openAudit(database, systemClock).append,
    ...(options.fetch ? { fetch: options.fetch } : {}),
    uiFolder: options.uiFolder ?? join(import.meta.dirname, 'fake-ui'),
  })
  const cookie = options.cookie ?? (await signIn(app.signInUrl)).cookie
  return {
    ...{ app, database, approvals, executor, domain, desk, log, cookie },
    async close() {
      await app.close()
      await server.close()
      approvals.close()
      database.close()
    },
  }
}

export async function signIn(signInUrl: string): Promise<{ status: number; cookie: string }> {
  const url = new URL(signInUrl)
  const response = await fetch(new URL('/sign-in', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url.origin },
    body: JSON.stringify({ token: url.hash.slice(1) }),
  })
  await response.text()
  return { status: response.status, cookie: response.headers.get('set-cookie')?.split(';')[0] ?? '' }
}

/** One browser tab: folds what it gets as the ui does. */
export interface Tab {
  socket: Socket
  messages: Map<string, Message>
  chunks: Chunk[]
  sections: LabSection[]
  ask<Name extends RequestName>(name: Name, body: RequestBody<Name>): Promise<Answer<ResponseValues[Name]>>
  /** Opens the newest conversation, or the named one. */
  open(conversationId?: string | null): Promise<string>
  send(text: string, attachmentIds?: string[]): Promise<Answer<ResponseValues['message-send']>>
  /** Resolves when the condition holds; asked again after everything that arrives. */
  until(condition: (tab: Tab) => boolean): Promise<void>
  advisorText(): string
  close(): void
}

export async function openTab(url: string, cookie: string): Promise<Tab> {
  const socket = io(url, {
    extraHeaders: { cookie, origin: url },
    transports: ['websocket'],
    reconnection: false,
  })
  const waiting = new Set<() => void>()
  const arrived = () => {
    for (const check of waiting) check()
  }
  let conversationId = ''
  const tab: Tab = {
    socket,
    messages: new Map(),
    chunks: [],
    sections: [],
    ask: (name, body) => socket.timeout(10_000).emitWithAck(name, body),
    async open(id = null) {
      const answer = await tab.ask('conversation-open', { conversationId: id, runId: null, afterSeq: 0 })
      if (answer.kind === 'refused') throw new Error(answer.why)
      conversationId = answer.value.conversation.id
      for (const message of answer.value.conversation.messages) tab.messages.set(message.id, message)
      for (const chunk of answer.value.chunks) take(chunk)
      return conversationId
    },
    send: (text, attachmentIds = []) =>
      tab.ask('message-send', { conversationId, requestId: crypto.randomUUID(), text, attachmentIds }),
    until: (condition) =>
      new Promise((resolve) => {
        const check = () => {
          if (!condition(tab)) return
          waiting.delete(check)
          resolve()
        }
        waiting.add(check)
        check()
      }),
    advisorText: () =>
      [...tab.messages.values()]
        .filter((message) => message.role === 'advisor')
        .flatMap((message) => message.parts)
        .flatMap((part) => (part.kind === 'text' || part.kind === 'notice' ? [part.text] : []))
        .join('\n'),
    close: () => socket.close(),
  }
  function take(chunk: Chunk): void {
    tab.chunks.push(chunk)
    const { body } = chunk
    if (body.kind === 'message-start') tab.messages.set(body.message.id, body.message)
    else {
      const folded = foldChunk(tab.messages.get(body.messageId) ?? null, body)
      if (folded) tab.messages.set(folded.id, folded)
    }
    arrived()
  }
  socket.on('chunk', take)
  socket.on('lab-section', (section: LabSection) => {
    tab.sections.push(section)
    arrived()
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('connect_error', reject)
  })
  return tab
}

export const runEnded = (tab: Tab): boolean => tab.chunks.at(-1)?.body.kind === 'run-end'

export function ended(tab: Tab, times: number): boolean {
  return tab.chunks.filter((chunk) => chunk.body.kind === 'run-end').length >= times
}
