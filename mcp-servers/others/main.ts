import type { Approvals } from '../approval/approvals.ts'
import type { Clock } from '../serving/clock.ts'
import type { LabDatabase } from '../serving/database.ts'
import type { Fault } from '../serving/open-call.ts'
import { type Refusal, refused } from '../serving/tool.ts'
import { openCalling } from './calling.ts'
import { openForeignCalls } from './foreign-calls.ts'
import type { ForeignServer, ForeignTool } from './foreign-server.ts'
import { openGateway } from './gateway.ts'
import { doubtfulView, entryView, type OthersView, serverView } from './others-view.ts'
import type { ServersFileSetting } from './servers-file.ts'
import { openToolPolicies, type Policy, type Standing } from './tool-policies.ts'
import { isDestructive } from './tool-shape.ts'
import { openWatchedServers } from './watched-servers.ts'

export interface OthersDeps {
  database: LabDatabase
  clock: Clock
  approvals: Approvals
  readOnly: boolean
  file: ServersFileSetting
  version: string
  stateKey: Uint8Array
  confirmUrl(changeId: string): string
  /** Takes the secrets of HWLab out of what other servers say. */
  conceal(text: string): string
  onFault(fault: Fault): void
}

/** The MCP servers that a person named in `mcp.json`, behind one gate. */
export interface OthersServer {
  name: 'others'
  /** Their tools as one MCP server, for the agent alone. */
  fetch(request: Request): Promise<Response>
  view(): OthersView
  /** Only for the tool as the person saw it. */
  setPolicy(wish: PolicyWish, operator: string): { kind: 'ok' } | Refusal
  settle(callId: string, happened: boolean, operator: string): { kind: 'ok' } | Refusal
  tryAgain(server: string): { kind: 'ok' } | Refusal
  /** Reads the file and tries again who is away; nothing before `start`. */
  lookAgain(): void
  onChange(listener: () => void): () => void
  /** Reads the file and connects. */
  start(): void
  /** Resolves when every server has been tried once, and every call has ended. */
  idle(): Promise<void>
  close(): Promise<void>
}

export interface PolicyWish {
  server: string
  tool: string
  fingerprint: string
  policy: Policy
}

export function openOthersServer(deps: OthersDeps): OthersServer {
  const { database, clock, approvals, onFault } = deps
  const listeners = new Set<() => void>()
  let isStarted = false
  const changed = () => {
    for (const listener of listeners) listener()
  }
  const policies = openToolPolicies(database, clock)
  const calls = openForeignCalls(database, clock)
  const servers = openWatchedServers(deps.file, {
    clock,
    version: deps.version,
    onChange: changed,
    onFault: ({ server, cause, errorText }) =>
      onFault({ tool: server, cause: errorText === '' ? cause : new Error(errorText, { cause }) }),
  })
  const serverOf = (name: string): ForeignServer | null =>
    servers.all().find((server) => server.name === name) ?? null
  const toolOf = (server: string, name: string): ForeignTool | null =>
    serverOf(server)
      ?.tools()
      .find(({ shape }) => shape.name === name) ?? null
  const standing = (tool: ForeignTool): Standing => policies.of(tool)
  const calling = openCalling({
    calls,
    server: serverOf,
    tool: toolOf,
    policy: (tool) => standing(tool).policy,
    conceal: deps.conceal,
    report: approvals.finishStep,
    note: (entry) => approvals.audit.append({ channel: 'server', ...entry }),
    changed,
  })
  approvals.register(calling.executor)
  const gateway = openGateway({
    ...{ approvals, clock, calls, calling, standing, onFault },
    ...{ stateKey: deps.stateKey, confirmUrl: deps.confirmUrl },
    tools: () => (deps.readOnly ? [] : servers.all().flatMap((server) => server.tools())).filter(isOffered),
  })
  const isOffered = (tool: ForeignTool) => standing(tool).policy !== 'never'
  calls.forgetOld()

  return {
    name: 'others',
    fetch: gateway.fetch,
    view() {
      const { words, tone, fix } = servers.file()
      const wrong = servers.entries().flatMap((entry) => (entry.kind === 'good' ? [] : [entryView(entry)]))
      return {
        path: deps.file.path,
        ...{ fileWords: words, fileTone: tone, fileFix: fix },
        servers: [...servers.all().map((server) => serverView(server, standing, clock)), ...wrong],
        doubtful: calls.inState('unknown').map(doubtfulView),
      }
    },
    setPolicy({ server, tool: name, fingerprint, policy }, operator) {
      const tool = toolOf(server, name)
      if (!tool) return refused(`${server} is away, or does not offer this any more. Look again.`)
      if (tool.fingerprint !== fingerprint)
        return refused(`${server} changed this tool a moment ago. Look at it again before you decide.`)
      if (policy === 'allow' && isDestructive(tool.shape))
        return refused('It says that it can destroy, so it is always asked for.')
      policies.set(tool, policy, operator)
      const details = { server, tool: name, fingerprint, policy }
      const what = `tool policy ${policy}`
      approvals.audit.append({ who: `operator:${operator}`, channel: 'desk', what, about: server, details })
      changed()
      return { kind: 'ok' }
    },
    settle: calling.settle,
    tryAgain(name) {
      const server = serverOf(name)
      if (!server) return refused('This server is not in the file any more.')
      server.tryAgain()
      return { kind: 'ok' }
    },
    lookAgain() {
      if (!isStarted) return
      servers.reload()
      for (const server of servers.all()) server.tryAgain()
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    start() {
      isStarted = true
      servers.reload()
      servers.watch()
    },
    async idle() {
      await Promise.all(servers.all().map(({ settled }) => settled))
      await calling.idle()
    },
    async close() {
      await calling.close()
      await gateway.close()
      await servers.close()
      listeners.clear()
    },
  }
}
