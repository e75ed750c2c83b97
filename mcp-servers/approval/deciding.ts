import type { Approvals, Decided, Decision } from './approvals.ts'
import type { ChangeRequest } from './change-request.ts'
import { type ChangeStore, isUnaltered } from './change-store.ts'
import { stateSentence } from './change-view.ts'
import type { Execution } from './execution.ts'
import { expire } from './expiry.ts'

/** Records a person's decision, once, on exactly what was shown; an approval is carried out at once. */
export function openDeciding(store: ChangeStore, execution: Execution): Approvals['decide'] {
  function record(decision: Decision): { kind: 'recorded' } | { kind: 'refused'; why: string } {
    const change = store.get(decision.changeId)
    if (!change) return refused('There is no such request here. Ask for the change again.')
    const objection = objectionTo(change, decision)
    if (objection !== null) return refused(objection)
    const to = decision.decision === 'approve' ? 'approved' : 'declined'
    const { changeId, digest, operator, channel } = decision
    const nowMs = store.clock.nowMs()
    if (!store.requests.decide({ changeId, digest, to, by: operator, channel, nowMs }))
      return refused('Somebody decided this at the same moment. Look at it again.')
    const leaveOut = to === 'approved' ? decision.leaveOut : []
    for (const step of change.steps.filter(({ position }) => leaveOut.includes(position)))
      store.steps.move(step.id, { from: 'waiting', to: 'left-out', outcome: 'You left this out.' })
    const details = { digest, from: 'proposed', leaveOut }
    store.audit.append({
      who: `operator:${operator}`,
      channel,
      what: `change ${to}`,
      about: changeId,
      details,
    })
    store.feed.changed(changeId)
    return { kind: 'recorded' }
  }

  function objectionTo(change: ChangeRequest, decision: Decision): string | null {
    if (change.state !== 'proposed') return `This was already settled: ${stateSentence(change)}`
    if (store.clock.nowMs() >= change.expiresAtMs) {
      expire(store, change.id)
      return 'This request has expired, so nothing was done. Ask for the change again.'
    }
    if (decision.digest !== change.digest)
      return 'This is not the request that you were shown. Look at it again before you decide.'
    if (decision.decision === 'decline') return null
    if (!isUnaltered(change))
      return 'The stored request is not the one that was filed, so it cannot be approved. Ask for the change again.'
    return objectionToLeavingOut(change, decision.leaveOut) ?? objectionToDoing(change, decision.leaveOut)
  }

  function objectionToDoing({ steps }: ChangeRequest, leaveOut: number[]): string | null {
    const missing = execution.firstWithoutExecutor(
      steps.filter(({ position }) => !leaveOut.includes(position)),
    )
    return (
      missing &&
      `HWLab cannot do “${missing.title}” at the moment. Leave it out, or restart HWLab and decide again.`
    )
  }

  return async (decision): Promise<Decided> => {
    const recorded = store.transaction(() => record(decision))
    if (recorded.kind === 'refused') return recorded
    if (decision.decision === 'approve') await execution.start(decision.changeId)
    const change = store.get(decision.changeId)
    if (!change) throw new Error(`The decided request ${decision.changeId} is gone`)
    return { kind: 'decided', change }
  }
}

function objectionToLeavingOut({ steps }: ChangeRequest, leaveOut: number[]): string | null {
  for (const position of leaveOut) {
    const step = steps[position]
    if (!step) return 'A step that was left out does not exist. Look at the request again.'
    if (!step.optional) return `“${step.title}” cannot be left out. Decline the request instead.`
    const stranded = steps.find((other) => other.waitsFor === position && !leaveOut.includes(other.position))
    if (stranded) return `“${stranded.title}” needs “${step.title}”. Leave out both or neither.`
  }
  return leaveOut.length > 0 && leaveOut.length >= steps.length
    ? 'Every step is left out. Decline the request instead.'
    : null
}

function refused(why: string): { kind: 'refused'; why: string } {
  return { kind: 'refused', why }
}
