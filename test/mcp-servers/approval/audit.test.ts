import { afterEach, beforeEach, expect, test } from 'vitest'
import { wordPlan } from '../../support/echo-domain.ts'
import { decide, type EchoLab, openEchoLab } from '../../support/echo-lab.ts'

let lab: EchoLab
beforeEach(async () => {
  lab = openEchoLab()
  const from = { server: 'netbox', tool: 'store_word', requester: 'client:agent' }
  for (const word of ['apple', 'pear', 'plum'])
    await decide(lab.approvals, lab.approvals.file(wordPlan(word), from))
})
afterEach(() => lab.close())

function unlock(): void {
  lab.database.exec('drop trigger audit_is_never_changed; drop trigger audit_is_never_shortened')
}

test('a chain that nobody touched is whole', () => {
  expect(lab.approvals.audit.verify()).toEqual({ kind: 'whole' })
})

test('audit rows cannot be changed or deleted by an ordinary statement', () => {
  expect(() => lab.database.exec("update audit set who = 'nobody'")).toThrow('never changed')
  expect(() => lab.database.exec('delete from audit')).toThrow('never deleted')
})

test.each([
  ['an altered row', "update audit set who = 'operator:stranger' where id = 5", 5],
  ['an altered detail', `update audit set details = '{}' where id = 2`, 2],
  ['an altered time', 'update audit set at_ms = at_ms + 1 where id = 7', 7],
  ['a row that was taken out', 'delete from audit where id = 3', 4],
  ['a cut-off end', 'delete from audit where id > 9', 10],
])('%s is noticed, at its place', (_, alteration, atId) => {
  unlock()
  lab.database.exec(alteration)
  expect(lab.approvals.audit.verify()).toEqual({ kind: 'broken', atId })
})

test('two rows that changed places are noticed', () => {
  unlock()
  lab.database.exec(
    'update audit set id = -1 where id = 2; update audit set id = 2 where id = 3; update audit set id = 3 where id = -1',
  )
  expect(lab.approvals.audit.verify()).toEqual({ kind: 'broken', atId: 2 })
})

test('details come back as they were recorded', () => {
  lab.approvals.audit.append({
    who: 'operator:operator',
    channel: 'chat-card',
    what: 'field corrected',
    about: 'item-1',
    details: { field: 'serial', before: null, after: 'SN"1', evidence: [1, 2] },
  })
  expect(lab.approvals.audit.list('item-1')).toMatchObject([
    { who: 'operator:operator', details: { field: 'serial', before: null, after: 'SN"1', evidence: [1, 2] } },
  ])
})
