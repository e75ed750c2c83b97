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
    change: { state: 'executing', decidedBy: 'operator', channel: 'chat-card' },
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
    who: 'operator:operator',
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
  expect(await decide(lab.approvals, swapped)).toMatchObject({
    kind: 'refused',
    why: expect.stringContaining('not the request that you were shown'),
  })
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
  lab.approvals.cancel(cancelled.id, 'The item was thrown away.', 'operator:operator')
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
  lab.approvals.cancel(change.id, 'Too late.', 'operator:operator')
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
