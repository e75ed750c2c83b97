import { afterEach, beforeEach, expect, test } from 'vitest'
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

test('an item that was being read is read to its end after a restart, once', async () => {
  const photo = await lab.photo(label)
  const release = lab.reader.hold()
  const started = await lab.parts.netbox.intake.start({
    attachmentIds: [photo],
    note: '',
    startedBy: 'client:chat',
  })
  if (started.kind === 'refused') throw new Error(started.why)
  expect(lab.card(started.itemId).stages[0]).toMatchObject({ words: 'Reading codes…', status: 'working' })
  await lab.shut()
  release()
  await lab.open()
  const card = await lab.until(started.itemId, ({ state }) => state === 'researched')
  expect(card.stages.every((stage) => stage.status === 'done')).toBe(true)
  const decoded = lab.field(started.itemId, 'serial').evidence.filter(({ kind }) => kind === 'decoded')
  expect(decoded).toHaveLength(1)
})

test('a request that waits is there after a restart and can be approved', async () => {
  const item = await lab.intake([await lab.photo(label)])
  const change = await lab.propose(item.id)
  await lab.restart()
  expect(lab.card(item.id).change).toMatchObject({ id: change.id, state: 'proposed' })
  await lab.decide(change)
  expect((await lab.ended(change.id)).state).toBe('done')
  expect(lab.printed).toHaveLength(1)
})

test('an approved record that was not yet written is written after a restart, once, and printed once', async () => {
  await lab[Symbol.asyncDispose]()
  let isReached = false
  lab = await openNetboxLab({
    wrapFetch: (inner) => (request) =>
      isReached || request.method === 'GET' ? inner(request) : Promise.reject(new TypeError('fetch failed')),
  })
  const item = await lab.intake([await lab.photo(label)])
  const change = await lab.propose(item.id)
  await lab.decide(change)
  expect(lab.card(item.id)).toMatchObject({ stateWords: 'Being written' })
  for (let times = 0; times < 3; times++) {
    await lab.restart()
    expect(lab.change(change.id).state).toBe('executing')
    expect(lab.printed).toEqual([])
  }
  isReached = true
  await lab.restart()
  expect((await lab.ended(change.id)).state).toBe('done')
  await lab.restart()
  expect(await lab.records()).toHaveLength(1)
  expect(lab.printed).toEqual([{ tag: 'HW-00001', record: 'confirmed' }])
  expect(lab.card(item.id).state).toBe('complete')
})

test('a tag is never given again, not even when its draft was put aside', async () => {
  const first = await lab.intake([await lab.photo(label)])
  await lab.propose(first.id)
  lab.parts.netbox.intake.discard(first.id, 'operator')
  await lab.restart()
  lab.clock.advance(1000)
  const second = await lab.intake([await lab.photo(label)])
  const change = await lab.propose(second.id)
  expect(change.lines).toContainEqual({ label: 'Tag', before: null, after: 'HW-00002' })
})

test('a crash right after another printer was chosen: the request that waits is for that printer', async () => {
  await lab[Symbol.asyncDispose]()
  lab = await openNetboxLab({
    printers: [
      { id: 'ql', name: 'Brother QL-820' },
      { id: 'attic', name: 'Attic printer' },
    ],
  })
  const item = await lab.intake([await lab.photo(label)])
  const before = await lab.propose(item.id)
  lab.parts.database.prepare("update items set printer_id = 'attic' where id = ?").run(item.id)
  lab.clock.advance(1000)
  await lab.restart()
  const card = await lab.until(
    item.id,
    ({ printerId, change }) => printerId === 'attic' && change?.state === 'proposed',
  )
  expect(card.change?.steps[1]?.title).toContain('Attic printer')
  expect(lab.change(before.id).state).toBe('superseded')
})

test('the card never names another printer than the request that waits', async () => {
  await lab[Symbol.asyncDispose]()
  lab = await openNetboxLab({ start: false, printers: [{ id: 'ql', name: 'Brother QL-820' }] })
  const item = await lab.intake([await lab.photo(label)])
  await lab.propose(item.id)
  lab.parts.database.prepare("update items set printer_id = 'attic' where id = ?").run(item.id)
  await lab.restart()
  expect(lab.card(item.id).printerId).toBe('ql')
})
