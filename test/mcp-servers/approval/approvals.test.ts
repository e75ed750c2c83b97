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
const hourMs = 60 * 60 * 1000

function file(word = 'apple', loud = false, itemId: string | null = null): ChangeRequest {
  return lab.approvals.file(wordPlan(word, loud, itemId), agent)
}

function stateOf({ id }: ChangeRequest): string | undefined {
  return lab.approvals.get(id)?.state
}

function whatHappened(change: ChangeRequest): string[] {
  return lab.approvals.audit.list(change.id).map(({ what }) => what)
}

test('nothing is begun before a person approves', async () => {
  const change = file()
  await lab.approvals.resume()
  lab.clock.advance(hourMs)
  expect(lab.store.begun).toEqual([])
  expect(stateOf(change)).toBe('proposed')
})

test('an approved request is carried out with exactly the payload that was shown, and audited', async () => {
  const change = file()
  const decided = await decide(lab.approvals, change)
  expect(decided).toMatchObject({
    kind: 'decided',
    change: { state: 'executing', decidedBy: 'ada', channel: 'chat-card' },
  })
  expect(lab.store.begun).toEqual([{ stepId: change.steps[0]?.id, payload: { word: 'apple' } }])
  lab.approvals.finishStep(change.steps[0]?.id ?? '', { kind: 'done', words: 'Stored.' })
  expect(stateOf(change)).toBe('done')
  expect(whatHappened(change)).toEqual([
    'change proposed',
    'change approved',
    'change executing',
    'step running',
    'step done',
    'change done',
  ])
  expect(lab.approvals.audit.list(change.id)[1]).toMatchObject({
    who: 'operator:ada',
    channel: 'chat-card',
    details: { digest: change.digest, leaveOut: [] },
  })
})

test('a used approval cannot be used again', async () => {
  const change = file()
  await decide(lab.approvals, change)
  expect(await decide(lab.approvals, change)).toMatchObject({ kind: 'refused' })
  lab.approvals.finishStep(change.steps[0]?.id ?? '', { kind: 'done', words: 'Stored.' })
  expect(await decide(lab.approvals, change)).toMatchObject({ kind: 'refused' })
  expect(lab.store.begun).toHaveLength(1)
})

test('of two decisions at the same moment exactly one counts', async () => {
  const change = file()
  const both = await Promise.all([
    decide(lab.approvals, change),
    decide(lab.approvals, change),
    decide(lab.approvals, change, 'decline'),
  ])
  expect(both.map(({ kind }) => kind)).toEqual(['decided', 'refused', 'refused'])
  expect(lab.store.begun).toHaveLength(1)
})

test('a decision on another payload than the one that was shown is refused', async () => {
  const change = file('apple')
  const other = file('pear')
  const swapped = { ...change, digest: other.digest }
  expect(await decide(lab.approvals, swapped)).toMatchObject({ kind: 'refused' })
  expect(stateOf(change)).toBe('proposed')
})

test('a payload altered in the database cannot be approved', async () => {
  const change = file()
  lab.database.prepare('update change_steps set payload = ?').run('{"word":"poison"}')
  expect(await decide(lab.approvals, change)).toMatchObject({ kind: 'refused' })
  expect(lab.store.begun).toEqual([])
})

test('a payload altered after the approval is not carried out', async () => {
  const change = file()
  lab.store.recheck = async () => {
    lab.database.prepare('update change_steps set payload = ?').run('{"word":"poison"}')
    return { kind: 'fresh' }
  }
  await decide(lab.approvals, change)
  expect(stateOf(change)).toBe('stale')
  expect(lab.store.begun).toEqual([])
})

test('a later step altered while the first one runs is not carried out', async () => {
  const change = file('apple', true)
  await decide(lab.approvals, change)
  lab.database.prepare('update change_steps set payload = ? where position = 1').run('{"word":"poison"}')
  lab.approvals.finishStep(change.steps[0]?.id ?? '', { kind: 'done', words: 'Stored.' })
  expect(stateOf(change)).toBe('failed')
  expect(lab.say.begun).toEqual([])
})

test('an altered step order, tier or optional mark is noticed like an altered payload', async () => {
  for (const alteration of [
    "update change_requests set tier = 'write'",
    'update change_steps set optional = 1',
    'update change_steps set waits_for = null',
    "update change_steps set kind = 'echo.print_word'",
  ]) {
    const change = file(alteration, true)
    lab.database.prepare(alteration).run()
    expect(await decide(lab.approvals, change), alteration).toMatchObject({ kind: 'refused' })
    lab.database.exec('delete from change_steps; delete from change_requests')
  }
})

test('an expired request cannot be approved, even if the clock jumped and nobody swept', async () => {
  const change = file()
  const late = { nowMs: () => change.expiresAtMs, after: () => () => {} }
  Object.assign(lab.clock, late)
  expect(await decide(lab.approvals, change)).toMatchObject({ kind: 'refused' })
  expect(stateOf(change)).toBe('expired')
  expect(lab.store.begun).toEqual([])
})

test('a request that nobody decides expires by itself, and listeners hear of it', async () => {
  const change = file()
  const heard: string[] = []
  lab.approvals.onChange(({ state }) => heard.push(state))
  lab.clock.advance(24 * hourMs)
  await Promise.resolve()
  expect(stateOf(change)).toBe('expired')
  expect(heard).toEqual(['expired'])
  expect(lab.approvals.open()).toEqual([])
})

test('a clock that is set back does not bring an expired request back', async () => {
  const change = file()
  lab.clock.advance(25 * hourMs)
  lab.clock.nowMs = () => change.createdAtMs
  expect(await decide(lab.approvals, change)).toMatchObject({ kind: 'refused' })
})

