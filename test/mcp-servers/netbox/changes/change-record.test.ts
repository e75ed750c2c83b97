import { expect, test } from 'vitest'
import { z } from 'zod'
import type { RecordChange } from '../../../../mcp-servers/netbox/changes/record-change.ts'
import type { Fetch } from '../../../../mcp-servers/netbox/client/rest.ts'
import { release } from '../../../../mcp-servers/netbox/embedded/release.ts'
import { enqueue, type QueueWorld } from '../outbox/queue-world.ts'
import { queueWorldsOfATest } from '../outbox/queue-worlds-of-a-test.ts'

const open = queueWorldsOfATest()

/** Of the only device. */
let deviceId = 0

const rowSchema = z.looseObject({ id: z.number(), serial: z.string(), comments: z.string() })

/** A recorded item, HW-00001, with the serial number SN-1. */
async function recorded(options: Parameters<typeof open>[0] = {}): Promise<QueueWorld> {
  deviceId = 0
  const world = open(options)
  world.outbox.start()
  enqueue(world.outbox, 1)
  await world.until(() => world.states()[0] === 'confirmed')
  const found = await world.inventory.findByTag('HW-00001')
  deviceId = found.kind === 'looked' ? (found.records[0]?.id ?? 0) : 0
  return world
}

function change(fields: RecordChange['fields'], journal: string | null = null): RecordChange {
  const target = {
    kind: 'device' as const,
    id: deviceId,
    assetTag: 'HW-00001',
    hwlabId: '01ITEM1',
    name: 'Acme Box 1',
  }
  return { target, fields, journal }
}

const serial = (base: string | null, mine: string | null) => ({ serial: { base, mine } })

async function deviceIn(world: QueueWorld): Promise<Record<string, unknown>> {
  const answer = await world.server(new Request(`http://netbox.test/api/dcim/devices/${deviceId}/`))
  return rowSchema.parse(await answer.json())
}

function patchOf(body: Record<string, unknown>): Request {
  const init = {
    method: 'PATCH',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  }
  return new Request(`http://netbox.test/api/dcim/devices/${deviceId}/`, init)
}

/** Somebody edits the record in NetBox itself. */
async function stranger(world: QueueWorld, body: Record<string, unknown>): Promise<void> {
  await world.server(patchOf(body))
}

const settledOf = (world: QueueWorld, key: string) =>
  world.settled.filter(({ operationKey }) => operationKey === key).map(({ outcome }) => outcome.kind)
const operation = (world: QueueWorld, key: string) => {
  const row = world.outbox.view().find(({ operationKey }) => operationKey === key)
  if (!row) throw new Error(`${key} is not in the queue`)
  return row
}
const patches = (world: QueueWorld) => world.requests.filter((request) => request.startsWith('PATCH')).length

test('a change writes only what differs, is read back, and leaves a marked journal entry', async () => {
  const world = await recorded()
  const before = await deviceIn(world)
  world.outbox.enqueue(
    'change-1',
    'change_record',
    change(
      {
        ...serial('SN-1', 'SN-2'),
        role: { base: 'Switch', mine: 'Router' },
        'custom_fields.hwlab_spec': { base: '8 ports, 1 Gbit/s', mine: '8 ports, 10 Gbit/s' },
        'tags.spare': { base: false, mine: true },
        comments: { base: 'From the top shelf.', mine: 'From the top shelf.' },
      },
      'Serial number read again.',
    ),
  )
  await world.until(() => settledOf(world, 'change-1').length > 0)
  expect(settledOf(world, 'change-1')).toEqual(['confirmed'])
  const after = await deviceIn(world)
  expect(after).toMatchObject({
    serial: 'SN-2',
    role: { name: 'Router' },
    tags: [{ slug: 'hwlab' }, { slug: 'spare' }],
    custom_fields: { hwlab_spec: '8 ports, 10 Gbit/s', hwlab_id: '01ITEM1' },
    comments: before.comments,
  })
  expect(patches(world)).toBe(1)
  expect(await world.count(`extras/journal-entries/?assigned_object_id=${deviceId}`)).toBe(2)
})

test('what NetBox says already is not sent, and is confirmed', async () => {
  const world = await recorded()
  await stranger(world, { serial: 'SN-2' })
  world.outbox.enqueue('change-1', 'change_record', change(serial('SN-1', 'SN-2')))
  await world.until(() => settledOf(world, 'change-1').length > 0)
  expect(settledOf(world, 'change-1')).toEqual(['confirmed'])
  expect(patches(world)).toBe(0)
})

