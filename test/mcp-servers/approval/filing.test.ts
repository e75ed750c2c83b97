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
  expect(
    lab.approvals.fileIfRoom(wordPlan('one more'), { ...agent, requester: 'operator:operator' }).kind,
  ).toBe('filed')
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
