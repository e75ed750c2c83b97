import { afterEach, beforeEach, expect, test } from 'vitest'
import { seenLabel } from '../../../support/fake-photo-reader.ts'
import { type NetboxLab, openNetboxLab } from '../../../support/open-netbox-server.ts'

let lab: NetboxLab
beforeEach(async () => {
  lab = await openNetboxLab()
})
afterEach(() => lab[Symbol.asyncDispose]())

const tagged = (tag: string, serial: string) =>
  seenLabel({
    codes: [{ text: `http://bench.lan:4610/a/${tag}`, symbology: 'QR Code' }, { text: serial }],
    lines: [tag, 'Ubiquiti', 'Model: USW-Lite-16-PoE', `S/N: ${serial}`],
  })

test('a pre-printed label on the thing gives the record its tag', async () => {
  const item = await lab.intake([await lab.photo(tagged('HW-00042', 'UB24X7K9Q2M1'))])
  expect(lab.field(item.id, 'asset_tag').value).toBe('HW-00042')
  const change = await lab.propose(item.id)
  await lab.decide(change)
  await lab.ended(change.id)
  expect(await lab.records()).toMatchObject([{ assetTag: 'HW-00042' }])
})

test('a photo of a thing with a label that HWLab printed opens its record', async () => {
  const first = await lab.intake([await lab.photo(tagged('HW-00042', 'UB24X7K9Q2M1'))])
  const change = await lab.propose(first.id)
  await lab.decide(change)
  await lab.ended(change.id)
  lab.clock.advance(1000)
  const again = await lab.intake([await lab.photo(tagged('HW-00042', 'OTHER5519TR'))])
  expect(again.duplicates).toMatchObject([{ tag: 'HW-00042', certain: true, url: '/a/HW-00042' }])
  expect((await lab.call('propose_record', { item_id: again.id, print: true })).kind).toBe('refused')
})

test('a tag that only a client said is not claimed', async () => {
  const item = await lab.intake([
    await lab.photo(
      seenLabel({ codes: [{ text: 'SUB24X7K9Q2M1' }], lines: ['Ubiquiti', 'Model: USW-Lite-16-PoE'] }),
    ),
  ])
  await lab.call('correct_field', { item_id: item.id, field: 'asset_tag', value: 'HW-99999' })
  const change = await lab.propose(item.id)
  expect(change.lines).toContainEqual({ label: 'Tag', before: null, after: 'HW-00001' })
})

test('a tag that the operator gives is taken before the record has one', async () => {
  const item = await lab.intake([
    await lab.photo(
      seenLabel({ codes: [{ text: 'SUB24X7K9Q2M1' }], lines: ['Ubiquiti', 'Model: USW-Lite-16-PoE'] }),
    ),
  ])
  const { intake } = lab.parts.netbox
  expect(
    await intake.correct({ itemId: item.id, field: 'asset_tag', value: 'hw-00077' }, 'operator'),
  ).toEqual({
    kind: 'taken',
  })
  const change = await lab.propose(item.id)
  expect(change.lines).toContainEqual({ label: 'Tag', before: null, after: 'HW-00077' })
})

test('an item that was proposed keeps its tag', async () => {
  const item = await lab.intake([await lab.photo(tagged('HW-00042', 'UB24X7K9Q2M1'))])
  await lab.propose(item.id)
  const other = { itemId: item.id, field: 'asset_tag', value: 'HW-00077' }
  expect(await lab.parts.netbox.intake.correct(other, 'operator')).toMatchObject({
    kind: 'refused',
    why: expect.stringContaining('HW-00042 already'),
  })
})
