import type { ChangeStep, StepExecutor, StepOutcome } from './change-request.ts'
import { type ChangeStore, isUnaltered, mustGetChange, mustGetStep } from './change-store.ts'
import { alteredWords, openStepping } from './stepping.ts'

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

export function openExecution(
  store: ChangeStore,
  onFault: (fault: unknown, during: string) => void,
): Execution {
  const executors = new Map<string, StepExecutor>()
  const stepping = openStepping(store, executors, onFault)

  async function start(changeId: string): Promise<void> {
    const change = mustGetChange(store, changeId)
    if (change.state !== 'approved') return
    const doubt = await firstDoubt(change.steps.filter((step) => step.state === 'waiting'))
    store.transaction(() => execute(changeId, doubt))
  }

  function execute(changeId: string, doubt: string | null): void {
    const change = mustGetChange(store, changeId)
    const edge = { who: 'hwlab', channel: 'server', from: 'approved' } as const
    if (doubt !== null) store.move(changeId, { ...edge, to: 'stale', why: doubt })
    else if (!isUnaltered(change)) store.move(changeId, { ...edge, to: 'stale', why: alteredWords })
    else if (store.clock.nowMs() >= change.expiresAtMs)
      store.move(changeId, { ...edge, to: 'expired', why: 'It was approved but not carried out in time.' })
    else if (store.move(changeId, { ...edge, to: 'executing', details: { digest: change.digest } }))
      stepping.advance(changeId)
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
        stepping.moveStep(step, outcome.kind, outcome.words)
        stepping.advance(step.changeId)
      })
    },
    async resume() {
      for (const { id } of store.requests.inStates(['executing']))
        store.transaction(() => stepping.beginAgain(id))
      for (const { id } of store.requests.inStates(['approved'])) await start(id)
    },
  }
}
