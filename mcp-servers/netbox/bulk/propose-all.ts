import type { Approvals } from '../../approval/approvals.ts'
import type { ChangePlan } from '../../approval/change-request.ts'
import { type Refusal, refused } from '../../serving/tool.ts'
import { noSuchItem } from '../intake/record-draft.ts'
import { planRecords } from './plan-records.ts'
import { runEach } from './run-each.ts'

export interface ProposeAllDeps {
  approvals: Approvals
  readOnly: boolean
  /** The item's own plan, refused where the gate holds it back or it is here already. */
  plan(itemId: string): Promise<{ kind: 'plan'; plan: ChangePlan } | Refusal>
  /** The item's tag and title, or null when there is no such item. */
  nameOf(itemId: string): string | null
  transaction<Result>(work: () => Result): Result
  onFault(cause: unknown): void
}

export interface ProposedAll {
  changeId: string
  /** "4 done, 1 skipped." */
  words: string
  /** What is not in the request, and why. */
  left: { name: string; kind: 'skipped' | 'failed'; why: string }[]
}

/** For the operator: one request for every item that the gate lets through; nothing is confirmed on the way. */
export async function proposeAll(
  deps: ProposeAllDeps,
  itemIds: readonly string[],
  operator: string,
): Promise<{ kind: 'filed'; proposed: ProposedAll } | Refusal> {
  if (deps.readOnly) return refused('HWLab is in read-only mode, so nothing can be recorded.')
  const planned: { itemId: string; plan: ChangePlan }[] = []
  const report = await runEach([...new Set(itemIds)], {
    name: (itemId) => deps.nameOf(itemId) ?? itemId,
    onFault: deps.onFault,
    async run(itemId) {
      if (deps.nameOf(itemId) === null) return { kind: 'skipped', why: noSuchItem }
      const answer = await deps.plan(itemId)
      if (answer.kind === 'refused') return { kind: 'skipped', why: answer.why }
      planned.push({ itemId, plan: answer.plan })
      return { kind: 'done', words: answer.plan.title }
    },
  })
  const left = report.items.flatMap(({ name, outcome }) =>
    outcome.kind === 'done' ? [] : [{ name, kind: outcome.kind, why: outcome.why }],
  )
  if (planned.length === 0) return refused(`None of them can be recorded now. ${sentences(left)}`)
  const filed = deps.transaction(() => file(deps, planned, operator))
  if (filed.kind === 'refused') return filed
  return { kind: 'filed', proposed: { changeId: filed.change.id, words: report.words, left } }
}

function file(
  { approvals }: ProposeAllDeps,
  planned: readonly { itemId: string; plan: ChangePlan }[],
  operator: string,
): ReturnType<Approvals['fileIfRoom']> {
  const whole = planRecords(planned.map(({ plan }) => plan))
  const requester = `operator:${operator}`
  const tool = 'propose_all'
  const filed = approvals.fileIfRoom(whole, { server: 'netbox', tool, requester, callKey: tool })
  if (filed.kind === 'refused') return filed
  for (const { itemId } of planned) {
    const own = approvals.latestForItem(itemId)
    if (own?.state === 'proposed') approvals.cancel(own.id, `It is part of “${whole.title}” now.`, requester)
  }
  return filed
}

const mostTold = 3

function sentences(left: ProposedAll['left']): string {
  const told = left.slice(0, mostTold).map(({ name, why }) => `${name}: ${why}`)
  const more = left.length - told.length
  return [...told, ...(more > 0 ? [`${more} more.`] : [])].join(' ')
}
