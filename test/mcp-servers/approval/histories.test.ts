import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AuditEntry } from '../../../mcp-servers/approval/audit.ts'
import type { ChangeRequest, ChangeState } from '../../../mcp-servers/approval/change-request.ts'
import { wordPlan } from '../../support/echo-domain.ts'
import { type EchoLab, openEchoLab } from '../../support/echo-lab.ts'

type Move =
  | { kind: 'file'; word: string; loud: boolean; item: boolean }
  | { kind: 'decide'; which: number; approve: boolean; digestOf: number; leaveOut: number[] }
  | { kind: 'cancel'; which: number }
  | { kind: 'finish'; which: number; step: number; outcome: 'done' | 'failed' | 'unknown' }
  | { kind: 'wait'; hours: number }
  | { kind: 'alter'; which: number }
  | { kind: 'stale'; stale: boolean }
  | { kind: 'resume' }

const which = fc.nat({ max: 5 })
const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('file' as const),
      word: fc.constantFrom('a', 'b'),
      loud: fc.boolean(),
      item: fc.boolean(),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('decide' as const),
      which,
      approve: fc.boolean(),
      digestOf: which,
      leaveOut: fc.array(fc.nat({ max: 2 }), { maxLength: 2 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel' as const), which }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('finish' as const),
      which,
      step: fc.nat({ max: 1 }),
      outcome: fc.constantFrom('done' as const, 'failed' as const, 'unknown' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('wait' as const), hours: fc.nat({ max: 13 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('alter' as const), which }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('stale' as const), stale: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('resume' as const) }) },
)

interface Run {
  lab: EchoLab
  filed: ChangeRequest[]
}

async function play({ lab, filed }: Run, step: Move): Promise<void> {
  const target = 'which' in step ? filed[step.which % Math.max(1, filed.length)] : undefined
  if ('which' in step && !target) return
  switch (step.kind) {
    case 'file': {
      const plan = wordPlan(step.word, step.loud, step.item ? 'item-1' : null)
      filed.push(
        lab.approvals.file(plan, { server: 'netbox', tool: 'store_word', requester: 'client:agent' }),
      )
      return
    }
    case 'decide': {
      const shown = filed[step.digestOf % filed.length] ?? target
      const decision = step.approve ? ('approve' as const) : ('decline' as const)
      const digest = shown?.digest ?? ''
      const { leaveOut } = step
      await lab.approvals.decide({
        changeId: target?.id ?? '',
        digest,
        decision,
        leaveOut,
        operator: 'operator',
        channel: 'chat-card',
      })
      return
    }
    case 'cancel':
      return lab.approvals.cancel(target?.id ?? '', 'No more.', 'operator:operator')
    case 'finish': {
      const one = target?.steps[step.step]
      if (one) lab.approvals.finishStep(one.id, { kind: step.outcome, words: step.outcome })
      return
    }
    case 'wait':
      return lab.clock.advance(step.hours * 60 * 60 * 1000)
    case 'alter':
      lab.database
        .prepare('update change_steps set payload = ? where change_id = ?')
        .run('{"word":"poison"}', target?.id)
      return
    case 'stale':
      lab.store.answer = step.stale ? { kind: 'stale', why: 'Changed.' } : { kind: 'fresh' }
      return
    case 'resume':
      return lab.approvals.resume()
  }
}

const edges: Record<ChangeState, ChangeState[]> = {
  proposed: ['approved', 'declined', 'cancelled', 'expired', 'superseded'],
  approved: ['executing', 'stale', 'expired'],
  executing: ['done', 'failed', 'unknown'],
  unknown: ['done', 'failed'],
  done: [],
  failed: [],
  declined: [],
  cancelled: [],
  expired: [],
  superseded: [],
  stale: [],
}

/** The states in the order in which the audit saw them. */
function path(history: AuditEntry[]): string[] {
  return history
    .filter(({ what }) => what.startsWith('change '))
    .map(({ what }) => what.slice('change '.length))
}

test('in every history each step that began has exactly one approval, earlier, of the same digest', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(move, { minLength: 5, maxLength: 40 }), async (moves) => {
      const lab = openEchoLab()
      const run: Run = { lab, filed: [] }
      for (const step of moves) await play(run, step)
      for (const change of new Set(run.filed.map(({ id }) => id))) checkHistory(lab, change)
      for (const { payload } of [...lab.store.begun, ...lab.say.begun])
        expect(payload).not.toEqual({ word: 'poison' })
      expect(lab.approvals.audit.verify()).toEqual({ kind: 'whole' })
      lab.close()
    }),
    { numRuns: 150, seed: 20260105 },
  )
})

function checkHistory(lab: EchoLab, changeId: string): void {
  const change = lab.approvals.get(changeId)
  if (!change) throw new Error('a filed request is gone')
  const history = lab.approvals.audit.list(changeId)
  const states = path(history)
  expect(states[0]).toBe('proposed')
  expect(states.at(-1)).toBe(change.state)
  for (const [index, to] of states.slice(1).entries()) {
    const from = states[index]
    expect(Object.entries(edges).find(([state]) => state === from)?.[1], `${from} → ${to}`).toContain(to)
  }
  const begun = [...lab.store.begun, ...lab.say.begun].filter(({ stepId }) =>
    change.steps.some(({ id }) => id === stepId),
  )
  const approvals = history.filter(({ what }) => what === 'change approved')
  expect(approvals.length).toBeLessThanOrEqual(1)
  for (const { stepId } of begun) {
    const start = history.findIndex(
      (entry) => entry.what === 'step running' && JSON.stringify(entry.details).includes(stepId),
    )
    const approval = history.findIndex(({ what }) => what === 'change approved')
    expect(approval).toBeGreaterThan(0)
    expect(approval).toBeLessThan(start)
    expect(history[approval]).toMatchObject({ who: 'operator:operator', details: { digest: change.digest } })
  }
}
