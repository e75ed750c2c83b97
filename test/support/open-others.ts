import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { type Approvals, approvalMigrations, openApprovals } from '../../mcp-servers/approval/approvals.ts'
import { othersMigrations } from '../../mcp-servers/others/foreign-calls.ts'
import { type OthersServer, openOthersServer } from '../../mcp-servers/others/main.ts'
import type { OthersView } from '../../mcp-servers/others/others-view.ts'
import type { Clock } from '../../mcp-servers/serving/clock.ts'
import { systemClock } from '../../mcp-servers/serving/clock.ts'
import { type LabDatabase, openDatabase } from '../../mcp-servers/serving/database.ts'
import { stateKey } from './echo-lab.ts'
import { type ForeignPlan, foreignHandler, type ReceivedCall, receivedCalls } from './foreign-tools.ts'

const childPath = join(import.meta.dirname, 'foreign-stdio-child.ts')

/** A folder with `mcp.json`, and real servers of others in it. */
export interface ForeignWorld {
  folder: string
  /** Writes the plan of a stdio server; a running one reads it with each request. */
  plan(name: string, plan: ForeignPlan): void
  received(name: string): ReceivedCall[]
  /** The entry of a stdio server whose plan is written. */
  program(name: string, more?: Record<string, unknown>): Record<string, unknown>
  /** Listens on loopback. */
  web(
    name: string,
    options?: { guard?: (headers: Record<string, unknown>) => boolean },
  ): Promise<{ url: string; close(): Promise<void> }>
  writeFile(servers: Record<string, unknown> | string): void
  path: string
  /** The programs that run in this world. */
  pids(): number[]
  remove(): void
}

export function openForeignWorld(): ForeignWorld {
  return foreignWorldAt(mkdtempSync(join(tmpdir(), 'hwlab-others-')))
}

export function foreignWorldAt(folder: string): ForeignWorld {
  const path = join(folder, 'mcp.json')
  const plans = new Map<string, ForeignPlan>()
  const planPath = (name: string) => join(folder, `${name}.plan`)
  const logPath = (name: string) => join(folder, `${name}.log`)
  return {
    folder,
    path,
    plan(name, plan) {
      plans.set(name, plan)
      writeFileSync(planPath(name), JSON.stringify(plan))
    },
    received: (name) => receivedCalls(logPath(name)),
    program: (name, more = {}) => ({
      command: process.execPath,
      args: [childPath, planPath(name), logPath(name)],
      ...more,
    }),
    async web(name, { guard = () => true } = {}) {
      const handler = foreignHandler(() => plans.get(name) ?? { tools: [] }, logPath(name))
      const listener = getRequestListener((request) =>
        guard(Object.fromEntries(request.headers))
          ? handler.fetch(request)
          : new Response('no', { status: 401 }),
      )
      const server = createServer(listener)
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      const { port } = server.address() as AddressInfo
      return {
        url: `http://127.0.0.1:${port}/mcp`,
        async close() {
          server.closeAllConnections()
          await new Promise((resolve) => server.close(resolve))
          await handler.close()
        },
      }
    },
    writeFile(servers) {
      writeFileSync(path, typeof servers === 'string' ? servers : JSON.stringify({ mcpServers: servers }))
    },
    pids: () => pidsNaming(`${folder}/`),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** Processes of this machine, other than this one's own, whose command names the folder. */
function pidsNaming(text: string): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && name !== String(process.pid))
  return pids.map(Number).filter((pid) => commandOf(pid).includes(text))
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

export interface OpenedOthers {
  others: OthersServer
  approvals: Approvals
  database: LabDatabase
  faults: string[]
  secrets: string[]
  server(name: string): OthersView['servers'][number] | undefined
  /** Resolves when the condition holds; asked again after every change. */
  until(condition: (view: OthersView) => boolean): Promise<OthersView>
  decide(changeId: string, decision: 'approve' | 'decline'): Promise<void>
  close(): Promise<void>
}

export async function openOthers(
  world: ForeignWorld,
  options: {
    clock?: Clock
    databasePath?: string
    variables?: Record<string, string>
    readOnly?: boolean
    conceal?: (text: string) => string
  } = {},
): Promise<OpenedOthers> {
  const { clock = systemClock, variables = {} } = options
  const database = openDatabase(options.databasePath ?? ':memory:', [approvalMigrations, othersMigrations])
  const approvals = openApprovals({ database, clock })
  const faults: string[] = []
  const secrets: string[] = []
  const others = openOthersServer({
    ...{ database, clock, approvals, stateKey, readOnly: options.readOnly ?? false, version: '0.1.0' },
    file: {
      path: world.path,
      secrets,
      readVariable(variable) {
        const key = variables[variable]
        return key === undefined ? { kind: 'missing', why: `${variable} is not set.` } : { kind: 'key', key }
      },
    },
    confirmUrl: (changeId) => `http://127.0.0.1:4610/c/${changeId}`,
    conceal: options.conceal ?? ((text) => text),
    onFault: ({ tool, cause }) => faults.push(`${tool}: ${cause instanceof Error ? cause.message : cause}`),
  })
  await approvals.resume()
  others.start()
  return {
    others,
    approvals,
    database,
    faults,
    secrets,
    server: (name) => others.view().servers.find((server) => server.name === name),
    until: (condition) =>
      new Promise((resolve) => {
        const stop = others.onChange(check)
        function check(): void {
          const view = others.view()
          if (!condition(view)) return
          stop()
          resolve(view)
        }
        check()
      }),
    async decide(changeId, decision) {
      const change = approvals.get(changeId)
      if (!change) throw new Error(`There is no change ${changeId}`)
      const decided = await approvals.decide({
        ...{ changeId, digest: change.digest, decision, leaveOut: [] },
        ...{ operator: 'operator', channel: 'chat-card' },
      })
      if (decided.kind === 'refused') throw new Error(decided.why)
      await others.idle()
    },
    async close() {
      await others.close()
      approvals.close()
      database.close()
    },
  }
}
