import type { Approvals, Requester } from './approvals.ts'
import type { ChangePlan, ChangeRequest, ChangeStep } from './change-request.ts'
import type { ChangeStore } from './change-store.ts'
import { canonicalJson, changeDigest } from './digest.ts'

const mostPerRequester = 20
const mostInAll = 200

/** Puts plans before a person: not twice, not too many, the newest for an item only. */
export function openFiling(
  store: ChangeStore,
  { lifetimeMs, newId }: { lifetimeMs: number; newId: () => string },
): Approvals['fileIfRoom'] {
  function objection(own: number, all: number): string | null {
    if (own >= mostPerRequester) return crowded(`${own} changes that you asked for already wait`)
    return all >= mostInAll ? crowded(`${all} changes already wait`) : null
  }

  function file(plan: ChangePlan, from: Requester): ReturnType<Approvals['fileIfRoom']> {
    checkPlan(plan)
    const change = requestOf(plan, from)
    const all = store.requests.inStates(['proposed'])
    const own = store.requests.proposedBy(from.requester)
    const same = own.find((row) => isSame(row, change) && row.expiresAtMs > store.clock.nowMs())
    if (same) return { kind: 'filed', change: store.whole(same) }
    const byCall = own.filter((row) => from.callKey !== undefined && row.callKey === from.callKey)
    const byItem = all.filter((row) => plan.itemId !== null && row.itemId === plan.itemId)
    const replaced = new Set([...byCall, ...byItem].map(({ id }) => id))
    const stays = ({ id }: { id: string }) => !replaced.has(id)
    const why = objection(own.filter(stays).length, all.filter(stays).length)
    if (why !== null) return { kind: 'refused', why }
    supersede(replaced, change)
    insert(change, from)
    return { kind: 'filed', change }
  }

  function supersede(ids: Set<string>, by: ChangeRequest): void {
    const edge = { from: 'proposed', to: 'superseded', who: by.requester, channel: 'server' } as const
    for (const id of ids) store.move(id, { ...edge, details: { by: by.id } })
  }

  function insert(change: ChangeRequest, from: Requester): void {
    const { steps, ...request } = change
    store.requests.insert(request, from.callKey ?? null)
    for (const step of steps) store.steps.insert(step)
    const { digest, server, tool, title, lines } = change
    store.audit.append({
      who: from.requester,
      channel: 'server',
      what: 'change proposed',
      about: change.id,
      details: { digest, server, tool, title, lines },
    })
    store.feed.changed(change.id)
  }

  function requestOf(plan: ChangePlan, from: Requester): ChangeRequest {
    const id = newId()
    const createdAtMs = store.clock.nowMs()
    const { title, tier, itemId, lines, warnings } = plan
    const { server, tool, requester } = from
    return {
      ...{ id, server, tool, tier, requester, title, itemId, lines, warnings },
      steps: plan.steps.map((step, position) => stepOf(step, { id: newId(), changeId: id, position })),
      digest: changeDigest({ server, tool, tier, steps: plan.steps }),
      state: 'proposed',
      why: null,
      createdAtMs,
      expiresAtMs: createdAtMs + lifetimeMs,
      decidedBy: null,
      channel: null,
      decidedAtMs: null,
    }
  }

  return (plan, from) => store.transaction(() => file(plan, from))
}

function crowded(many: string): string {
  return `${many} for a decision. Decide some of them in HWLab first.`
}

type Plain = Omit<ChangeRequest, 'steps'>

/** Same effect and same words on the card. */
function isSame(a: Plain, b: Plain): boolean {
  const shown = ({ digest, title, itemId, lines, warnings }: Plain) =>
    canonicalJson({ digest, title, itemId, lines, warnings })
  return shown(a) === shown(b)
}

function stepOf(
  step: ChangePlan['steps'][number],
  at: { id: string; changeId: string; position: number },
): ChangeStep {
  const { kind, title, payload, waitsFor, optional } = step
  return { ...at, kind, title, payload, waitsFor, optional, state: 'waiting', outcome: null }
}

function checkPlan(plan: ChangePlan): void {
  if (plan.steps.length === 0) throw new Error(`The plan “${plan.title}” has no steps`)
  for (const [position, { waitsFor }] of plan.steps.entries()) {
    const isEarlier =
      waitsFor === null || (Number.isInteger(waitsFor) && waitsFor >= 0 && waitsFor < position)
    if (!isEarlier)
      throw new Error(`Step ${position} of “${plan.title}” waits for a step that is not before it`)
  }
}
