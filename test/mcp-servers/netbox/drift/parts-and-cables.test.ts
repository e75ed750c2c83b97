import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { type NetboxLab, openNetboxLab } from '../../../support/open-netbox-server.ts'
import { deviceOf, findingOf, found, recordSwitches, stranger } from './recorded-lab.ts'

let lab: NetboxLab
beforeEach(async () => {
  lab = await openNetboxLab()
})
afterEach(async () => {
  const { faults } = lab
  await lab[Symbol.asyncDispose]()
  expect(faults).toEqual([])
})

async function carriedOut(tool: string, args: Record<string, unknown>): Promise<void> {
  const answer = await lab.call(tool, args)
  if (answer.kind === 'refused') throw new Error(answer.why)
  const change = lab.change(z.string().parse(answer.output.change_id))
  await lab.decide(change)
  const ended = await lab.ended(change.id)
  expect([ended.state, ...ended.steps.map(({ outcome }) => outcome)][0], JSON.stringify(ended.steps)).toBe(
    'done',
  )
}

test('a part that HWLab moved into a bay and out again is followed, and only what somebody else did is told', async () => {
  await recordSwitches(lab, 2)
  const machine = await deviceOf(lab, 'HW-00002')
  await stranger(lab, 'POST', 'dcim/module-bays/', { device: machine, name: 'Slot 1' })
  await carriedOut('propose_move', { tag: 'HW-00001', to: 'HW-00002', bay: 'Slot 1' })
  expect(await found(lab)).toEqual([])
  expect(await found(lab, 'everything')).toEqual([])
  const looked = await lab.parts.inventory.findByTag('HW-00001')
  const module = looked.kind === 'looked' ? looked.records[0] : undefined
  expect(module?.kind).toBe('module')
  await stranger(lab, 'PATCH', `dcim/modules/${module?.id}/`, { serial: 'OTHER' })
  expect(await found(lab)).toEqual([['changed', 'HW-00001', 'serial: UB24X7K9Q2M1 → OTHER']])
  lab.parts.netbox.drift.take(findingOf(lab, 'HW-00001'), 'operator')
  await carriedOut('propose_move', { tag: 'HW-00001', to: 'Workshop / Shelf 2' })
  expect(await found(lab)).toEqual([])
  expect(await found(lab, 'everything')).toEqual([])
})

test('a location that somebody changed goes back to the place that the item says', async () => {
  const [itemId = ''] = await recordSwitches(lab, 1)
  await carriedOut('propose_change', { tag: 'HW-00001', fields: ['location=Workshop / Shelf 2'] })
  expect(lab.field(itemId, 'location').value).toBe('Workshop / Shelf 2')
  const id = await deviceOf(lab, 'HW-00001')
  const site = Object(Object(await stranger(lab, 'PATCH', `dcim/devices/${id}/`, {})).site).id
  const attic = Object(await stranger(lab, 'POST', 'dcim/locations/', { name: 'Attic', slug: 'attic', site }))
  await stranger(lab, 'PATCH', `dcim/devices/${id}/`, { location: attic.id })
  expect(await found(lab)).toEqual([['changed', 'HW-00001', 'location: Shelf 2 → Attic']])
  const filed = await lab.parts.netbox.drift.restore(findingOf(lab, 'HW-00001'), 'operator')
  if (filed.kind === 'refused') throw new Error(filed.why)
  await lab.decide(lab.change(filed.changeId))
  expect((await lab.ended(filed.changeId)).state).toBe('done')
  expect(await found(lab, 'everything')).toEqual([])
})

test('a cable that HWLab connected is watched, and what HWLab takes out itself is not told', async () => {
  await recordSwitches(lab, 2)
  for (const tag of ['HW-00001', 'HW-00002'])
    await stranger(lab, 'POST', 'dcim/interfaces/', {
      device: await deviceOf(lab, tag),
      name: 'port1',
      type: '1000base-t',
    })
  await carriedOut('propose_cable', { a: 'HW-00001 port1', b: 'HW-00002 port1' })
  await carriedOut('propose_cable', { a: 'HW-00001 port1' })
  expect(await found(lab, 'everything')).toEqual([])
  await carriedOut('propose_cable', { a: 'HW-00001 port1', b: 'HW-00002 port1' })
  expect(await found(lab, 'everything')).toEqual([])
  const cables = await lab.parts.inventory.rest.list('dcim/cables', {})
  const cable = cables.kind === 'ok' ? cables.rows[0] : undefined
  await stranger(lab, 'PATCH', `dcim/cables/${cable?.id}/`, { status: 'planned' })
  expect((await found(lab))[0]?.slice(0, 1)).toEqual(['changed'])
  await stranger(lab, 'DELETE', `dcim/cables/${cable?.id}/`)
  expect((await found(lab))[0]?.slice(0, 1)).toEqual(['gone'])
})
