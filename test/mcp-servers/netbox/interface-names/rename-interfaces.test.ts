import { expect, test } from 'vitest'
import { planCable } from '../../../../mcp-servers/netbox/cables/plan-cable.ts'
import type { Fetch } from '../../../../mcp-servers/netbox/client/rest.ts'
import { release } from '../../../../mcp-servers/netbox/embedded/release.ts'
import { planInterfaces } from '../../../../mcp-servers/netbox/interface-names/plan-interfaces.ts'
import { operationKinds } from '../../../../mcp-servers/netbox/outbox/operation-kind.ts'
import { deathAt } from '../outbox/death-at.ts'
import { labDatabase, queueWorld as openWorld } from '../outbox/queue-world.ts'
import { queueWorldsOfATest } from '../outbox/queue-worlds-of-a-test.ts'
import { byHand } from '../parts/part-world.ts'

const queueWorld = queueWorldsOfATest()
const tag = 'HW-00101'
const right = 'GigabitEthernet1/0/1'

/** A Catalyst whose first port is there in three spellings: one cabled, one with addresses, one bare. */
async function catalyst(server: Fetch) {
  const hand = byHand(server)
  const site = await hand.make('dcim/sites/', { name: 'Homelab', slug: 'homelab' })
  const role = await hand.make('dcim/device-roles/', { name: 'Switch', slug: 'switch' })
  const manufacturer = await hand.make('dcim/manufacturers/', { name: 'Cisco', slug: 'cisco' })
  const type = { manufacturer, model: 'Catalyst 2960X-24TS-L', slug: 'cisco-catalyst' }
  const device_type = await hand.make('dcim/device-types/', type)
  const box = { device_type, role, site }
  const device = await hand.make('dcim/devices/', { ...box, name: 'sw-1', asset_tag: tag })
  const other = await hand.make('dcim/devices/', { ...box, name: 'sw-2', asset_tag: 'HW-00102' })
  const port = (name: string, on = device) =>
    hand.make('dcim/interfaces/', { device: on, name, type: '1000base-t' })
  const [cabled, full, bare] = [await port('Gi1/0/1'), await port(right), await port('gi 1/0/1')]
  await port('Gi1/0/2')
  const end = (id: number) => [{ object_type: 'dcim.interface', object_id: id }]
  const far = await port(right, other)
  await hand.make('dcim/cables/', { a_terminations: end(cabled), b_terminations: end(far) })
  const on = { assigned_object_type: 'dcim.interface', assigned_object_id: full }
  const ip = await hand.make('ipam/ip-addresses/', { address: '192.0.2.7/24', ...on })
  const mac = await hand.make('dcim/mac-addresses/', { mac_address: '02:00:5E:00:00:07', ...on })
  await hand.change(`dcim/interfaces/${full}/`, { primary_mac_address: mac })
  await hand.change(`dcim/devices/${device}/`, { primary_ip4: ip })
  return { hand, port, device, cabled, full, bare, ip, mac }
}

type Catalyst = Awaited<ReturnType<typeof catalyst>>

async function expectOne({ hand, device, cabled, ip, mac }: Catalyst): Promise<void> {
  const rows = await hand.rows(`dcim/interfaces/?device_id=${device}`)
  expect(rows.map(({ id, name }) => [id, name]).toSorted()).toEqual(
    [
      [cabled, right],
      [expect.any(Number), 'GigabitEthernet1/0/2'],
    ].toSorted(),
  )
  expect(rows.find(({ id }) => id === cabled)).toMatchObject({
    cable: expect.anything(),
    primary_mac_address: { id: mac },
  })
  expect(await hand.row(`ipam/ip-addresses/${ip}/`)).toMatchObject({ assigned_object_id: cabled })
  expect(await hand.row(`dcim/mac-addresses/${mac}/`)).toMatchObject({ assigned_object_id: cabled })
  expect(await hand.row(`dcim/devices/${device}/`)).toMatchObject({ primary_ip4: { id: ip } })
}

async function planned(lab: ReturnType<typeof openWorld>) {
  const found = await planInterfaces(lab.inventory, tag)
  if (found.kind === 'refused') throw new Error(found.why)
  const [step] = found.plan.steps
  return { plan: found.plan, payload: step?.payload }
}