test('an approval that waited out its time in the recheck is not carried out', async () => {
  const change = file()
  lab.store.recheck = async () => {
    lab.clock.advance(25 * hourMs)
    return { kind: 'fresh' }
  }
  await decide(lab.approvals, change)
  expect(stateOf(change)).toBe('expired')
  expect(lab.store.begun).toEqual([])
})

test('decline, take back, expire and replace are four different ends, and nothing happens in any', async () => {
  const declined = file('declined')
  const cancelled = file('cancelled')
  const superseded = file('superseded', false, 'item-1')
  const expired = file('expired')
  await decide(lab.approvals, declined, 'decline')
  lab.approvals.cancel(cancelled.id, 'The item was thrown away.', 'operator:ada')
  file('newer', false, 'item-1')
  lab.clock.advance(24 * hourMs)
  const all = [declined, cancelled, superseded, expired]
  expect(all.map(stateOf)).toEqual(['declined', 'cancelled', 'superseded', 'expired'])
  for (const change of all) expect(await decide(lab.approvals, change)).toMatchObject({ kind: 'refused' })
  expect(lab.store.begun).toEqual([])
})

test('what was decided cannot be taken back or replaced', async () => {
  const change = file('apple', false, 'item-1')
  await decide(lab.approvals, change)
  lab.approvals.cancel(change.id, 'Too late.', 'operator:ada')
  file('pear', false, 'item-1')
  expect(stateOf(change)).toBe('executing')
})

test('the world that changed before the step ran stops it and says why', async () => {
  const change = file()
  lab.store.answer = { kind: 'stale', why: 'The tag is taken meanwhile.' }
  const decided = await decide(lab.approvals, change)
  expect(decided).toMatchObject({ change: { state: 'stale', why: 'The tag is taken meanwhile.' } })
  expect(lab.store.begun).toEqual([])
})

test('a step that cannot be checked once more is not carried out', async () => {
  const change = file()
  lab.store.recheck = async () => {
    throw new Error('socket hang up')
  }
  await decide(lab.approvals, change)
  expect(lab.approvals.get(change.id)).toMatchObject({ state: 'stale' })
  expect(lab.approvals.get(change.id)?.why).not.toContain('socket')
  expect(lab.faults).toHaveLength(1)
})

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

test('asking for the same again shows the same request', () => {
  const first = file('apple', false, 'item-1')
  expect(file('apple', false, 'item-1').id).toBe(first.id)
  expect(lab.approvals.open()).toHaveLength(1)
})

test('a newer plan of the same call takes the place of the open one', () => {
  const first = lab.approvals.file(wordPlan('apple'), { ...agent, callKey: 'call' })
  const second = lab.approvals.file(wordPlan('pear'), { ...agent, callKey: 'call' })
  expect([stateOf(first), stateOf(second)]).toEqual(['superseded', 'proposed'])
  const other = lab.approvals.file(wordPlan('plum'), { ...agent, requester: 'client:other', callKey: 'call' })
  expect([stateOf(second), stateOf(other)]).toEqual(['proposed', 'proposed'])
})

test('one requester cannot bury a person in requests', () => {
  for (let count = 0; count < 20; count++) file(`word ${count}`)
  expect(lab.approvals.fileIfRoom(wordPlan('one more'), agent)).toMatchObject({ kind: 'refused' })
  expect(() => file('one more')).toThrow(/Decide some of them/)
  expect(lab.approvals.fileIfRoom(wordPlan('one more'), { ...agent, requester: 'operator:ada' }).kind).toBe(
    'filed',
  )
  expect(lab.approvals.fileIfRoom(wordPlan('word 3'), agent).kind).toBe('filed')
})

test('many made-up names cannot bury a person either', () => {
  for (let count = 0; count < 200; count++)
    lab.approvals.file(wordPlan(`word ${count}`), { ...agent, requester: `client:${count}` })
  expect(lab.approvals.fileIfRoom(wordPlan('x'), { ...agent, requester: 'client:new' }).kind).toBe('refused')
})

test('if the audit cannot be written, nothing is filed, decided or carried out', async () => {
  const change = file()
  lab.database.exec(
    "create trigger audit_is_full before insert on audit begin select raise(abort, 'no room'); end",
  )
  expect(() => file('pear')).toThrow('no room')
  await expect(decide(lab.approvals, change)).rejects.toThrow('no room')
  expect(stateOf(change)).toBe('proposed')
  expect(lab.approvals.open()).toHaveLength(1)
})

test('filing takes part in the transaction around it', () => {
  const filing = lab.database.transaction(() => {
    file()
    throw new Error('changed my mind')
  })
  expect(filing).toThrow('changed my mind')
  expect(lab.approvals.open()).toEqual([])
  expect(lab.approvals.audit.list()).toEqual([])
})

test('the latest request of an item is found, whatever became of it', async () => {
  file('apple', false, 'item-1')
  const second = file('pear', false, 'item-1')
  await decide(lab.approvals, second, 'decline')
  expect(lab.approvals.latestForItem('item-1')).toMatchObject({ id: second.id, state: 'declined' })
  expect(lab.approvals.latestForItem('item-2')).toBeNull()
})

test('a plan without steps, or with a step that waits for a later one, is a bug', () => {
  const plan = wordPlan('apple')
  expect(() => lab.approvals.file({ ...plan, steps: [] }, agent)).toThrow()
  const steps = plan.steps.map((step) => ({ ...step, waitsFor: 0 }))
  expect(() => lab.approvals.file({ ...plan, steps }, agent)).toThrow()
})
