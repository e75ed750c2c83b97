import { afterEach, beforeEach, expect, test } from 'vitest'
import { seenLabel } from '../../../support/fake-photo-reader.ts'
import { type NetboxLab, openNetboxLab } from '../../../support/open-netbox-server.ts'

let lab: NetboxLab
beforeEach(async () => {
  lab = await openNetboxLab()
})
afterEach(() => lab[Symbol.asyncDispose]())

const label = (serial: string) =>
  seenLabel({
    codes: [{ text: `S${serial}` }],
    lines: ['Ubiquiti', 'Model: USW-Lite-16-PoE', `S/N: ${serial}`],
  })

async function record(serial: string): Promise<string> {
  const item = await lab.intake([await lab.photo(label(serial))])
  const change = await lab.propose(item.id, false)
  await lab.decide(change)
  await lab.ended(change.id)
  return item.id
}

test('a second photo of a recorded serial number opens the record instead of making another', async () => {
  await record('UB24X7K9Q2M1')
  const again = await lab.intake([await lab.photo(label('UB24X7K9Q2M1'))])
  expect(again.duplicates).toEqual([
    {
      words: expect.stringContaining('same serial number'),
      tag: 'HW-00001',
      url: '/a/HW-00001',
      certain: true,
    },
  ])
  expect(again.nextAction).toContain('HW-00001')
  const answer = await lab.call('propose_record', { item_id: again.id, print: true })
  expect(answer).toMatchObject({ kind: 'refused', why: expect.stringContaining('/a/HW-00001') })
  expect(await lab.parts.netbox.intake.propose(again.id, 'operator')).toMatchObject({ kind: 'refused' })
  expect(await lab.records()).toHaveLength(1)
})

test('another one of the same model is only mentioned', async () => {
  await record('UB24X7K9Q2M1')
  const other = await lab.intake([await lab.photo(label('UB25A1C4R7T2'))])
  expect(other.duplicates).toMatchObject([{ tag: 'HW-00001', certain: false }])
  const change = await lab.propose(other.id)
  expect(change.warnings).toContainEqual(expect.stringContaining('HW-00001'))
})

test('of two drafts of one thing the younger is held back, and the older goes on', async () => {
  const older = await lab.intake([await lab.photo(label('UB24X7K9Q2M1'))])
  lab.clock.advance(1000)
  const younger = await lab.intake([await lab.photo(label('UB24X7K9Q2M1'))])
  expect(younger.duplicates).toMatchObject([{ certain: true, words: expect.stringContaining('drafts') }])
  expect((await lab.call('propose_record', { item_id: younger.id, print: false })).kind).toBe('refused')
  expect((await lab.call('propose_record', { item_id: older.id, print: false })).kind).toBe('answer')
})

test('a twin that was recorded between proposal and approval makes the request stale', async () => {
  const { intake } = lab.parts.netbox
  const first = await lab.intake([await lab.photo(label('UB24X7K9Q2M1'))])
  lab.clock.advance(1000)
  const second = await lab.intake([await lab.photo(label('UB25A1C4R7T2'))])
  const change = await lab.propose(first.id)
  await intake.correct({ itemId: second.id, field: 'mac_address', value: 'fc:ec:da:00:00:01' }, 'operator')
  const other = await lab.propose(second.id, false)
  await lab.decide(other)
  await lab.ended(other.id)
  lab.parts.database
    .prepare("update evidence set value = 'UB25A1C4R7T2' where item_id = ? and field = 'serial'")
    .run(first.id)
  const decided = await lab.decide(change)
  expect(decided).toMatchObject({ kind: 'decided', change: { state: 'stale' } })
  expect(await lab.records()).toHaveLength(1)
})

test('when the inventory is away the draft goes on, and the card says that nothing was compared', async () => {
  await lab[Symbol.asyncDispose]()
  lab = await openNetboxLab({ wrapFetch: () => async () => new Response('gone', { status: 503 }) })
  const item = await lab.intake([await lab.photo(label('UB24X7K9Q2M1'))])
  expect(item.state).toBe('researched')
  expect(item.stages.find((stage) => stage.name === 'duplicates')?.status).toBe('failed')
  const change = await lab.propose(item.id)
  expect(change.warnings[0]).toContain('could not be checked')
})