const isOver = (lab: ReturnType<typeof openWorld>) => () =>
  lab.states().every((state) => state === 'confirmed' || state === 'needs_human')

test.for(['4.4.10', '4.6.8', '4.7.3'])(
  'on NetBox %s a port in three spellings becomes one, with its cable, addresses and primary MAC',
  async (version) => {
    const lab = queueWorld({ release: release(version) })
    const made = await catalyst(lab.server)
    const { plan, payload } = await planned(lab)
    expect(plan).toMatchObject({
      tier: 'bulk-or-destructive',
      warnings: [expect.stringContaining('deleted'), expect.any(String)],
    })
    expect(plan.lines).toContainEqual({ label: '192.0.2.7/24', before: `on ${right}`, after: 'on Gi1/0/1' })
    expect(plan.lines).toContainEqual({ label: 'Interface', before: 'Gi1/0/1', after: right })
    lab.outbox.start()
    lab.outbox.enqueue('names', 'rename_interfaces', payload)
    await lab.until(isOver(lab))
    expect(lab.settled).toMatchObject([
      {
        outcome: {
          kind: 'confirmed',
          words: expect.stringContaining('2 interfaces of HW-00101 renamed, 2 doubles'),
        },
      },
    ])
    await expectOne(made)
    expect(await planInterfaces(lab.inventory, tag)).toMatchObject({
      kind: 'refused',
      why: expect.stringContaining('right names already'),
    })
  },
)

test('taking it back gives the old names again, and says that doubles do not come back', async () => {
  const lab = queueWorld()
  const { hand, cabled, ip } = await catalyst(lab.server)
  lab.outbox.start()
  lab.outbox.enqueue('names', 'rename_interfaces', (await planned(lab)).payload)
  await lab.until(isOver(lab))
  const stored: unknown = lab.database.prepare('select undo from outbox_operations').pluck().get()
  const undo = JSON.parse(String(stored))
  expect(undo).toMatchObject({ kind: 'rename_interfaces', tier: 'write' })
  expect(undo.lines).toContainEqual({ label: 'Interface', before: right, after: 'Gi1/0/1' })
  expect(JSON.stringify(undo.lines)).toContain('do not come back')
  const kind = operationKinds.get('rename_interfaces')
  expect(await kind?.recheck?.(lab.inventory.rest, undo.intent)).toBe(null)
  lab.outbox.enqueue('back', undo.kind, undo.intent)
  await lab.until(() => lab.settled.length === 2)
  expect(await hand.row(`dcim/interfaces/${cabled}/`)).toMatchObject({ name: 'Gi1/0/1' })
  expect(await hand.row(`ipam/ip-addresses/${ip}/`)).toMatchObject({ assigned_object_id: cabled })
})

test('what HWLab cannot move stops that port alone, and the card says why', async () => {
  const lab = queueWorld()
  const { hand, full, bare } = await catalyst(lab.server)
  const note = { assigned_object_type: 'dcim.interface', assigned_object_id: bare, comments: 'Loose latch.' }
  await hand.make('extras/journal-entries/', note)
  await hand.change(`dcim/interfaces/${full}/`, { description: 'uplink' })
  const { plan } = await planned(lab)
  expect(plan.tier).toBe('write')
  expect(plan.lines).toEqual([{ label: 'Interface', before: 'Gi1/0/2', after: 'GigabitEthernet1/0/2' }])
  expect(plan.warnings.join()).toMatch(
    /same interface, and “.*” has what HWLab cannot move: (a description|notes)/,
  )
})

