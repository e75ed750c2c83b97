import { diskTrouble } from '../serving/disk-trouble.ts'
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

/** A step that waits for none, then every step that waits for it, directly or not: they stand or fall together. */
type Part = [root: ChangeStep, ...others: ChangeStep[]]

/** What is wrong with a part now. If its root is optional, only this part is not done. */
interface Doubt {
  root: ChangeStep
  why: string
}

/** Rechecks may ask NetBox, which answers a few at once. */
const partsAtOnce = 8
const diskRetryMs = 5_000

export function openExecution(
  store: ChangeStore,
  onFault: (fault: unknown, during: string) => void,
): Execution {
  const executors = new Map<string, StepExecutor>()
  const stepping = openStepping(store, executors, onFault)

  async function start(changeId: string): Promise<void> {
    const change = mustGetChange(store, changeId)
    if (change.state !== 'approved') return
    const parts = partsOf(change.steps)
    const doubts: Doubt[] = []
    for (let at = 0; at < parts.length; at += partsAtOnce) {
      const answers = await Promise.all(parts.slice(at, at + partsAtOnce).map(doubtAbout))
      doubts.push(...answers.filter((doubt) => doubt !== null))
    }
    try {
      store.transaction(() => execute(changeId, doubts, parts.length))
    } catch (fault) {
      if (diskTrouble(fault) === null) throw fault
      // It stays approved, and begins when there is room.
      onFault(fault, 'start')
      store.clock.after(diskRetryMs, () => void start(changeId))
    }
  }

  function execute(changeId: string, doubts: Doubt[], partCount: number): void {
    const change = mustGetChange(store, changeId)
    const edge = { who: 'hwlab', channel: 'server', from: 'approved' } as const
    const ending = doubts.length === partCount ? doubts[0] : doubts.find(({ root }) => !root.optional)
    if (ending) store.move(changeId, { ...edge, to: 'stale', why: ending.why })
    else if (!isUnaltered(change)) store.move(changeId, { ...edge, to: 'stale', why: alteredWords })
    else if (store.clock.nowMs() >= change.expiresAtMs)
      store.move(changeId, { ...edge, to: 'expired', why: 'It was approved but not carried out in time.' })
    else if (store.move(changeId, { ...edge, to: 'executing', details: { digest: change.digest } })) {
      for (const { root, why } of doubts) stepping.moveStep(root, 'failed', why)
      stepping.advance(changeId)
    }
  }

  async function doubtAbout([root, ...others]: Part): Promise<Doubt | null> {
    for (const step of [root, ...others]) {
      try {
        const checked = await executors.get(step.kind)?.recheck(step.payload)
        if (!checked) return { root, why: `Nothing here can do “${step.title}”, so nothing was done.` }
        if (checked.kind === 'stale') return { root, why: checked.why }
      } catch (fault) {
        onFault(fault, `recheck ${step.kind}`)
        const why = `“${step.title}” could not be checked once more before it ran, so nothing was done. Ask for it again.`
        return { root, why }
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

/** The parts of what was not left out. */
function partsOf(steps: readonly ChangeStep[]): Part[] {
  const rootOf = (step: ChangeStep): ChangeStep => {
    const before = step.waitsFor === null ? undefined : steps[step.waitsFor]
    return before ? rootOf(before) : step
  }
  const waiting = steps.filter(({ state }) => state === 'waiting')
  return waiting
    .filter((step) => rootOf(step) === step)
    .map((root) => [root, ...waiting.filter((step) => step !== root && rootOf(step) === root)])
}
