import { afterEach, beforeEach, expect, test } from 'vitest'
import { seenLabel } from '../../../support/fake-photo-reader.ts'
import { type NetboxLab, openNetboxLab } from '../../../support/open-netbox-server.ts'

const label = seenLabel({
  codes: [{ text: 'SUB24X7K9Q2M1' }],
  lines: ['Ubiquiti', 'Model: USW-Lite-16-PoE', 'S/N: UB24X7K9Q2M1'],
})

let lab: NetboxLab
let isAllowed: boolean
beforeEach(async () => {
  isAllowed = false
  lab = await openNetboxLab({
    wrapFetch: (inner) => (request) => {
      const isCreate = request.method === 'POST' && new URL(request.url).pathname === '/api/dcim/devices/'
      return isCreate && !isAllowed
        ? Promise.resolve(
            Response.json({ detail: 'You do not have permission to perform this action.' }, { status: 403 }),
          )
        : inner(request)
    },
  })
})
afterEach(() => lab[Symbol.asyncDispose]())

async function approvedButRefused(): Promise<{ itemId: string; changeId: string; operationId: string }> {
  const item = await lab.intake([await lab.photo(label)])
  const change = await lab.propose(item.id)
  await lab.decide(change)
  await lab.until(item.id, ({ stateWords }) => stateWords === 'Needs you')
  const [operation] = lab.parts.netbox.queue().operations
  if (!operation) throw new Error('nothing is queued')
  return { itemId: item.id, changeId: change.id, operationId: operation.id }
}

test('a write that NetBox refuses shows why on the card, and after a retry it is recorded and printed', async () => {
  const { itemId, changeId, operationId } = await approvedButRefused()
  expect(lab.card(itemId)).toMatchObject({ tone: 'bad', state: 'researched' })
  expect(lab.card(itemId).nextAction).not.toBe('')
  expect(lab.parts.netbox.queue()).toMatchObject({
    tone: 'bad',
    operations: [{ tag: 'HW-00001', actions: ['retry', 'edit', 'cancel'] }],
  })
  expect(lab.printed).toEqual([])
  isAllowed = true
  expect(lab.parts.netbox.actOnOperation(operationId, 'retry', 'operator')).toEqual({ kind: 'acted' })
  expect((await lab.ended(changeId)).state).toBe('done')
  expect(lab.printed).toEqual([{ tag: 'HW-00001', record: 'confirmed' }])
  expect(lab.card(itemId)).toMatchObject({ state: 'complete', tone: 'good' })
})

test('a write that is cancelled fails its request, prints nothing, and the item can be proposed again', async () => {
  const { itemId, changeId, operationId } = await approvedButRefused()
  expect(lab.parts.netbox.actOnOperation(operationId, 'cancel', 'operator')).toEqual({ kind: 'acted' })
  expect((await lab.ended(changeId)).state).toBe('failed')
  expect(lab.printed).toEqual([])
  isAllowed = true
  const again = await lab.propose(itemId)
  expect(again.lines).toContainEqual({ label: 'Tag', before: null, after: 'HW-00001' })
  await lab.decide(again)
  expect((await lab.ended(again.id)).state).toBe('done')
  expect(await lab.records()).toHaveLength(1)
})

test('a settled operation cannot be acted on', async () => {
  expect(lab.parts.netbox.actOnOperation('nothing', 'retry', 'operator')).toMatchObject({ kind: 'refused' })
})

test('an item that stuck half-way is edited in the tray, and its record becomes what was approved last', async () => {
  await lab[Symbol.asyncDispose]()
  lab = await openNetboxLab({
    wrapFetch: (inner) => (request) =>
      !isAllowed && request.method === 'POST' && request.url.includes('journal-entries')
        ? Promise.resolve(Response.json({ detail: 'You do not have permission.' }, { status: 403 }))
        : inner(request),
  })
  const { itemId, changeId, operationId } = await approvedButRefused()
  expect(lab.parts.netbox.queue().operations[0]).toMatchObject({
    itemId,
    actions: ['retry', 'edit', 'cancel'],
  })
  expect(await lab.records()).toHaveLength(1)
  expect(lab.parts.netbox.actOnOperation(operationId, 'edit', 'operator')).toEqual({ kind: 'acted' })
  expect((await lab.ended(changeId)).state).toBe('failed')
  const corrected = { itemId, field: 'serial', value: 'UB24X7K9Q2M9' }
  expect(await lab.parts.netbox.intake.correct(corrected, 'operator')).toMatchObject({ kind: 'taken' })
  isAllowed = true
  const again = await lab.propose(itemId)
  await lab.decide(again)
  expect((await lab.ended(again.id)).state).toBe('done')
  expect(await lab.records()).toMatchObject([{ assetTag: 'HW-00001', serial: 'UB24X7K9Q2M9' }])
})
