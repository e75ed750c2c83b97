import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import type { ChangeRequest } from '../../../../mcp-servers/approval/change-request.ts'
import { type NetboxLab, openNetboxLab } from '../../../support/open-netbox-server.ts'

const tag = 'HW-00900'
let lab: NetboxLab
let device: number
beforeEach(async () => {
  lab = await openNetboxLab()
  const site = await make('dcim/sites/', { name: 'Rack room', slug: 'rack-room' })
  const role = await make('dcim/device-roles/', { name: 'Switch', slug: 'core-switch' })
  const manufacturer = await make('dcim/manufacturers/', { name: 'Arista', slug: 'arista' })
  const device_type = await make('dcim/device-types/', { manufacturer, model: 'DCS-7050', slug: 'dcs-7050' })
  device = await make('dcim/devices/', { device_type, role, site, name: 'core', asset_tag: tag })
})
afterEach(() => lab[Symbol.asyncDispose]())

async function make(path: string, json: unknown): Promise<number> {
  const made = await lab.parts.inventory.rest.call({ method: 'POST', path, body: { json } })
  if (made.kind === 'failed') throw new Error(made.why)
  return z.object({ id: z.number() }).parse(made.body).id
}
const port = (name: string) => make('dcim/interfaces/', { device, name, type: '10gbase-x-sfpp' })

async function names(): Promise<string[]> {
  const listed = await lab.parts.inventory.rest.list('dcim/interfaces', { device_id: device })
  return listed.kind === 'ok' ? listed.rows.map(({ name }) => String(name)).toSorted() : [listed.why]
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

const standard = { tag, fields: ['interfaces=standard'] }

test('a person reads what goes, decides once, and can have the old names back', async () => {
  for (const name of ['Et1', 'eth1', 'Et2', 'Management1']) await port(name)
  const change = await proposed('propose_change', standard)
  expect(change).toMatchObject({ tier: 'bulk-or-destructive', state: 'proposed' })
  expect(change.lines).toEqual([
    { label: 'Delete the double', before: 'eth1', after: 'it is Et1 already' },
    { label: 'Interface', before: 'Et1', after: 'Ethernet1' },
    { label: 'Interface', before: 'Et2', after: 'Ethernet2' },
  ])
  expect(await names()).toContain('eth1')
  expect((await approved(change)).state).toBe('done')
  expect(await names()).toEqual(['Ethernet1', 'Ethernet2', 'Management1'])
  const undo = await proposed('undo_change', { what: tag })
  expect(undo.lines.at(-1)).toMatchObject({
    before: '“eth1”',
    after: expect.stringContaining('do not come back'),
  })
  expect((await approved(undo)).state).toBe('done')
  expect(await names()).toEqual(['Et1', 'Et2', 'Management1'])
  expect(lab.faults).toEqual([])
})

test('what was hung on a double after the proposal stops it before anything is written', async () => {
  await port('Et1')
  const double = await port('eth1')
  const change = await proposed('propose_change', standard)
  const on = { assigned_object_type: 'dcim.interface', assigned_object_id: double }
  await make('ipam/ip-addresses/', { address: '192.0.2.9/24', ...on })
  expect(await approved(change)).toMatchObject({
    state: 'stale',
    why: expect.stringContaining('“eth1” has 192.0.2.9/24 too'),
  })
  expect(await names()).toEqual(['Et1', 'eth1'])
})

test('two cabled doubles are left to a person, in words', async () => {
  const [one, other] = [await port('Et1'), await port('eth1')]
  const far = [await port('Ethernet7'), await port('Ethernet8')]
  const end = (id: number | undefined) => [{ object_type: 'dcim.interface', object_id: id }]
  for (const [at, near] of [one, other].entries())
    await make('dcim/cables/', { a_terminations: end(near), b_terminations: end(far[at]) })
  expect(await lab.call('propose_change', standard)).toMatchObject({
    kind: 'refused',
    why: expect.stringContaining('each has a cable. Remove the wrong cable'),
  })
})

test.each([
  [['interfaces=standard', 'name=core-1'], 'by itself'],
  [['interfaces=short'], 'Write interfaces=standard'],
])('%j is refused with what to write', async (fields, words) => {
  expect(await lab.call('propose_change', { tag, fields })).toMatchObject({
    kind: 'refused',
    why: expect.stringContaining(words),
  })
})