/** Between HWLab's look at the record and its write, as often as there are edits. */
function strangerInBetween(edits: Record<string, unknown>[]) {
  const left = [...edits]
  return {
    left,
    around:
      (server: Fetch): Fetch =>
      async (request) => {
        const isLook = request.method === 'GET' && request.url.endsWith(`/dcim/devices/${deviceId}/`)
        const answer = await server(request)
        const edit = isLook ? left.shift() : undefined
        if (edit) await server(patchOf(edit))
        return answer
      },
  }
}

const releases = [release('4.4.10'), release('4.6.8'), release('4.7.3')]

test.each(releases)(
  'NetBox $version: a stranger who edits another field meanwhile loses nothing',
  async (speaks) => {
    const { around, left } = strangerInBetween([{ comments: 'Moved to the cellar.' }])
    const world = await recorded({ around, release: speaks })
    world.outbox.enqueue('change-1', 'change_record', change(serial('SN-1', 'SN-2')))
    await world.until(() => settledOf(world, 'change-1').length > 0)
    expect(left).toEqual([])
    expect(settledOf(world, 'change-1')).toEqual(['confirmed'])
    expect(await deviceIn(world)).toMatchObject({ serial: 'SN-2', comments: 'Moved to the cellar.' })
  },
)

test.each(releases)(
  'NetBox $version: a stranger who edits the same field meanwhile is not overwritten',
  async (speaks) => {
    const { around } = strangerInBetween([{ serial: 'SN-9' }])
    const world = await recorded({ around, release: speaks })
    world.outbox.enqueue(
      'change-1',
      'change_record',
      change({ ...serial('SN-1', 'SN-2'), name: { base: null, mine: 'core' } }),
    )
    await world.until(() => operation(world, 'change-1').state === 'conflict')
    expect(await deviceIn(world)).toMatchObject({ serial: 'SN-9', name: null })
    const { id, conflict, why } = operation(world, 'change-1')
    expect(conflict).toEqual([
      {
        field: 'serial',
        label: 'Serial number',
        base: 'SN-1',
        mine: 'SN-2',
        netbox: 'SN-9',
        netboxValue: 'SN-9',
      },
    ])
    expect(why).toBe('Serial number of HW-00001 was changed in NetBox too. Choose what counts.')
    expect(world.outbox.choose(id, { name: 'mine' })).toMatchObject({ kind: 'refused' })
    expect(world.outbox.choose(id, { serial: 'mine' })).toEqual({ kind: 'done' })
    await world.until(() => operation(world, 'change-1').state === 'confirmed')
    expect(await deviceIn(world)).toMatchObject({ serial: 'SN-2', name: 'core' })
    expect(world.outbox.choose(id, { serial: 'netbox' })).toMatchObject({ kind: 'refused' })
  },
)

test('where nothing else is chosen, NetBox’s value stays and the rest is written', async () => {
  const world = await recorded()
  await stranger(world, { serial: 'SN-9' })
  world.outbox.enqueue(
    'change-1',
    'change_record',
    change({ ...serial('SN-1', 'SN-2'), name: { base: null, mine: 'core' } }),
  )
  await world.until(() => operation(world, 'change-1').state === 'conflict')
  world.outbox.choose(operation(world, 'change-1').id, {})
  await world.until(() => operation(world, 'change-1').state === 'confirmed')
  expect(await deviceIn(world)).toMatchObject({ serial: 'SN-9', name: 'core' })
})

test.each(releases)(
  'NetBox $version: a selection among custom fields is written and read back',
  async (speaks) => {
    const world = await recorded({ release: speaks })
    const headers = { 'content-type': 'application/json' }
    const post = async (path: string, body: unknown) => {
      const init = { method: 'POST', body: JSON.stringify(body), headers }
      const answer = await world.server(new Request(`http://netbox.test/api/${path}/`, init))
      expect(answer.status).toBe(201)
      return z.looseObject({ id: z.number() }).parse(await answer.json())
    }
    const choices = [
      ['loan', 'On loan'],
      ['own', 'Our own'],
    ]
    const set = await post('extras/custom-field-choice-sets', { name: 'whose', extra_choices: choices })
    const field = { name: 'whose', type: 'select', object_types: ['dcim.device'], choice_set: set.id }
    await post('extras/custom-fields', field)
    const whose = (base: string | null, mine: string | null) =>
      change({ 'custom_fields.whose': { base, mine } })
    world.outbox.enqueue('change-1', 'change_record', whose(null, 'loan'))
    await world.until(() => settledOf(world, 'change-1').length > 0)
    world.outbox.enqueue('change-2', 'change_record', whose('loan', 'own'))
    await world.until(() => settledOf(world, 'change-2').length > 0)
    expect(operation(world, 'change-2')).toMatchObject({ state: 'confirmed', why: null })
  },
)