test.for([
  ['a new address on the double', 'has 192.0.2.9/24 too'],
  ['a cable on the double', 'has a cable'],
  ['the double renamed', 'is called “uplink”'],
  ['the right name given to another', 'another one is called'],
] as const)('%s before it runs: nothing is deleted, and a person is asked', async ([what, why]) => {
  const lab = queueWorld()
  const { hand, port, full, cabled, bare } = await catalyst(lab.server)
  const { payload } = await planned(lab)
  const on = { assigned_object_type: 'dcim.interface', assigned_object_id: bare }
  if (what === 'a new address on the double')
    await hand.make('ipam/ip-addresses/', { address: '192.0.2.9/24', ...on })
  if (what === 'a cable on the double') {
    const end = (id: number) => [{ object_type: 'dcim.interface', object_id: id }]
    const far = await port('Gi1/0/9')
    await hand.make('dcim/cables/', { a_terminations: end(bare), b_terminations: end(far) })
  }
  if (what === 'the double renamed') await hand.change(`dcim/interfaces/${full}/`, { name: 'uplink' })
  if (what === 'the right name given to another') await port('GigabitEthernet1/0/2')
  const kind = operationKinds.get('rename_interfaces')
  expect(await kind?.recheck?.(lab.inventory.rest, payload)).toContain(why)
  lab.outbox.start()
  lab.outbox.enqueue('names', 'rename_interfaces', payload)
  await lab.until(isOver(lab))
  expect(lab.outbox.view()[0]).toMatchObject({ state: 'needs_human', why: expect.stringContaining(why) })
  for (const id of [full, cabled, bare])
    expect(await hand.row(`dcim/interfaces/${id}/`)).toMatchObject({ id })
})

test('an address that comes while the double is being emptied is not deleted with it', async () => {
  const on = { assigned_object_type: 'dcim.interface', assigned_object_id: 0 }
  const lab = queueWorld({
    around: (server) => async (request) => {
      const answer = await server(request)
      const isMove = request.method === 'PATCH' && request.url.includes('/dcim/mac-addresses/')
      if (isMove) await byHand(server).make('ipam/ip-addresses/', { address: '192.0.2.9/24', ...on })
      return answer
    },
  })
  const { hand, full } = await catalyst(lab.server)
  on.assigned_object_id = full
  lab.outbox.start()
  lab.outbox.enqueue('names', 'rename_interfaces', (await planned(lab)).payload)
  await lab.until(isOver(lab))
  expect(lab.outbox.view()[0]).toMatchObject({
    state: 'needs_human',
    why: expect.stringContaining('has 192.0.2.9/24 too'),
  })
  expect(await hand.rows('ipam/ip-addresses/?address=192.0.2.9')).toMatchObject([
    { assigned_object_id: full },
  ])
})

test('a double that was only edited is proposed anew before it runs', async () => {
  const lab = queueWorld()
  const { hand, bare } = await catalyst(lab.server)
  const { payload } = await planned(lab)
  await hand.change(`dcim/interfaces/${bare}/`, { enabled: false })
  const kind = operationKinds.get('rename_interfaces')
  expect(await kind?.recheck?.(lab.inventory.rest, payload)).toContain('was edited in NetBox')
})

test('a port that is there twice is refused for a cable, with the way out', async () => {
  const lab = queueWorld()
  await catalyst(lab.server)
  const wish = { a: 'HW-00101 Gi1/0/1', b: 'HW-00102 Gi1/0/1', look: '', cable: '' }
  expect(await planCable(lab.inventory, wish)).toMatchObject({
    kind: 'refused',
    why: expect.stringContaining('`interfaces HW-00101` proposes to make it one.'),
  })
})

test('killed between any two requests, nothing that hung on a double is lost', {
  timeout: 60_000,
}, async () => {
  let kills = 0
  for (let at = 1; ; at += 1) {
    const options = { server: labDatabase(), database: labDatabase() }
    const death = deathAt(at)
    const dying = openWorld({
      ...options,
      next: death.next,
    })
    const made = await catalyst(dying.server)
    const { payload } = await planned(dying)
    dying.outbox.start()
    death.begin()
    dying.outbox.enqueue('names', 'rename_interfaces', payload)
    await dying.until(() => death.isDead() || isOver(dying)())
    await dying.outbox.stop()
    if (!death.isDead()) break
    kills += 1
    const reborn = openWorld(options)
    reborn.outbox.start()
    await reborn.until(isOver(reborn))
    await reborn.outbox.stop()
    expect([at, reborn.outbox.view()[0]?.why]).toEqual([at, null])
    await expectOne(made)
    expect([dying.bugs, reborn.bugs]).toEqual([[], []])
  }
  expect(kills).toBeGreaterThan(30)
  process.stderr.write(`killed ${kills} times\n`)
})
