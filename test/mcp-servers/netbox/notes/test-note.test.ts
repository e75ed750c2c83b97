import { describe, expect, test } from 'vitest'
import {
  endsWords,
  findCable,
  listCables,
  tagsAlong,
} from '../../../../mcp-servers/netbox/cables/list-cables.ts'
import { release } from '../../../../mcp-servers/netbox/embedded/release.ts'
import { addJournalSchema } from '../../../../mcp-servers/netbox/notes/addition-intent.ts'
import { planTestNote, type TestNote } from '../../../../mcp-servers/netbox/notes/plan-test-note.ts'
import { deathAt } from '../outbox/death-at.ts'
import { labDatabase, queueWorld as openWorld, type QueueWorld } from '../outbox/queue-world.ts'
import { queueWorldsOfATest } from '../outbox/queue-worlds-of-a-test.ts'
import { byHand, machines } from '../parts/part-world.ts'

const queueWorld = queueWorldsOfATest()
const note: TestNote = {
  result: 'fail',
  verdict: 'Pin 4 open — FAIL',
  facts: [
    { label: 'Wires', words: '1 to 1, 4 open' },
    { label: 'Tester', words: 'A `![x](http://evil.test/)` tester', isCode: true },
    { label: 'Raw bytes', words: 'a5 12 02', isCode: true },
  ],
  mark: 'HWLab cable test 01TEST',
}

/** Two machines that two cables join, the second with a label. */
async function cabled({ server }: Pick<QueueWorld, 'server'>) {
  const hand = byHand(server)
  const { one, two } = await machines(server)
  async function join(name: string, more = {}): Promise<number> {
    const [a, b] = [
      await hand.make('dcim/interfaces/', { device: one, name, type: '1000base-t' }),
      await hand.make('dcim/interfaces/', { device: two, name, type: '1000base-t' }),
    ]
    const end = (id: number) => [{ object_type: 'dcim.interface', object_id: id }]
    return hand.make('dcim/cables/', { a_terminations: end(a), b_terminations: end(b), ...more })
  }
  const tenth = await join('eno10')
  const second = await join('eno2', { label: 'HW-00007' })
  return { hand, one, two, tenth, second }
}

async function wordsOf({ inventory }: Pick<QueueWorld, 'inventory'>, id: number): Promise<string> {
  const found = await findCable(inventory, id)
  if (found.kind === 'refused') throw new Error(found.why)
  return endsWords(found.row)
}

async function planned(...args: Parameters<typeof planTestNote>) {
  const answer = await planTestNote(...args)
  if (answer.kind === 'refused') throw new Error(answer.why)
  return answer.plan
}

