import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ChangeRequest } from '../../../mcp-servers/approval/change-request.ts'
import { wordPlan } from '../../support/echo-domain.ts'
import { decide, type EchoLab, openEchoLab } from '../../support/echo-lab.ts'

let lab: EchoLab
beforeEach(() => {
  lab = openEchoLab()
})
afterEach(() => lab.close())

const agent = { server: 'netbox', tool: 'store_word', requester: 'client:agent' }

function file(word = 'apple', loud = false, itemId: string | null = null): ChangeRequest {
  return lab.approvals.file(wordPlan(word, loud, itemId), agent)
}

function stateOf({ id }: ChangeRequest): string | undefined {
  return lab.approvals.get(id)?.state
}

test('a step waits for the one before it', async () => {
  const change = file('apple', true)
  await decide(lab.approvals, change)
  expect(lab.say.begun).toEqual([])
  lab.approvals.finishStep(change.steps[0]?.id ?? '', { kind: 'done', words: 'Stored.' })
  expect(lab.say.begun).toHaveLength(1)
  expect(stateOf(change)).toBe('executing')
  lab.approvals.finishStep(change.steps[1]?.id ?? '', { kind: 'done', words: 'Said.' })
  expect(stateOf(change)).toBe('done')
})

test('when the first step fails the one that waits for it is not done, and the words say both', async () => {
  const change = file('apple', true)
  await decide(lab.approvals, change)
  lab.approvals.finishStep(change.steps[0]?.id ?? '', { kind: 'failed', words: 'NetBox refused the word.' })
  expect(lab.approvals.get(change.id)).toMatchObject({
    state: 'failed',
    steps: [
      { state: 'failed', outcome: 'NetBox refused the word.' },
      { state: 'failed', outcome: 'Not done, because “Store the word” failed.' },
    ],
  })
  expect(lab.say.begun).toEqual([])
})

test('when it is not known whether the first step happened, the second is not tried', async () => {
  const change = file('apple', true)
  await decide(lab.approvals, change)
  lab.approvals.finishStep(change.steps[0]?.id ?? '', { kind: 'unknown', words: 'The power went.' })
  expect(stateOf(change)).toBe('unknown')
  expect(lab.say.begun).toEqual([])
})

test('a person can still say what an unknown step came to, once', async () => {
  const change = file()
  await decide(lab.approvals, change)
  const stepId = change.steps[0]?.id ?? ''
  lab.approvals.finishStep(stepId, { kind: 'unknown', words: 'The power went.' })
  lab.approvals.finishStep(stepId, { kind: 'done', words: 'You saw it.' })
  lab.approvals.finishStep(stepId, { kind: 'failed', words: 'Too late.' })
  expect(lab.approvals.get(change.id)).toMatchObject({ state: 'done', steps: [{ outcome: 'You saw it.' }] })
})

test('a step that reports twice counts once', async () => {
  const change = file('apple', true)
  await decide(lab.approvals, change)
  const stepId = change.steps[0]?.id ?? ''
  lab.approvals.finishStep(stepId, { kind: 'done', words: 'Stored.' })
  lab.approvals.finishStep(stepId, { kind: 'failed', words: 'Late echo.' })
  expect(lab.say.begun).toHaveLength(1)
  expect(lab.approvals.get(change.id)?.steps[0]).toMatchObject({ state: 'done', outcome: 'Stored.' })
})

test('a step cannot report before it was begun', () => {
  const change = file()
  lab.approvals.finishStep(change.steps[0]?.id ?? '', { kind: 'done', words: 'Done anyway.' })
  expect(stateOf(change)).toBe('proposed')
  expect(() => lab.approvals.finishStep('no-such-step', { kind: 'done', words: '' })).toThrow()
})

test('a step that cannot put its intent on disk leaves nothing behind and says so', async () => {
  const change = file('apple', true)
  lab.store.begin = () => {
    lab.database
      .prepare("insert into audit values (99, 0, 'x', 'x', 'half written', 'x', '{}', 'x', 'x')")
      .run()
    throw new Error('disk full')
  }
  await decide(lab.approvals, change)
  expect(lab.approvals.get(change.id)).toMatchObject({ state: 'failed' })
  expect(lab.approvals.audit.verify()).toEqual({ kind: 'whole' })
  expect(lab.faults).toHaveLength(1)
})

test('an executor that finishes at once is as good as a slow one', async () => {
  lab.store.begin = (stepId) => lab.approvals.finishStep(stepId, { kind: 'done', words: 'Stored.' })
  lab.say.begin = (stepId) => lab.approvals.finishStep(stepId, { kind: 'done', words: 'Said.' })
  const change = file('apple', true)
  expect(await decide(lab.approvals, change)).toMatchObject({ change: { state: 'done' } })
})

test('an optional step can be left out, and only that one', async () => {
  const change = file('apple', true)
  expect(await decide(lab.approvals, change, 'approve', [0])).toMatchObject({ kind: 'refused' })
  expect(await decide(lab.approvals, change, 'approve', [7])).toMatchObject({ kind: 'refused' })
  expect(await decide(lab.approvals, change, 'approve', [1])).toMatchObject({ kind: 'decided' })
  lab.approvals.finishStep(change.steps[0]?.id ?? '', { kind: 'done', words: 'Stored.' })
  expect(lab.approvals.get(change.id)).toMatchObject({ state: 'done', steps: [{}, { state: 'left-out' }] })
  expect(lab.say.begun).toEqual([])
})

test('a step that is not optional cannot be left out, even if nothing waits for it', async () => {
  const plan = wordPlan('apple', true)
  const steps = plan.steps.map((step) => ({ ...step, waitsFor: null }))
  const change = lab.approvals.file({ ...plan, steps }, agent)
  expect(await decide(lab.approvals, change, 'approve', [0])).toMatchObject({ kind: 'refused' })
  expect(lab.say.begun).toEqual([])
})

test('a step that another one needs cannot be left out alone', async () => {
  const plan = wordPlan('apple', true)
  const steps = plan.steps.map((step) => ({ ...step, optional: true }))
  const change = lab.approvals.file({ ...plan, steps }, agent)
  expect(await decide(lab.approvals, change, 'approve', [0])).toMatchObject({ kind: 'refused' })
  expect(await decide(lab.approvals, change, 'approve', [0, 1])).toMatchObject({ kind: 'refused' })
})

test('a step that nothing here can do is refused before anything is decided', async () => {
  const plan = wordPlan('apple')
  const steps = plan.steps.map((step) => ({ ...step, kind: 'echo.fly_away' }))
  const change = lab.approvals.file({ ...plan, steps }, agent)
  expect(await decide(lab.approvals, change)).toMatchObject({ kind: 'refused' })
  expect(stateOf(change)).toBe('proposed')
})
