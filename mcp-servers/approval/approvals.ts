import { join } from 'node:path'
import { monotonicFactory } from 'ulid'
import type { Clock } from '../serving/clock.ts'
import type { LabDatabase, MigrationsOwner } from '../serving/database.ts'
import type { Audit } from './audit.ts'
import type {
  ChangePlan,
  ChangeRequest,
  DecisionChannel,
  StepExecutor,
  StepOutcome,
} from './change-request.ts'
import { openChangeStore } from './change-store.ts'
import { openDeciding } from './deciding.ts'
import { openExecution } from './execution.ts'
import { openExpiry } from './expiry.ts'
import { openFiling } from './filing.ts'

export interface Decision {
  changeId: string
  /** The digest that the person was shown. */
  digest: string
  decision: 'approve' | 'decline'
  /** Positions of optional steps that the person switched off. */
  leaveOut: number[]
  operator: string
  channel: DecisionChannel
}

export type Decided = { kind: 'decided'; change: ChangeRequest } | { kind: 'refused'; why: string }

export interface Requester {
  server: string
  tool: string
  /** `operator:<name>` or `client:<name>`. */
  requester: string
  /** Same requester, same key: a newer plan takes the place of the open one. */
  callKey?: string
}

/** The only way to an effect: a plan is filed, a person decides it, the server carries out exactly that. */
export interface Approvals {
  /**
   * Puts a plan before a person. The same open plan of the same requester is returned, not filed twice; an open one for
   * the same item is superseded. May run inside the caller's transaction. Throws when too many
   * wait already.
   */
  file(plan: ChangePlan, from: Requester): ChangeRequest
  /** The same, with a sentence instead of the throw: for requesters that nobody watches. */
  fileIfRoom(
    plan: ChangePlan,
    from: Requester,
  ): { kind: 'filed'; change: ChangeRequest } | { kind: 'refused'; why: string }
  get(changeId: string): ChangeRequest | null
  /** Proposed, approved or executing; oldest first. */
  open(): ChangeRequest[]
  latestForItem(itemId: string): ChangeRequest | null
  /** The request that a step belongs to. */
  ofStep(stepId: string): ChangeRequest | null
  /** Requests about many things that ended within the hour: how each went is still worth reading. Newest first, up to 3. */
  reports(): ChangeRequest[]
  decide(decision: Decision): Promise<Decided>
  /** Takes an undecided request back; nothing happens to any other. */
  cancel(changeId: string, why: string, by: string): void
  register(executor: StepExecutor): void
  /** Once at start, when every executor is registered. */
  resume(): Promise<void>
  /** Idempotent; after `unknown`, a person's `done` or `failed` still counts. Throws for a step that never was. */
  finishStep(stepId: string, outcome: StepOutcome): void
  /** After the change is committed; the request as it is then. The returned function ends it. */
  onChange(listener: (change: ChangeRequest) => void): () => void
  audit: Audit
  close(): void
}

export const approvalMigrations: MigrationsOwner = {
  owner: 'approval',
  folder: join(import.meta.dirname, 'migrations'),
}

const reportForMs = 60 * 60 * 1000
const mostReports = 3

export function openApprovals(deps: {
  database: LabDatabase
  clock: Clock
  /** How long a request waits for a person. */
  lifetimeMs?: number
  /** Told the cause when an executor throws; the person sees our sentence. */
  onFault?: (fault: unknown, during: string) => void
}): Approvals {
  const { database, clock, lifetimeMs = 24 * 60 * 60 * 1000, onFault = () => {} } = deps
  const nextId = monotonicFactory()
  const store = openChangeStore(database, clock)
  const execution = openExecution(store, onFault)
  const expiry = openExpiry(store)
  const filing = openFiling(store, { lifetimeMs, newId: () => nextId(clock.nowMs()) })
  const decide = openDeciding(store, execution)
  return {
    file(plan, from) {
      const filed = filing(plan, from)
      if (filed.kind === 'refused') throw new Error(filed.why)
      expiry.watch()
      return filed.change
    },
    fileIfRoom(plan, from) {
      const filed = filing(plan, from)
      expiry.watch()
      return filed
    },
    get: store.get,
    open: () => store.requests.inStates(['proposed', 'approved', 'executing']).map(store.whole),
    latestForItem(itemId) {
      const row = store.requests.latestForItem(itemId)
      return row && store.whole(row)
    },
    ofStep(stepId) {
      const step = store.steps.get(stepId)
      return step && store.get(step.changeId)
    },
    reports: () => store.requests.endedInParts(clock.nowMs() - reportForMs, mostReports).map(store.whole),
    decide,
    cancel(changeId, why, by) {
      store.transaction(() =>
        store.move(changeId, { from: 'proposed', to: 'cancelled', who: by, channel: 'server', why }),
      )
    },
    register: execution.register,
    async resume() {
      expiry.watch()
      await execution.resume()
    },
    finishStep: execution.finishStep,
    onChange: store.feed.listen,
    audit: store.audit,
    close() {
      expiry.close()
      store.feed.close()
    },
  }
}