describe.for(['4.4.10', '4.6.8', '4.7.3'])('on NetBox %s', (version) => {
  async function world() {
    const lab = queueWorld({ release: release(version) })
    const made = await cabled(lab)
    lab.outbox.start()
    async function written(payload: unknown, kind = 'add_journal'): Promise<string> {
      lab.outbox.enqueue('note', kind, payload)
      await lab.until(() => ['confirmed', 'needs_human'].includes(lab.states()[0] ?? ''))
      return lab.outbox.view()[0]?.why ?? 'confirmed'
    }
    const onCable = async (id: number) => ({ kind: 'cable' as const, id, words: await wordsOf(lab, id) })
    const journal = () => made.hand.rows('extras/journal-entries/')
    return { lab, ...made, written, onCable, journal }
  }

  test('the cables of a machine are offered by what they connect, in the order of their ports', async () => {
    const { lab, second } = await world()
    expect(await listCables(lab.inventory, 'HW-00101')).toMatchObject({
      cables: [
        { words: expect.stringMatching(/srv-1.* eno2 – srv-2.* eno2/) },
        { words: expect.stringMatching(/srv-1.* eno10 – srv-2.* eno10/) },
      ],
    })
    const found = await findCable(lab.inventory, second)
    expect(found.kind === 'row' && (await tagsAlong(lab.inventory, found.row))).toEqual([
      'HW-00101',
      'HW-00102',
      'HW-00007',
    ])
  })

  test('a result is written to the journal of the cable, once, and what the tester said is code', async () => {
    const { lab, tenth, written, onCable, journal } = await world()
    const plan = await planned(lab.inventory, await onCable(tenth), note)
    expect(plan).toMatchObject({
      ...{ tier: 'write', warnings: ['HWLab did not make this record.'] },
      title: expect.stringMatching(/^Cable test of srv-1.* eno10 – srv-2.* eno10$/),
    })
    expect(await written(plan.steps[0]?.payload)).toBe('confirmed')
    expect(await journal()).toMatchObject([
      {
        assigned_object_type: 'dcim.cable',
        assigned_object_id: tenth,
        kind: { value: 'danger' },
        comments: expect.stringContaining('- Tester: `A ’![x](http://evil.test/)’ tester`\n'),
      },
    ])
    expect(await planTestNote(lab.inventory, await onCable(tenth), note)).toMatchObject({
      kind: 'refused',
      why: expect.stringMatching(/is in the journal of srv-1.* already/),
    })
  })

  test('a result of a machine goes to its own journal, green when the cable passed', async () => {
    const { lab, one, written, journal } = await world()
    const plan = await planned(lab.inventory, { kind: 'tag', tag: 'HW-00101' }, { ...note, result: 'pass' })
    expect(plan.lines.map(({ label }) => label)).toEqual(['Cable test', 'Wires', 'Tester', 'Raw bytes'])
    expect(await written(plan.steps[0]?.payload)).toBe('confirmed')
    expect(await journal()).toMatchObject([{ assigned_object_id: one, kind: { value: 'success' } }])
  })

  test('a loose cable that failed may get the status failed along with its note', async () => {
    const { lab, hand, one, written } = await world()
    const role = await hand.make('dcim/device-roles/', { name: 'Cable', slug: 'cable' })
    await hand.change(`dcim/devices/${one}/`, { role, status: 'inventory' })
    const failed = await planned(lab.inventory, { kind: 'tag', tag: 'HW-00101' }, note)
    expect(failed.steps.map(({ optional, waitsFor }) => ({ optional, waitsFor }))).toEqual([
      { optional: false, waitsFor: null },
      { optional: true, waitsFor: 0 },
    ])
    expect(failed.lines.at(-1)).toEqual({ label: 'Status', before: 'Inventory', after: 'Failed' })
    expect(await written(failed.steps[1]?.payload, 'change_record')).toBe('confirmed')
    expect(await hand.row(`dcim/devices/${one}/`)).toMatchObject({ status: { value: 'failed' } })
    for (const result of ['pass', 'none', 'fail'] as const)
      expect(
        (await planned(lab.inventory, { kind: 'tag', tag: 'HW-00101' }, { ...note, result })).steps,
      ).toHaveLength(1)
  })

  test('a record that took the place of the approved one gets no note', async () => {
    const { lab, hand, one, written, journal } = await world()
    const field = { name: 'hwlab_id', type: 'text', object_types: ['dcim.device'] }
    await hand.make('extras/custom-fields/', field)
    await hand.change(`dcim/devices/${one}/`, { custom_fields: { hwlab_id: '01A' } })
    const plan = await planned(lab.inventory, { kind: 'tag', tag: 'HW-00101' }, note)
    await hand.change(`dcim/devices/${one}/`, { custom_fields: { hwlab_id: '01B' } })
    expect(await written(plan.steps[0]?.payload)).toMatch(/Another record has taken the place of HW-00101/)
    expect(await journal()).toEqual([])
  })

  test('a cable that was taken out before it is asked for, or after, gets no note', async () => {
    const { lab, hand, tenth, second, written, onCable, journal } = await world()
    const plan = await planned(lab.inventory, await onCable(tenth), note)
    await hand.remove(`dcim/cables/${tenth}/`)
    expect(await written(plan.steps[0]?.payload)).toMatch(/was taken out in NetBox, so the note has no place/)
    const words = await wordsOf(lab, second)
    await hand.remove(`dcim/cables/${second}/`)
    expect(await planTestNote(lab.inventory, { kind: 'cable', id: second, words }, note)).toMatchObject({
      kind: 'refused',
      why: expect.stringContaining('not connected in NetBox any more'),
    })
    expect(await journal()).toEqual([])
  })

  test('a cable that connects something else by now is not taken for the one that was chosen', async () => {
    const { lab, hand, two, tenth, onCable } = await world()
    const chosen = await onCable(tenth)
    const name = { device: two, name: 'eno3', type: '1000base-t' }
    const object_id = await hand.make('dcim/interfaces/', name)
    await hand.change(`dcim/cables/${tenth}/`, {
      b_terminations: [{ object_type: 'dcim.interface', object_id }],
    })
    expect(await planTestNote(lab.inventory, chosen, note)).toMatchObject({
      kind: 'refused',
      why: expect.stringMatching(/connects .*eno3 now/),
    })
  })
})

test('the cables of something that is not a machine are not asked for', async () => {
  const lab = queueWorld()
  await cabled(lab)
  expect(await listCables(lab.inventory, 'HW-00007')).toMatchObject({
    kind: 'refused',
    why: expect.stringContaining('is a cable itself'),
  })
})

test('killed between any two requests, a note is on the cable exactly once in the end', async () => {
  let kills = 0
  for (let at = 1; ; at += 1) {
    const options = { server: labDatabase(), database: labDatabase() }
    const death = deathAt(at)
    const dying = openWorld({
      ...options,
      next: death.next,
    })
    const { hand, tenth } = await cabled(dying)
    const words = await wordsOf(dying, tenth)
    const plan = await planned(dying.inventory, { kind: 'cable', id: tenth, words }, note)
    death.begin()
    dying.outbox.start()
    dying.outbox.enqueue('note', 'add_journal', addJournalSchema.parse(plan.steps[0]?.payload))
    await dying.until(() => death.isDead() || dying.states().every((state) => state === 'confirmed'))
    await dying.outbox.stop()
    if (!death.isDead()) break
    kills += 1
    const reborn = openWorld(options)
    reborn.outbox.start()
    reborn.outbox.enqueue('note', 'add_journal', plan.steps[0]?.payload)
    await reborn.until(() => reborn.states().every((state) => state === 'confirmed'))
    await reborn.outbox.stop()
    expect(await hand.rows('extras/journal-entries/')).toMatchObject([{ assigned_object_id: tenth }])
    expect([dying.bugs, reborn.bugs]).toEqual([[], []])
  }
  expect(kills).toBeGreaterThanOrEqual(3)
})
