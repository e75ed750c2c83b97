import { diskTrouble } from '../serving/disk-trouble.ts'
import type { ChangeState, ChangeStep, StepExecutor, StepState } from './change-request.ts'
import { type ChangeStore, isUnaltered, mustGetChange, mustGetStep } from './change-store.ts'

/** Moves the steps of one executing request on, inside the caller's transaction. */
export interface Stepping {
  /** Begins what is ready, gives up what never will be, and ends the request when nothing is left. */
  advance(changeId: string): void
  /** One edge of a step, audited. */
  moveStep(step: ChangeStep, to: StepState, outcome: string | null): void
  /** After a restart: begins every running step once more, which changes nothing where it had been begun. */
  beginAgain(changeId: string): void
}

export const alteredWords =
  'The stored request is not the one that was shown, so nothing was done. Ask for the change again.'

export function openStepping(
  store: ChangeStore,
  executors: ReadonlyMap<string, StepExecutor>,
  onFault: (fault: unknown, during: string) => void,
): Stepping {
  function advance(changeId: string): void {
    const change = mustGetChange(store, changeId)
    const isWhole = isUnaltered(change)
    for (const { id } of change.steps) {
      const step = mustGetStep(store, id)
      const before = step.waitsFor === null ? null : store.steps.ofChange(changeId)[step.waitsFor]
      if (step.state !== 'waiting' || before?.state === 'waiting' || before?.state === 'running') continue
      if (before && before.state !== 'done')
        moveStep(step, 'failed', `Not done, because “${before.title}” ${because[before.state]}.`)
      else if (!isWhole) moveStep(step, 'failed', alteredWords)
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
      if (diskTrouble(fault) !== null) throw fault
      // The savepoint took back whatever the executor wrote, so nothing was begun.
      onFault(fault, `begin ${step.kind}`)
      moveStep(step, 'failed', `“${step.title}” could not be started; nothing was done. Try again.`)
    }
  }

  function moveStep(step: ChangeStep, to: StepState, outcome: string | null): void {
    if (!store.steps.move(step.id, { from: step.state, to, outcome }))
      throw new Error(`Step ${step.id} was moved twice`)
    const details = { position: step.position, kind: step.kind, stepId: step.id, from: step.state, outcome }
    store.audit.append({
      who: 'hwlab',
      channel: 'server',
      what: `step ${to}`,
      about: step.changeId,
      details,
    })
    store.feed.changed(step.changeId)
  }

  function settle(changeId: string): void {
    const { steps, state } = mustGetChange(store, changeId)
    if (steps.some((step) => step.state === 'waiting' || step.state === 'running')) return
    const end = endState(steps)
    if (end !== state) store.move(changeId, { who: 'hwlab', channel: 'server', from: state, to: end })
  }

  function beginAgain(changeId: string): void {
    const change = mustGetChange(store, changeId)
    const isWhole = isUnaltered(change)
    for (const step of change.steps.filter(({ state }) => state === 'running')) {
      if (!isWhole)
        moveStep(step, 'unknown', `“${step.title}” was altered while it ran. Look whether it happened.`)
      else beginOnceMore(step)
    }
    advance(changeId)
  }

  function beginOnceMore(step: ChangeStep): void {
    try {
      store.transaction(() => executors.get(step.kind)?.begin(step.id, step.payload))
    } catch (fault) {
      // Its intent has been on disk since the step was marked running, so the worker has it all the same.
      onFault(fault, `begin ${step.kind} again`)
    }
  }

  return { advance, moveStep, beginAgain }
}

const because: Record<'failed' | 'unknown' | 'left-out', string> = {
  failed: 'failed',
  unknown: 'may or may not have happened',
  'left-out': 'was left out',
}

function endState(steps: readonly ChangeStep[]): ChangeState {
  if (steps.some((step) => step.state === 'unknown')) return 'unknown'
  return steps.some((step) => step.state === 'failed') ? 'failed' : 'done'
}
