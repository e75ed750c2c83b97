import { describe, expect, test } from 'vitest'
import { connectCableSchema } from '../../../../mcp-servers/netbox/cables/cable-intent.ts'
import { planCable } from '../../../../mcp-servers/netbox/cables/plan-cable.ts'
import { planRemoval } from '../../../../mcp-servers/netbox/cables/plan-removal.ts'
import { release } from '../../../../mcp-servers/netbox/embedded/release.ts'
import { deathAt } from '../outbox/death-at.ts'
import { enqueue, labDatabase, queueWorld as openWorld } from '../outbox/queue-world.ts'
import { queueWorldsOfATest } from '../outbox/queue-worlds-of-a-test.ts'
import { byHand, holders, machines } from '../parts/part-world.ts'

const queueWorld = queueWorldsOfATest()
const bare = { look: '', cable: '' }
const ends = { a: 'HW-00101 eno1', b: 'hw-00102 eno1' }

async function cabledMachines(server: Parameters<typeof byHand>[0]) {
  const hand = byHand(server)
  const { one, two } = await machines(server)
  for (const device of [one, two])
    for (const name of ['eno1', 'eno2'])
      await hand.make('dcim/interfaces/', { device, name, type: '1000base-t' })
  return { hand, one, two }
}

describe.for(['4.4.10', '4.6.8', '4.7.3'])('on NetBox %s', (version) => {
  async function world() {
    const lab = queueWorld({ release: release(version) })
    const made = await cabledMachines(lab.server)
    lab.outbox.start()
    let filed = 0
    /** What became of a plan that a person approved. */
    async function written(planned: Awaited<ReturnType<typeof planCable>>): Promise<string> {
      if (planned.kind === 'refused') return planned.why
      const [step] = planned.plan.steps
      const key = `cable-${++filed}`
      lab.outbox.enqueue(key, String(step?.kind).replace('netbox.', ''), step?.payload)
      const row = () => lab.outbox.view().find(({ operationKey }) => operationKey === key)
      await lab.until(() => ['confirmed', 'needs_human'].includes(row()?.state ?? ''))
      return row()?.why ?? 'confirmed'
    }
    return { lab, ...made, written }
  }

  test('two ports are connected, and the occupied one is refused with what is there', async () => {
    const { lab, hand, written } = await world()
    const wish = { ...ends, ...bare, look: 'Cat 6, blue, 50 cm' }
    expect(await written(await planCable(lab.inventory, wish))).toBe('confirmed')
    expect(await hand.rows('dcim/cables/')).toMatchObject([
      { type: 'cat6', color: '2196f3', length: 0.5, label: '' },
    ])
    const again = await planCable(lab.inventory, { ...bare, a: 'HW-00101 eno1', b: 'HW-00102 eno2' })
    expect(again).toMatchObject({
      kind: 'refused',
      why: expect.stringMatching(/in srv-1.* eno1 already, to srv-2/),
    })
  })

  test('a loose cable takes its tag along, and has it back when it is taken out', async () => {
    const { lab, hand, written } = await world()
    enqueue(lab.outbox, 7, { location: ['Workshop', 'Drawer'] })
    await lab.until(() => lab.states().every((state) => state === 'confirmed'))
    const wish = { ...ends, ...bare, cable: 'HW-00007' }
    expect(await written(await planCable(lab.inventory, wish))).toBe('confirmed')
    const [cable] = await hand.rows('dcim/cables/')
    expect(await holders(hand, 'HW-00007')).toEqual([`cable ${cable?.id}`])
    expect(await lab.inventory.findByTag('HW-00007')).toMatchObject({
      records: [{ kind: 'cable', location: expect.stringMatching(/srv-1.* eno1 – srv-2.* eno1/) }],
    })
    expect(await lab.inventory.highestTag()).toMatchObject({ number: 102 })
    expect(await written(await planRemoval(lab.inventory, 'HW-00007'))).toBe('confirmed')
    expect(await hand.rows('dcim/cables/')).toEqual([])
    const [device] = await hand.rows('dcim/devices/?asset_tag=HW-00007')
    expect(device).toMatchObject({ status: { value: 'inventory' }, serial: 'SN-7' })
  })

  test('a port that NetBox lacks is added, and the card says so', async () => {
    const { lab, hand, two, written } = await world()
    const planned = await planCable(lab.inventory, { ...bare, a: ends.a, b: 'HW-00102 enp3s0' })
    if (planned.kind === 'refused') throw new Error(planned.why)
    expect(planned.plan.lines).toContainEqual({
      label: 'New port',
      before: null,
      after: expect.stringContaining('enp3s0'),
    })
    expect(planned.plan.warnings.join()).toContain('Check its name')
    expect(await written(planned)).toBe('confirmed')
    expect(await hand.rows(`dcim/interfaces/?device_id=${two}&name=enp3s0`)).toHaveLength(1)
  })

  test('a cable that somebody else connected is not removed', async () => {
    const { lab, hand } = await world()
    const [a, , b] = await hand.rows('dcim/interfaces/')
    const end = (row: typeof a) => [{ object_type: 'dcim.interface', object_id: row?.id }]
    await hand.make('dcim/cables/', { a_terminations: end(a), b_terminations: end(b) })
    expect(await planRemoval(lab.inventory, 'HW-00101 eno1')).toMatchObject({
      kind: 'refused',
      why: expect.stringContaining('did not connect'),
    })
  })
})

test('a name that begins several ports is asked about', async () => {
  const lab = queueWorld()
  await cabledMachines(lab.server)
  expect(await planCable(lab.inventory, { ...bare, a: 'HW-00101 eno', b: ends.b })).toMatchObject({
    kind: 'refused',
    why: expect.stringContaining('eno1 and eno2'),
  })
})

test.for([
  ['cable', 15],
  ['device', 25],
] as const)(
  'killed between any two requests, a tag is always on a record, and on the %s in the end',
  { timeout: 60_000 },
  async ([goal, least]) => {
    let kills = 0
    for (let at = 1; ; at += 1) {
      const options = { server: labDatabase(), database: labDatabase() }
      const death = deathAt(at)
      const dying = openWorld({
        ...options,
        next: death.next,
      })
      const { hand } = await cabledMachines(dying.server)
      dying.outbox.start()
      enqueue(dying.outbox, 7)
      await dying.until(() => dying.states().every((state) => state === 'confirmed'))
      const planned = await planCable(dying.inventory, { ...ends, ...bare, cable: 'HW-00007' })
      if (planned.kind === 'refused') throw new Error(planned.why)
      const intent = connectCableSchema.parse(planned.plan.steps[0]?.payload)
      death.begin()
      dying.outbox.enqueue('connect', 'connect_cable', intent)
      if (goal === 'device') dying.outbox.enqueue('remove', 'remove_cable', intent)
      await dying.until(() => death.isDead() || dying.states().every((state) => state === 'confirmed'))
      await dying.outbox.stop()
      expect((await holders(hand, 'HW-00007')).length).toBeGreaterThan(0)
      if (!death.isDead()) break
      kills += 1
      const reborn = openWorld(options)
      reborn.outbox.start()
      await reborn.until(() => reborn.states().every((state) => state === 'confirmed'))
      await reborn.outbox.stop()
      expect(await holders(hand, 'HW-00007')).toEqual([expect.stringContaining(goal)])
      expect(await hand.rows('dcim/cables/')).toHaveLength(goal === 'cable' ? 1 : 0)
      expect([dying.bugs, reborn.bugs]).toEqual([[], []])
    }
    expect(kills).toBeGreaterThan(least)
    process.stderr.write(`killed ${kills} times\n`)
  },
)
