import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import type { ChangeRequest } from '../../../../mcp-servers/approval/change-request.ts'
import { seenLabel } from '../../../support/fake-photo-reader.ts'
import { type NetboxLab, openNetboxLab } from '../../../support/open-netbox-server.ts'

const label = seenLabel({
  codes: [{ text: 'SUB24X7K9Q2M1' }],
  lines: ['Ubiquiti', 'Model: USW-Lite-16-PoE', 'S/N: UB24X7K9Q2M1'],
})

let lab: NetboxLab
beforeEach(async () => {
  lab = await openNetboxLab()
})
afterEach(() => lab[Symbol.asyncDispose]())

async function make(path: string, json: unknown): Promise<number> {
  const made = await lab.parts.inventory.rest.call({ method: 'POST', path, body: { json } })
  if (made.kind === 'failed') throw new Error(made.why)
  return z.object({ id: z.number() }).parse(made.body).id
}

async function machine(tag: string, name: string): Promise<number> {
  const slug = name.toLowerCase()
  const site = await make('dcim/sites/', { name: `Site ${name}`, slug })
  const role = await make('dcim/device-roles/', { name: `Server ${name}`, slug })
  const manufacturer = await make('dcim/manufacturers/', { name: `Dell ${name}`, slug })
  const device_type = await make('dcim/device-types/', { manufacturer, model: 'R730', slug })
  return make('dcim/devices/', { device_type, role, site, name, asset_tag: tag })
}

/** An item that a person recorded, with its tag. */
async function recorded(): Promise<{ itemId: string; tag: string }> {
  const item = await lab.intake([await lab.photo(label)])
  const change = await lab.propose(item.id, false)
  await lab.decide(change)
  await lab.ended(change.id)
  return { itemId: item.id, tag: lab.card(item.id).tag ?? '' }
}

async function proposed(tool: string, args: Record<string, unknown>): Promise<ChangeRequest> {
  const answer = await lab.call(tool, args)
  if (answer.kind === 'refused') throw new Error(answer.why)
  return lab.change(z.string().parse(answer.output.change_id))
}

async function approved(change: ChangeRequest): Promise<ChangeRequest> {
  await lab.decide(change)
  return lab.ended(change.id)
}

test('a part goes into a machine on one decision, the item follows, and the undo brings it back', async () => {
  const { itemId, tag } = await recorded()
  await machine('HW-00900', 'nas')
  const change = await proposed('propose_move', { tag, to: 'HW-00900', bay: 'Slot 1' })
  expect(change).toMatchObject({ tier: 'write', state: 'proposed' })
  expect(change.lines).toEqual([
    { label: 'Place', before: 'Homelab', after: 'nas (HW-00900), Slot 1' },
    { label: 'New bay', before: null, after: 'Slot 1 in nas (HW-00900)' },
    { label: 'Kept as', before: 'Loose device', after: 'Module in a bay' },
  ])
  expect(await lab.parts.inventory.findByTag(tag)).toMatchObject({ records: [{ kind: 'device' }] })
  expect((await approved(change)).state).toBe('done')
  const found = await lab.call('find_item', { text: tag })
  expect(found).toMatchObject({ output: { records: [{ tag, location: 'nas (HW-00900), Slot 1' }] } })
  expect(lab.card(itemId)).toMatchObject({ state: 'complete', record: { url: `/a/${tag}` } })
  const undo = await proposed('undo_change', { what: change.id })
  expect(undo).toMatchObject({
    tier: 'bulk-or-destructive',
    lines: [{ label: 'Place', before: 'nas (HW-00900), Slot 1', after: 'Homelab' }],
  })
  expect((await approved(undo)).state).toBe('done')
  expect(await lab.parts.inventory.findByTag(tag)).toMatchObject({
    records: [{ kind: 'device', status: 'inventory' }],
  })
  expect(lab.faults).toEqual([])
})

test('on a shelf the item says where it lies', async () => {
  const { itemId, tag } = await recorded()
  const change = await proposed('propose_move', { tag, to: 'Workshop / Shelf 2' })
  expect((await approved(change)).state).toBe('done')
  expect(lab.field(itemId, 'location').value).toBe('Workshop / Shelf 2')
  expect(await lab.call('propose_move', { tag, to: 'workshop > shelf 2' })).toMatchObject({
    kind: 'refused',
    why: expect.stringContaining('already'),
  })
})

test('a move that the world has overtaken is not made', async () => {
  const { tag } = await recorded()
  const id = await machine('HW-00900', 'nas')
  const first = await proposed('propose_move', { tag, to: 'HW-00900', bay: 'Slot 1' })
  const second = await proposed('propose_move', { tag, to: 'Cellar' })
  await approved(first)
  expect(await approved(second)).toMatchObject({
    state: 'stale',
    why: expect.stringContaining('not loose any more'),
  })
  expect(id).toBeGreaterThan(0)
})

test('a note and a later photo are at the record, and are taken away again as approved', async () => {
  const { itemId, tag } = await recorded()
  const note = await proposed('propose_change', { tag, fields: ['note=Fan replaced.'] })
  expect(await approved(note)).toMatchObject({ state: 'done' })
  const photo = await lab.photo(seenLabel({ codes: [], lines: [] }))
  expect(await lab.parts.netbox.addPhotos({ itemId, attachmentIds: [photo] }, 'operator')).toEqual({
    kind: 'added',
  })
  const [added] = lab.parts.approvals.open()
  if (!added) throw new Error('no request')
  expect(added.lines).toEqual([{ label: 'Photos', before: null, after: '1 photo more' }])
  expect(await approved(added)).toMatchObject({ state: 'done' })
  expect(lab.card(itemId).photos).toHaveLength(2)
  const count = async (path: 'extras/journal-entries' | 'extras/image-attachments') => {
    const listed = await lab.parts.inventory.rest.list(path, {})
    return listed.kind === 'ok' ? listed.rows.length : listed.why
  }
  expect([await count('extras/journal-entries'), await count('extras/image-attachments')]).toEqual([2, 2])
  await approved(await proposed('undo_change', { what: note.id }))
  await approved(await proposed('undo_change', { what: added.id }))
  expect([await count('extras/journal-entries'), await count('extras/image-attachments')]).toEqual([1, 1])
})

test('a machine without that bay, a full one, and no place at all are refused in words', async () => {
  const { tag } = await recorded()
  await machine('HW-00900', 'nas')
  const why = async (args: Record<string, string>) => {
    const answer = await lab.call('propose_move', { tag, ...args })
    return answer.kind === 'refused' ? answer.why : 'proposed'
  }
  expect(await why({ to: 'HW-00900' })).toMatch(/has no bays in NetBox.*Say what the bay is called/)
  expect(await why({ to: ' / ' })).toMatch(/Say where it goes/)
  expect(await why({ to: tag })).toMatch(/into itself/)
  expect(await why({ to: 'HW-04711' })).toMatch(/not in the inventory/)
})
