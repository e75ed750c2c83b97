import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { seenLabel } from '../../../support/fake-photo-reader.ts'
import { type NetboxLab, openNetboxLab } from '../../../support/open-netbox-server.ts'

let lab: NetboxLab
let itemId: string

beforeEach(async () => {
  lab = await openNetboxLab()
  const label = seenLabel({
    codes: [{ text: 'SUB24X7K9Q2M1' }],
    lines: ['Ubiquiti', 'Model: USW-Lite-16-PoE', 'S/N: UB24X7K9Q2M1', 'Rev ZZ-9000-1'],
  })
  itemId = (await lab.intake([await lab.photo(label)])).id
})
afterEach(() => lab[Symbol.asyncDispose]())

const correct = (field: string, value: string) =>
  lab.parts.netbox.intake.correct({ itemId, field, value }, 'operator')

describe('a correction by the operator', () => {
  test('replaces the open request, and the old one cannot be approved any more', async () => {
    const before = await lab.propose(itemId)
    expect(await correct('serial', 'NEW12345')).toEqual({ kind: 'taken' })
    expect(lab.change(before.id).state).toBe('superseded')
    const after = lab.parts.approvals.latestForItem(itemId)
    expect(after).toMatchObject({ state: 'proposed', requester: before.requester })
    expect(after?.lines).toContainEqual({ label: 'Serial number', before: null, after: 'NEW12345' })
    expect(after?.steps.map((step) => step.kind)).toEqual(['netbox.create_item', 'devices.print_label'])
    expect(await lab.decide(before)).toMatchObject({ kind: 'refused' })
    if (after) await lab.decide({ id: after.id, digest: before.digest })
    expect(await lab.records()).toEqual([])
    if (after) await lab.decide(after)
    if (after) expect((await lab.ended(after.id)).state).toBe('done')
    expect(await lab.records()).toMatchObject([{ serial: 'NEW12345' }])
  })

  test('counts as the operator’s word and is looked up in the photo', async () => {
    await correct('part_number', 'ZZ-9000-1')
    const field = lab.field(itemId, 'part_number')
    expect(field).toMatchObject({ value: 'ZZ-9000-1', probability: 1, standing: 'you' })
    expect(field.evidence).toContainEqual(
      expect.objectContaining({ kind: 'read', quote: 'Rev ZZ-9000-1', crop: expect.anything() }),
    )
  })

  test('may empty a field, and it stays empty when the photo is read again', async () => {
    await correct('serial', '')
    expect(lab.field(itemId, 'serial')).toMatchObject({ value: null, conflict: false })
    lab.parts.netbox.intake.addPhotos(
      itemId,
      [await lab.photo(seenLabel({ lines: ['S/N: QQQ111222'] }))],
      'operator',
    )
    await lab.parts.netbox.intake.settled(itemId)
    expect(lab.field(itemId, 'serial').value).toBeNull()
    const change = await lab.propose(itemId)
    expect(change.warnings.join(' ')).toContain('No serial number')
  })

  test('that changes nothing of the record leaves the request as it is', async () => {
    const before = await lab.propose(itemId)
    await correct('serial', 'UB24X7K9Q2M1')
    expect(lab.parts.approvals.latestForItem(itemId)?.id).toBe(before.id)
  })

  test('the last word counts', async () => {
    await correct('name', 'first')
    await correct('name', 'second')
    expect(lab.field(itemId, 'name')).toMatchObject({ value: 'second', conflict: false })
  })

  test.each([
    ['mac_address', 'not a mac', 'twelve hexadecimal digits'],
    ['asset_tag', 'MINE-1', 'looks like HW-00001'],
    ['colour', 'red', 'There is no field'],
    ['serial', 'x'.repeat(3000), 'up to 2000 characters'],
  ])('of %s to a value that cannot be is refused with a sentence', async (field, value, why) => {
    expect(await correct(field, value)).toEqual({ kind: 'refused', why: expect.stringContaining(why) })
  })

  test('is refused once the record is written', async () => {
    const change = await lab.propose(itemId)
    await lab.decide(change)
    await lab.ended(change.id)
    expect(await correct('serial', 'LATE')).toMatchObject({
      kind: 'refused',
      why: expect.stringContaining('in the inventory already'),
    })
  })
})

test('a serial number that NetBox cannot keep is refused before anything is filed', async () => {
  await correct('serial', 'x'.repeat(51))
  const answer = await lab.call('propose_record', { item_id: itemId, print: false })
  expect(answer).toMatchObject({ kind: 'refused', why: expect.stringContaining('50 characters') })
})

test('another printer is taken into the open request', async () => {
  const printers = lab.options.printers
  expect(printers).toBeUndefined()
  const before = await lab.propose(itemId)
  const { intake } = lab.parts.netbox
  expect(await intake.choosePrinter(itemId, 'gone', 'operator')).toMatchObject({ kind: 'refused' })
  expect(await intake.choosePrinter(itemId, 'ql', 'operator')).toEqual({ kind: 'chosen' })
  expect(lab.parts.approvals.latestForItem(itemId)?.id).toBe(before.id)
})

test('a photo that is added takes the request back and is read', async () => {
  const before = await lab.propose(itemId)
  const more = await lab.photo(seenLabel({ lines: ['FCC ID: ABC-12345'] }))
  expect(lab.parts.netbox.intake.addPhotos(itemId, [more], 'operator')).toEqual({ kind: 'added' })
  expect(lab.change(before.id).state).toBe('cancelled')
  expect(lab.card(itemId).state).toBe('draft')
  await lab.parts.netbox.intake.settled(itemId)
  expect(lab.card(itemId)).toMatchObject({ state: 'researched' })
  expect(lab.card(itemId).photos).toHaveLength(2)
})

test('a draft that is put aside cannot be proposed, and its request is taken back', async () => {
  const change = await lab.propose(itemId)
  expect(lab.parts.netbox.intake.discard(itemId, 'operator')).toEqual({ kind: 'discarded' })
  expect(lab.change(change.id).state).toBe('cancelled')
  expect(lab.parts.netbox.intake.cards(10)).toEqual([])
  expect(await lab.call('propose_record', { item_id: itemId, print: false })).toMatchObject({
    kind: 'refused',
  })
})
