import type { Approvals } from '../../approval/approvals.ts'
import type { Clock } from '../../serving/clock.ts'
import type { LabDatabase } from '../../serving/database.ts'
import type { Fault } from '../../serving/open-call.ts'
import { type EachReport, runEach } from '../bulk/run-each.ts'
import { connectCableSchema } from '../cables/cable-intent.ts'
import type { Inventory } from '../client/inventory.ts'
import type { IntakeStore } from '../intake/intake-store.ts'
import type { SetBack } from '../intake/set-back.ts'
import type { Outbox } from '../outbox/open-outbox.ts'
import type { Settled } from '../outbox/operation.ts'
import { itemOfTag } from '../tags/tags.ts'
import { type FindingActions, openFindingActions } from './finding-actions.ts'
import { keepTarget } from './keep-target.ts'
import { lookForDrift } from './look.ts'
import { marksTable } from './marks-table.ts'
import { recordsTable } from './records-table.ts'
import { driftReport, type Finding } from './report.ts'
import { type Scope, scheduleLooks } from './schedule.ts'
import { strangersTable } from './strangers-table.ts'
import { writtenFields } from './written-fields.ts'

export interface DriftDeps {
  database: LabDatabase
  clock: Clock
  inventory: Inventory
  outbox: Outbox
  approvals: Approvals
  store: IntakeStore
  readOnly: boolean
  setBack: Pick<SetBack, 'recordAgain' | 'putAside'>
  onFault?: ((fault: Fault) => void) | undefined
}

export type LastLook =
  | { kind: 'never' }
  | { kind: 'looked'; atMs: number }
  /** What is shown may be old. */
  | { kind: 'away'; why: string; lookedAtMs: number | null }

export interface DriftState {
  last: LastLook
  isLooking: boolean
  weekly: boolean
  /** How many records are watched. */
  watched: number
  findings: Finding[]
}

interface Following {
  scope: Scope
  done: Promise<LastLook>
}

/** What changed in NetBox since HWLab last saw it, and what HWLab recorded that NetBox no longer says. */
export interface Drift extends FindingActions {
  state(): DriftState
  /** Looks now, after the look that is under way. Only reads. */
  look(scope: Scope): Promise<LastLook>
  /** For the operator's desk only, like all actions here; no tool leads there. */
  takeAll(ids: readonly string[], operator: string): Promise<EachReport>
  setWeekly(on: boolean, operator: string): void
  start(): void
  onChange(listener: () => void): () => void
  close(): Promise<void>
}

export function openDrift(deps: DriftDeps): Drift {
  const { database, clock, outbox, approvals } = deps
  keepTarget(database, deps.inventory.describe())
  const records = recordsTable(database)
  const strangers = strangersTable(database)
  const marks = marksTable(database)
  const listeners = new Set<() => void>()
  const closing = new AbortController()
  let schedule: { stop(): void } | null = null
  let looking: Promise<LastLook> | null = null
  let next: Following | null = null
  let trouble: string | null = null

  const changed = () => {
    for (const listener of listeners) listener()
  }
  const stops = [outbox.onSettled((settled) => keep(settled)), outbox.onChange(changed)]

  function keep(settled: Settled): void {
    if (settled.outcome.kind !== 'confirmed') return
    const { record } = settled.outcome
    if (settled.operation === 'remove_cable')
      records.removed('cable', connectCableSchema.parse(settled.intent).hwlabId)
    if (record === null) return
    records.wrote(record, writtenFields(settled))
    strangers.remove(record.kind, record.id)
    queueMicrotask(changed)
  }

  function lastLook(): LastLook {
    const lookedAtMs = marks.get('looked')
    if (trouble !== null) return { kind: 'away', why: trouble, lookedAtMs }
    return lookedAtMs === null ? { kind: 'never' } : { kind: 'looked', atMs: lookedAtMs }
  }

  async function lookOnce(scope: Scope): Promise<LastLook> {
    changed()
    const looked = await lookForDrift({ ...deps, records, strangers, marks }, scope, closing.signal)
    trouble = looked.kind === 'looked' ? null : looked.why
    if (looked.kind === 'looked') {
      marks.set('looked', clock.nowMs())
      if (scope === 'everything') marks.set('whole', clock.nowMs())
    }
    return lastLook()
  }

  function run(scope: Scope): Promise<LastLook> {
    const done = lookOnce(scope)
      .catch((cause: unknown) => {
        deps.onFault?.({ tool: 'check_inventory', cause })
        trouble = 'HWLab stumbled while it compared; the log says where.'
        return lastLook()
      })
      .finally(() => {
        looking = null
        changed()
      })
    looking = done
    return done
  }

  /** One at a time; who asks while one is under way gets the next one, which sees what happened until now. */
  function look(scope: Scope): Promise<LastLook> {
    if (closing.signal.aborted) return Promise.resolve(lastLook())
    if (looking === null) return run(scope)
    if (next) {
      if (scope === 'everything') next.scope = scope
      return next.done
    }
    const following: Following = { scope, done: looking.then(() => runNext(following)) }
    next = following
    return following.done
  }

  function runNext({ scope }: { scope: Scope }): Promise<LastLook> {
    next = null
    return closing.signal.aborted ? Promise.resolve(lastLook()) : run(scope)
  }

  const findings = () => {
    const busy = outbox.openTags()
    return driftReport(records.found(), strangers.all(), {
      ownerOf: (tag) => itemOfTag(database, tag),
      isBusy: (tag) => busy.has(tag),
    })
  }
  const actions = openFindingActions({ ...deps, records, strangers, findings, changed })

  return {
    ...actions,
    state: () => ({
      last: lastLook(),
      isLooking: looking !== null,
      weekly: marks.get('weekly') === 1,
      watched: records.count(),
      findings: findings(),
    }),
    look,
    async takeAll(ids, operator) {
      const open = new Map(findings().map((finding) => [finding.id, finding]))
      return runEach(ids, {
        name: (id) => open.get(id)?.tag ?? open.get(id)?.title ?? id,
        onFault: (cause) => deps.onFault?.({ tool: 'check_inventory', cause }),
        async run(id) {
          const finding = open.get(id)
          if (!finding?.actions.includes('take'))
            return { kind: 'skipped', why: 'There is nothing of NetBox’s to take here.' }
          const taken = actions.take(id, operator)
          return taken.kind === 'refused'
            ? { kind: 'skipped', why: taken.why }
            : { kind: 'done', words: taken.words }
        },
      })
    },
    setWeekly(on, operator) {
      marks.set('weekly', on ? 1 : 0)
      const what = on ? 'weekly comparison on' : 'weekly comparison off'
      const about = 'netbox'
      approvals.audit.append({ who: `operator:${operator}`, channel: 'chat-card', what, about, details: {} })
      changed()
    },
    start() {
      schedule ??= scheduleLooks({ clock, marks }, look)
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async close() {
      schedule?.stop()
      for (const stop of stops) stop()
      closing.abort()
      await (next?.done ?? looking)
    },
  }
}
