import type { ChangeRequest, ChangeState, ChangeStep, StepExecutor, StepOutcome } from './change-request.ts'
import { type ChangeStore, isUnaltered } from './change-store.ts'

/** Carries approved requests out. Every method leaves the tables consistent if the process dies in it. */
export interface Execution {
  register(executor: StepExecutor): void
  /** The first step that would be carried out here without an executor, or null. */
  firstWithoutExecutor(steps: readonly ChangeStep[]): ChangeStep | null
  /** Rechecks an approved request and begins its first steps. */
  start(changeId: string): Promise<void>
  finishStep(stepId: string, outcome: StepOutcome): void
  /** Begins again what was running; starts what was approved. */
  resume(): Promise<void>
}

const altered =
  'The stored request is not the one that was shown, so nothing was done. Ask for the change again.'
const server = { who: 'hwlab', channel: 'server' }

export function openExecution(
  store: ChangeStore,
  onFault: (fault: unknown, during: string) => void,
): Execution {
  const executors = new Map<string, StepExecutor>()

  function advance(changeId: string): void {
    const whole = mustGet(store, changeId)
    const isWhole = isUnaltered(whole)
    for (const { id } of whole.steps) {
      const step = mustGetStep(store, id)
      if (step.state !== 'waiting') continue
      const before = step.waitsFor === null ? null : store.steps.ofChange(changeId)[step.waitsFor]
      if (before?.state === 'waiting' || before?.state === 'running') continue
      if (before && before.state !== 'done') {
        moveStep(step, 'failed', `Not done, because “${before.title}” ${because[before.state]}.`)
      } else if (!isWhole) moveStep(step, 'failed', altered)
      else begin(step)
    }
    settle(changeId)
  }

  function begin(step: ChangeStep): void {
    const executor = executors.get(step.kind)
    if (!executor) {
      moveStep(step, 'failed', `Not done: nothing here can do “${step.title}”.`)
      return
    }
    try {
      store.transaction(() => {
        moveStep(step, 'running', null)
        executor.begin(step.id, step.payload)
      })
    } catch (fault) {
      // The savepoint took back whatever the executor wrote, so nothing was begun.
      onFault(fault, `begin ${step.kind}`)
      moveStep(step, 'failed', `“${step.title}” could not be started; nothing was done. Try again.`)
    }
  }

  function moveStep(step: ChangeStep, to: ChangeStep['state'], outcome: string | null): void {
    if (!store.steps.move(step.id, { from: step.state, to, outcome }))
      throw new Error(`Step ${step.id} was moved twice`)
    const details = { position: step.position, kind: step.kind, stepId: step.id, from: step.state, outcome }
    store.audit.append({ ...server, what: `step ${to}`, about: step.changeId, details })
    store.feed.changed(step.changeId)
  }

  function settle(changeId: string): void {
    const { steps, state } = mustGet(store, changeId)
    if (steps.some((step) => step.state === 'waiting' || step.state === 'running')) return
    const end = endState(steps)
    if (end !== state) store.move(changeId, { ...server, from: state, to: end })
  }

  async function start(changeId: string): Promise<void> {
    const change = mustGet(store, changeId)
    if (change.state !== 'approved') return
    const doubt = await firstDoubt(change.steps.filter((step) => step.state === 'waiting'))
    store.transaction(() => {
      const now = mustGet(store, changeId)
      const leave = (to: 'stale' | 'expired', why: string) =>
        store.move(changeId, { ...server, from: 'approved', to, why })
      if (doubt !== null) leave('stale', doubt)
      else if (!isUnaltered(now)) leave('stale', altered)
      else if (store.clock.nowMs() >= now.expiresAtMs)
        leave('expired', 'It was approved but ran out of time before it was carried out. Ask for it again.')
      else if (
        store.move(changeId, {
          ...server,
          from: 'approved',
          to: 'executing',
          details: { digest: now.digest },
        })
      )
        advance(changeId)
    })
  }

  async function firstDoubt(steps: ChangeStep[]): Promise<string | null> {
    for (const step of steps) {
      try {
        const checked = await executors.get(step.kind)?.recheck(step.payload)
        if (!checked) return `Nothing here can do “${step.title}”, so nothing was done.`
        if (checked.kind === 'stale') return checked.why
      } catch (fault) {
        onFault(fault, `recheck ${step.kind}`)
        return `“${step.title}” could not be checked once more before it ran, so nothing was done. Ask for it again.`
      }
    }
    return null
  }

  return {
    register(executor) {
      if (executors.has(executor.kind)) throw new Error(`Two executors for ${executor.kind}`)
      executors.set(executor.kind, executor)
    },
    firstWithoutExecutor: (steps) => steps.find((step) => !executors.has(step.kind)) ?? null,
    start,
    finishStep(stepId, outcome) {
      store.transaction(() => {
        const step = mustGetStep(store, stepId)
        const settlesDoubt = step.state === 'unknown' && outcome.kind !== 'unknown'
        if (step.state !== 'running' && !settlesDoubt) return
        moveStep(step, outcome.kind, outcome.words)
        advance(step.changeId)
      })
    },
    async resume() {
      for (const row of store.requests.inStates(['executing']))
        resumeRunning(store, executors, row.id, advance)
      for (const row of store.requests.inStates(['approved'])) await start(row.id)
    },
  }
}

function resumeRunning(
  store: ChangeStore,
  executors: Map<string, StepExecutor>,
  changeId: string,
  advance: (changeId: string) => void,
): void {
  store.transaction(() => {
    const change = mustGet(store, changeId)
    const unaltered = isUnaltered(change)
    for (const step of change.steps.filter(({ state }) => state === 'running')) {
      if (unaltered) executors.get(step.kind)?.begin(step.id, step.payload)
    }
    advance(changeId)
  })
}

const because: Record<'failed' | 'unknown' | 'left-out', string> = {
  failed: 'failed',
  unknown: 'may or may not have happened',
  'left-out': 'was left out',
}

function endState(steps: readonly ChangeStep[]): ChangeState {
  if (steps.some((step) => step.state === 'unknown')) return 'unknown'
  if (steps.some((step) => step.state === 'failed')) return 'failed'
  return 'done'
}

function mustGet(store: ChangeStore, changeId: string): ChangeRequest {
  const change = store.get(changeId)
  if (!change) throw new Error(`There is no change request ${changeId}`)
  return change
}

function mustGetStep(store: ChangeStore, stepId: string): ChangeStep {
  const step = store.steps.get(stepId)
  if (!step) throw new Error(`There is no step ${stepId}`)
  return step
}
