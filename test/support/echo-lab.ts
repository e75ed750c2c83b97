import { join } from 'node:path'
import {
  type Approvals,
  approvalMigrations,
  type Decided,
  openApprovals,
} from '../../mcp-servers/approval/approvals.ts'
import type { ChangeRequest, StepExecutor } from '../../mcp-servers/approval/change-request.ts'
import { servingMigrations } from '../../mcp-servers/serving/access-tokens.ts'
import { type LabDatabase, openDatabase } from '../../mcp-servers/serving/database.ts'
import type { Fault } from '../../mcp-servers/serving/open-call.ts'
import { openToolServer, type ServerName, type ToolServer } from '../../mcp-servers/serving/tool-server.ts'
import { type EchoDomain, echoDomain } from './echo-domain.ts'
import { FakeClock } from './fake-clock.ts'

export const echoToolsFolder = join(import.meta.dirname, 'echo-tools')
export const stateKey = new Uint8Array(32).fill(7)

/** Remembers what was begun; with `remember`, in the same transaction that began it. */
export interface EchoExecutor extends StepExecutor {
  begun: { stepId: string; payload: unknown }[]
  answer: Awaited<ReturnType<StepExecutor['recheck']>>
}

export function echoExecutor(kind: string, remember?: (stepId: string) => void): EchoExecutor {
  const executor: EchoExecutor = {
    kind,
    begun: [],
    answer: { kind: 'fresh' },
    recheck: async () => executor.answer,
    begin(stepId, payload) {
      remember?.(stepId)
      if (!executor.begun.some((one) => one.stepId === stepId)) executor.begun.push({ stepId, payload })
    },
  }
  return executor
}

export interface EchoLab {
  clock: FakeClock
  database: LabDatabase
  approvals: Approvals
  store: EchoExecutor
  say: EchoExecutor
  faults: unknown[]
  close(): void
}

/** Real tables and real approvals over two remembering executors. */
export function openEchoLab(
  options: { path?: string; clock?: FakeClock; lifetimeMs?: number } = {},
): EchoLab {
  const clock = options.clock ?? new FakeClock()
  const database = openDatabase(options.path ?? ':memory:', [servingMigrations, approvalMigrations])
  const faults: unknown[] = []
  const approvals = openApprovals({
    database,
    clock,
    onFault: (fault) => faults.push(fault),
    ...(options.lifetimeMs === undefined ? {} : { lifetimeMs: options.lifetimeMs }),
  })
  const store = echoExecutor('echo.create_word')
  const say = echoExecutor('echo.print_word')
  approvals.register(store)
  approvals.register(say)
  const close = (): void => {
    approvals.close()
    database.close()
  }
  return { clock, database, approvals, store, say, faults, close }
}

/** A person's click on exactly what they were shown. */
export function decide(
  approvals: Approvals,
  change: ChangeRequest,
  decision: 'approve' | 'decline' = 'approve',
  leaveOut: number[] = [],
): Promise<Decided> {
  const { id: changeId, digest } = change
  return approvals.decide({
    changeId,
    digest,
    decision,
    leaveOut,
    operator: 'operator',
    channel: 'chat-card',
  })
}

export interface EchoServer {
  server: ToolServer
  domain: EchoDomain
  faults: Fault[]
}

export async function openEchoServer(
  lab: EchoLab,
  options: {
    name?: ServerName
    readOnly?: boolean
    domain?: Partial<EchoDomain>
    stateKey?: Uint8Array
  } = {},
): Promise<EchoServer> {
  const domain = echoDomain(options.domain)
  const faults: Fault[] = []
  const server = await openToolServer({
    name: options.name ?? 'netbox',
    instructions: 'Echoes.',
    toolsFolder: echoToolsFolder,
    domain,
    approvals: lab.approvals,
    readOnly: options.readOnly ?? false,
    confirmUrl: (changeId) => `http://127.0.0.1:4610/c/${changeId}`,
    stateKey: options.stateKey ?? stateKey,
    clock: lab.clock,
    onFault: (fault) => faults.push(fault),
  })
  return { server, domain, faults }
}
