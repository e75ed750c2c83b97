import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createItemSchema } from '../../../../mcp-servers/netbox/outbox/item-intent.ts'
import { seenLabel } from '../../../support/fake-photo-reader.ts'
import { type NetboxLab, openNetboxLab } from '../../../support/open-netbox-server.ts'

type Action =
  | { kind: 'intake' | 'propose' | 'operator-proposes' | 'approve' | 'replay' | 'discard'; at: number }
  | { kind: 'say' | 'correct'; at: number; field: string; value: string }
  | { kind: 'add-photo'; at: number }
  | { kind: 'restart'; at: number }
  | { kind: 'network'; at: number }

const serials = ['UB24X7K9Q2M1', 'UB24X7K9Q3N8', 'UB25A1C4R7T2']
const at = fc.nat(2)
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('intake' as const), at }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('propose' as const), at }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('operator-proposes' as const), at }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('approve' as const), at }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('replay' as const, 'discard' as const), at }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('say' as const, 'correct' as const),
      at,
      field: fc.constantFrom('serial', 'model', 'role', 'asset_tag'),
      value: fc.constantFrom(...serials, 'Box 7', 'HW-00002', 'HW-00009'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('add-photo' as const), at }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('restart' as const, 'network' as const), at }) },
)

test('no order of clicks, words, restarts and outages writes what nobody approved, twice, or under two tags', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 4, maxLength: 14 }), async (actions) => {
      const network = { isUp: true }
      await using lab = await openNetboxLab({
        wrapFetch: (inner) => (request) =>
          network.isUp ? inner(request) : Promise.reject(new TypeError('fetch failed')),
      })
      for (const step of [{ kind: 'intake' as const, at: 0 }, ...actions]) {
        lab.clock.advance(1000)
        await perform(lab, step, network)
      }
      network.isUp = true
      await lab.restart()
      lab.clock.advance(10 * 60_000)
      await checkInvariants(lab)
    }),
    { numRuns: 25, seed: 20261120 },
  )
}, 120_000)

async function perform(lab: NetboxLab, step: Action, network: { isUp: boolean }): Promise<void> {
  if (step.kind === 'restart') return lab.restart()
  if (step.kind === 'network') {
    network.isUp = !network.isUp
    return
  }
  const { intake } = lab.parts.netbox
  const serial = serials[step.at] ?? ''
  if (step.kind === 'intake') {
    const label = seenLabel({
      codes: [{ text: `S${serial}` }],
      lines: ['Ubiquiti', 'Model: USW-Lite-16-PoE'],
    })
    await lab.intake([await lab.photo(label)])
    return
  }
  const item = intake.cards(10)[step.at]
  if (!item) return
  const change = lab.parts.approvals.latestForItem(item.id)
  if (step.kind === 'propose') await lab.call('propose_record', { item_id: item.id, print: true })
  if (step.kind === 'operator-proposes') await intake.propose(item.id, 'operator')
  if (step.kind === 'approve' && change) await lab.decide(change)
  if (step.kind === 'replay' && change) await Promise.all([lab.decide(change), lab.decide(change)])
  if (step.kind === 'discard') intake.discard(item.id, 'operator')
  if (step.kind === 'say')
    await lab.call('correct_field', { item_id: item.id, field: step.field, value: step.value })
  if (step.kind === 'correct')
    await intake.correct({ itemId: item.id, field: step.field, value: step.value }, 'operator')
  if (step.kind === 'add-photo') {
    intake.addPhotos(item.id, [await lab.photo(seenLabel({ lines: ['FCC ID: ABC-12345'] }))], 'operator')
    await intake.settled(item.id)
  }
}

async function checkInvariants(lab: NetboxLab): Promise<void> {
  const { approvals, netbox } = lab.parts
  const cards = netbox.intake.cards(50)
  const approved = cards.flatMap((card) => {
    const change = approvals.latestForItem(card.id)
    return change && (change.state === 'executing' || change.state === 'done') ? [change] : []
  })
  const written = []
  for (const change of approved) {
    const over = await lab.ended(change.id)
    expect(over.state).toBe('done')
    written.push(createItemSchema.parse(over.steps[0]?.payload).item)
  }
  const records = await lab.records()
  const tags = records.map((record) => record.assetTag)
  expect(new Set(tags).size).toBe(tags.length)
  expect(new Set(records.map((record) => record.hwlabId)).size).toBe(records.length)
  const complete = netbox.intake.cards(50).filter((card) => card.state === 'complete')
  expect(tags.sort()).toEqual(complete.map((card) => card.tag).sort())
  for (const record of records) {
    expect(written.find((item) => item.hwlabId === record.hwlabId)).toMatchObject({
      assetTag: record.assetTag,
      serial: record.serial,
    })
  }
  const printed = lab.printed.map((label) => label.tag)
  expect(lab.printed.every((label) => label.record === 'confirmed')).toBe(true)
  expect(new Set(printed).size).toBe(printed.length)
  expect(approvals.audit.verify()).toEqual({ kind: 'whole' })
}
