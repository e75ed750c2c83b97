import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ChangeRequest } from '../../../../mcp-servers/approval/change-request.ts'
import { changeCard } from '../../../../mcp-servers/approval/change-view.ts'
import type { ItemCard } from '../../../../mcp-servers/netbox/intake/item-view.ts'
import { seenLabel } from '../../../support/fake-photo-reader.ts'
import { type NetboxLab, openNetboxLab } from '../../../support/open-netbox-server.ts'

let lab: NetboxLab
beforeEach(async () => {
  lab = await openNetboxLab()
})
afterEach(() => lab[Symbol.asyncDispose]())

const serials = ['UB24X7K9Q2M1', 'UB24X7K9Q2M2', 'UB24X7K9Q2M3']

/** A switch that the gate lets through. */
async function ready(serial: string): Promise<ItemCard> {
  const lines = ['Ubiquiti', 'Model: USW-Lite-16-PoE', `S/N: ${serial}`]
  return lab.intake([await lab.photo(seenLabel({ codes: [{ text: `S${serial}` }], lines }))])
}

async function three(): Promise<ItemCard[]> {
  const cards: ItemCard[] = []
  for (const serial of serials) cards.push(await ready(serial))
  expect(cards.map(({ state }) => state)).toEqual(['researched', 'researched', 'researched'])
  return cards
}

async function proposeAll(items: { id: string }[], print = true) {
  const wish = { itemIds: items.map(({ id }) => id), print }
  const filed = await lab.parts.netbox.intake.proposeAll(wish, 'operator')
  if (filed.kind === 'refused') throw new Error(filed.why)
  return { ...filed.proposed, change: lab.change(filed.proposed.changeId) }
}

function outcomes(change: ChangeRequest): [string, string][] {
  return lab.change(change.id).steps.map(({ title, state }) => [title, state])
}

test('one decision records all that are ready and prints their labels', async () => {
  const items = await three()
  const { change, left, words } = await proposeAll(items)
  expect({ left, words }).toEqual({ left: [], words: '3 done.' })
  expect(change).toMatchObject({
    title: 'Record 3 items and print their labels',
    tier: 'bulk-or-destructive',
    lines: [{ label: 'HW-00001' }, { label: 'HW-00002' }, { label: 'HW-00003' }],
  })
  for (const [at, serial] of serials.entries()) expect(change.lines[at]?.after).toContain(serial)
  expect(await lab.records()).toEqual([])
  await lab.decide(change)
  expect(await lab.ended(change.id)).toMatchObject({ state: 'done' })
  expect((await lab.records()).map(({ assetTag }) => assetTag).sort()).toEqual([
    'HW-00001',
    'HW-00002',
    'HW-00003',
  ])
  expect(lab.printed.map(({ tag, record }) => [tag, record]).sort()).toEqual([
    ['HW-00001', 'confirmed'],
    ['HW-00002', 'confirmed'],
    ['HW-00003', 'confirmed'],
  ])
})

test('an item that was changed after the request is not written; the others are', async () => {
  const items = await three()
  const { change } = await proposeAll(items)
  const poisoned = items[1]?.id ?? ''
  await lab.parts.netbox.intake.correct({ itemId: poisoned, field: 'serial', value: 'ZZ99' }, 'operator')
  await lab.decide(change)
  const after = await lab.ended(change.id)
  expect(outcomes(change).map(([, state]) => state)).toEqual([
    'done',
    'done',
    'failed',
    'failed',
    'done',
    'done',
  ])
  expect(after.steps[2]?.outcome).toBe(
    'The item was changed after this was proposed. Check it and propose it again.',
  )
  expect(changeCard(after).stateWords).toBe('Partly done: 2 done, 1 failed')
  expect(await lab.records()).toHaveLength(2)
  expect(lab.card(poisoned)).toMatchObject({ stateWords: 'Ready to confirm', record: null })
  const again = await proposeAll([{ id: poisoned }])
  await lab.decide(again.change)
  await lab.ended(again.change.id)
  expect(await lab.records()).toHaveLength(3)
})

test('what the gate holds back is skipped and says why; nothing is confirmed on the way', async () => {
  const [item] = [await ready('UB24X7K9Q2M1')]
  const doubtful = await lab.intake([await lab.photo(seenLabel({ lines: ['S/N: 12345'] }))])
  const { change, left, words } = await proposeAll([item, doubtful, { id: 'no-such-item' }])
  expect(words).toBe('1 done, 2 skipped.')
  expect(left).toMatchObject([
    { kind: 'skipped', why: expect.stringContaining('needs research') },
    { kind: 'skipped', why: expect.stringContaining('no such item') },
  ])
  expect(change.steps.filter(({ kind }) => kind === 'netbox.create_item')).toHaveLength(1)
  expect(lab.card(doubtful.id).state).toBe('needs_research')
})

test('an item that cannot even be planned fails by itself', async () => {
  const items = await three()
  lab.parts.database.exec(`create trigger poison before insert on tags
    when new.item_id = '${items[1]?.id}' begin select raise(abort, 'disk I/O error'); end`)
  const { change, left } = await proposeAll(items, false)
  expect(left).toMatchObject([{ kind: 'failed', why: expect.not.stringContaining('I/O') }])
  expect(lab.faults).toHaveLength(1)
  await lab.decide(change)
  expect(await lab.ended(change.id)).toMatchObject({ state: 'done' })
  expect(await lab.records()).toHaveLength(2)
})

test('none ready: refused, with the reasons', async () => {
  const doubtful = await lab.intake([await lab.photo(seenLabel({ lines: ['S/N: 12345'] }))])
  const wish = { itemIds: [doubtful.id], print: true }
  expect(await lab.parts.netbox.intake.proposeAll(wish, 'operator')).toMatchObject({
    kind: 'refused',
    why: expect.stringContaining('needs research'),
  })
})

test('an open request of one of them becomes part of the one for all, and its card says where it waits', async () => {
  const items = await three()
  const single = await lab.propose(items[0]?.id ?? '')
  const { change } = await proposeAll(items)
  expect(lab.change(single.id)).toMatchObject({ state: 'cancelled' })
  expect(lab.card(items[1]?.id ?? '').nextAction).toContain(change.title)
  const fewer = await proposeAll(items.slice(0, 2))
  expect(lab.change(change.id)).toMatchObject({ state: 'superseded' })
  expect(lab.card(items[2]?.id ?? '').nextAction).not.toContain('It waits')
  await lab.decide(fewer.change)
  await lab.ended(fewer.change.id)
  const card = lab.card(items[0]?.id ?? '')
  expect(card).toMatchObject({ stateWords: 'In the inventory', change: null, tag: 'HW-00001' })
})

test('a label can be left out for one item, and one item as a whole', async () => {
  const items = await three()
  const { change } = await proposeAll(items)
  await lab.decide(change, 'approve', [1, 2, 3])
  expect(await lab.ended(change.id)).toMatchObject({ state: 'done' })
  expect(await lab.records()).toHaveLength(2)
  expect(lab.printed.map(({ tag }) => tag)).toEqual(['HW-00003'])
})
