import { join } from 'node:path'
import { openLog } from '../../agent/log.ts'
import type { Providers } from '../../agent/models/open-providers.ts'
import type { ModelServer } from '../../agent/models/providers.ts'
import { type AppOptions, type RunningApp, startApp } from '../../agent/start-app.ts'
import { agentMigrations } from '../../agent/store/migrations-owner.ts'
import { signIn } from '../../evals/worlds/tab.ts'
import { type Approvals, approvalMigrations, openApprovals } from '../../mcp-servers/approval/approvals.ts'
import { openAudit } from '../../mcp-servers/approval/audit.ts'
import { servingMigrations } from '../../mcp-servers/serving/access-tokens.ts'
import { type Clock, systemClock } from '../../mcp-servers/serving/clock.ts'
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
    /** Of the agent; its servers have the machine’s. */
    clock?: Clock
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
    clock: options.clock ?? systemClock,
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
