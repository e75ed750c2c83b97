import { afterEach, beforeEach, expect, test } from 'vitest'
import { itemViewSchema } from '../../../../agent/protocol/items.ts'
import { queueViewSchema } from '../../../../agent/protocol/queue.ts'
import { seenLabel } from '../../../support/fake-photo-reader.ts'
import { type NetboxLab, openNetboxLab } from '../../../support/open-netbox-server.ts'

const label = seenLabel({
  codes: [{ text: 'SUB24X7K9Q2M1' }],
  lines: ['Ubiquiti', 'Model: USW-Lite-16-PoE', 'S/N: UB24X7K9Q2M1', 'MAC: FC:EC:DA:11:22:33'],
})

let lab: NetboxLab
beforeEach(async () => {
  lab = await openNetboxLab()
})
afterEach(() => lab[Symbol.asyncDispose]())

async function recorded(): Promise<string> {
  const item = await lab.intake([await lab.photo(label)])
  const change = await lab.propose(item.id, false)
  await lab.decide(change)
  await lab.ended(change.id)
  return item.id
}

test.each(['HW-00001', 'hw-00001', 'UB24X7K9Q2M1', 'FC:EC:DA:11:22:33', 'fcec.da11.2233', 'Lite 16'])(
  'a recorded thing is found by “%s”',
  async (text) => {
    await recorded()
    expect(await lab.call('find_item', { text })).toMatchObject({
      kind: 'answer',
      output: { records: [{ tag: 'HW-00001', serial: 'UB24X7K9Q2M1', url: '/a/HW-00001' }] },
    })
  },
)

test('drafts are found by what was read, and newest first without a text', async () => {
  const item = await lab.intake([await lab.photo(label)])
  for (const text of ['UB24X7', ''])
    expect(await lab.call('find_item', { text })).toMatchObject({
      output: { drafts: [{ item_id: item.id, state: 'Ready to confirm' }], records: [] },
    })
})

test('nothing found is told apart from an inventory that does not answer', async () => {
  expect(await lab.call('find_item', { text: 'no such thing' })).toMatchObject({
    output: { words: 'Nothing like it in the inventory or among the drafts.' },
  })
  await lab[Symbol.asyncDispose]()
  lab = await openNetboxLab({ wrapFetch: () => async () => new Response('<html>', { status: 502 }) })
  const away = await lab.call('find_item', { text: 'no such thing' })
  expect(away).toMatchObject({ output: { records: [] } })
  expect(JSON.stringify(away)).not.toContain('Nothing like it')
})

test('an item is shown by its id or tag with its fields, next action and record', async () => {
  const id = await recorded()
  for (const item of [id, 'HW-00001'])
    expect(await lab.call('get_item', { item })).toMatchObject({
      output: { item_id: id, tag: 'HW-00001', state: 'In the inventory', record_url: '/a/HW-00001' },
    })
  expect(await lab.call('get_item', { item: 'nope' })).toMatchObject({ kind: 'refused' })
})

test('the queue says what it holds', async () => {
  await recorded()
  expect(await lab.call('queue_state', {})).toMatchObject({
    output: {
      words: 'Everything is saved.',
      operations: [{ tag: 'HW-00001', state: 'Confirmed' }],
      more: 0,
    },
  })
})

test('the stages of an intake are told while it runs', async () => {
  const photo = await lab.photo(label)
  const words: string[] = []
  const { intake } = lab.parts.netbox
  const started = await intake.start({ attachmentIds: [photo], note: '', startedBy: 'client:test' })
  if (started.kind === 'refused') throw new Error(started.why)
  await intake.settled(started.itemId, (stage) => words.push(stage))
  expect(words).toEqual(
    expect.arrayContaining([
      'Reading the label…',
      'Looking whether you have it already…',
      'Nothing like it yet',
    ]),
  )
})

test('answers stay small, whatever a label holds', async () => {
  const noise = Array.from(
    { length: 400 },
    (_, at) => `S/N: ${'X'.repeat(60)}${at} Model: ${'Y'.repeat(80)}${at}`,
  )
  const item = await lab.intake([await lab.photo(seenLabel({ lines: noise }))])
  const answers = await Promise.all([
    lab.call('get_item', { item: item.id }),
    lab.call('look_at_evidence', { item_id: item.id }),
    lab.call('find_item', { text: 'XXXX' }),
  ])
  for (const answer of answers) expect(JSON.stringify(answer).length).toBeLessThan(6000)
  const typical = await lab.call('get_item', { item: (await lab.intake([await lab.photo(label)])).id })
  expect(JSON.stringify(typical).length).toBeLessThan(2400)
})

test('in read-only mode nothing can be proposed, and drafts still work', async () => {
  await lab[Symbol.asyncDispose]()
  lab = await openNetboxLab({ readOnly: true })
  const item = await lab.intake([await lab.photo(label)])
  await expect(lab.call('propose_record', { item_id: item.id, print: false })).rejects.toThrow()
  expect(await lab.parts.netbox.intake.propose(item.id, 'operator')).toMatchObject({
    kind: 'refused',
    why: expect.stringContaining('read-only'),
  })
})

test('a printer that is not there is refused with those that are', async () => {
  const item = await lab.intake([await lab.photo(label)])
  const answer = await lab.call('propose_record', { item_id: item.id, print: true, printer_id: 'zebra' })
  expect(answer).toEqual({ kind: 'refused', why: 'There is no printer “zebra”. There are: ql.' })
})

test('without any printer the record is proposed alone, and the card says why', async () => {
  await lab[Symbol.asyncDispose]()
  lab = await openNetboxLab({ printers: [] })
  const item = await lab.intake([await lab.photo(label)])
  const change = await lab.propose(item.id)
  expect(change.steps).toHaveLength(1)
  expect(change.tier).toBe('write')
  expect(change.warnings).toContain('No printer is there, so no label is printed with it.')
})

test('cards and the queue have the shape that the chat draws, before and after the record', async () => {
  const draft = await lab.intake([await lab.photo(label)])
  expect(itemViewSchema.parse(lab.card(draft.id))).toEqual(lab.card(draft.id))
  await lab.propose(draft.id)
  expect(itemViewSchema.parse(lab.card(draft.id))).toEqual(lab.card(draft.id))
  expect(lab.card(draft.id)).toMatchObject({
    printerId: 'ql',
    labelPreviewUrl: `/labels/items/${draft.id}.svg`,
    change: { approveWords: 'Confirm and print' },
  })
  expect(queueViewSchema.parse(lab.parts.netbox.queue())).toEqual(lab.parts.netbox.queue())
})