test('a stranger who never stops is given way to, and nothing of theirs is lost', async () => {
  const edits = Array.from({ length: 40 }, (_, at) => ({ comments: `Edit ${at}` }))
  const { around } = strangerInBetween(edits)
  const world = await recorded({ around })
  world.outbox.enqueue('change-1', 'change_record', change(serial('SN-1', 'SN-2')))
  await world.until(() => operation(world, 'change-1').state === 'needs_human')
  expect(operation(world, 'change-1').why).toContain('Somebody else keeps changing HW-00001 in NetBox.')
  expect(await deviceIn(world)).toMatchObject({ serial: 'SN-1' })
})

test('a field that NetBox drops is never called confirmed', async () => {
  const world = await recorded({
    around: (server) => async (request) => {
      if (request.method !== 'PATCH') return server(request)
      const { serial: _, ...body } = rowSchema.partial().parse(await request.json())
      return server(
        new Request(request.url, { method: 'PATCH', body: JSON.stringify(body), headers: request.headers }),
      )
    },
  })
  world.outbox.enqueue('change-1', 'change_record', change(serial('SN-1', 'SN-2')))
  await world.until(() => settledOf(world, 'change-1').length > 0)
  expect(operation(world, 'change-1')).toMatchObject({
    state: 'needs_human',
    why: 'NetBox did not keep this of HW-00001 as asked: serial number. Correct it in NetBox, then retry.',
  })
})

test('a record that was deleted in NetBox is said to be, and nothing is made in its place', async () => {
  const world = await recorded()
  await world.server(new Request(`http://netbox.test/api/dcim/devices/${deviceId}/`, { method: 'DELETE' }))
  world.outbox.enqueue('change-1', 'change_record', change(serial('SN-1', 'SN-2')))
  await world.until(() => settledOf(world, 'change-1').length > 0)
  expect(operation(world, 'change-1').why).toContain('was deleted in NetBox')
  expect(await world.count('dcim/devices/')).toBe(0)
})

test('changes that were not sent yet become one; the later value counts, and both are told', async () => {
  const world = await recorded()
  await world.outbox.stop()
  world.outbox.enqueue('change-1', 'change_record', change({ ...serial('SN-1', 'SN-2') }, 'First.'))
  world.outbox.enqueue(
    'change-2',
    'change_record',
    change({ ...serial('SN-2', 'SN-3'), name: { base: null, mine: 'core' } }, 'Second.'),
  )
  world.outbox.start()
  await world.until(() => settledOf(world, 'change-2').length > 0)
  expect([settledOf(world, 'change-1'), settledOf(world, 'change-2')]).toEqual([['confirmed'], ['confirmed']])
  expect(await deviceIn(world)).toMatchObject({ serial: 'SN-3', name: 'core' })
  expect(patches(world)).toBe(1)
})

test('a lost answer to the change writes nothing twice, not even the journal entry', async () => {
  let lost = 0
  let isChanging = false
  const world = await recorded({
    next: (request) => {
      const isOurs = request.method !== 'GET' && lost < 4 && isChanging
      if (!isOurs) return { kind: 'none' }
      lost += 1
      return { kind: 'lost-response' }
    },
  })
  isChanging = true
  world.outbox.enqueue('change-1', 'change_record', change(serial('SN-1', 'SN-2'), 'Read again.'))
  await world.until(() => settledOf(world, 'change-1').includes('confirmed'))
  expect(lost).toBeGreaterThan(1)
  expect(await deviceIn(world)).toMatchObject({ serial: 'SN-2' })
  expect(await world.count(`extras/journal-entries/?assigned_object_id=${deviceId}`)).toBe(2)
  expect(patches(world)).toBe(1)
})
