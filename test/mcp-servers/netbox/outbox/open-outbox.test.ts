import { describe, expect, test } from 'vitest'
import { deviceRowSchema } from '../../../../mcp-servers/netbox/client/device-row.ts'
import { htmlPage } from '../../../support/faulty-fetch.ts'
import { enqueue, type QueueWorld } from './queue-world.ts'
import { queueWorldsOfATest } from './queue-worlds-of-a-test.ts'

const world = queueWorldsOfATest()

async function post(lab: QueueWorld, path: string, json: unknown): Promise<number> {
  const request = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(json),
  }
  const answer = await lab.server(new Request(`http://netbox.test/api/${path}`, request))
  expect(answer.status).toBe(201)
  const body: { id: number } = await answer.json()
  return body.id
}

async function strangerWithTag(lab: QueueWorld, tag: string): Promise<void> {
  const manufacturer = await post(lab, 'dcim/manufacturers/', { name: 'Other', slug: 'other' })
  const device_type = await post(lab, 'dcim/device-types/', {
    manufacturer,
    model: 'Old box',
    slug: 'old-box',
  })
  const role = await post(lab, 'dcim/device-roles/', { name: 'Thing', slug: 'thing' })
  const site = await post(lab, 'dcim/sites/', { name: 'Elsewhere', slug: 'elsewhere' })
  await post(lab, 'dcim/devices/', { device_type, role, site, asset_tag: tag, name: 'attic' })
}

describe('an item on its way into NetBox', () => {
  test('arrives with everything that was asked for and is confirmed once', async () => {
    const lab = world()
    lab.outbox.start()
    enqueue(lab.outbox, 1, {
      macAddress: 'aabb.ccdd.eeff',
      name: 'bench switch',
      tags: ['hwlab', 'Top shelf'],
    })
    await lab.until(() => lab.settled.length > 0)
    expect(lab.settled).toMatchObject([
      {
        operationKey: 'step-1',
        operation: 'create_item',
        outcome: {
          kind: 'confirmed',
          words: 'HW-00001 is recorded and read back.',
          record: expect.objectContaining({
            assetTag: 'HW-00001',
            serial: 'SN-1',
            model: 'Box 1',
            hwlabId: '01ITEM1',
            name: 'bench switch',
          }),
        },
      },
    ])
    expect(await lab.inventory.findByMac('AA:BB:CC:DD:EE:FF')).toMatchObject({
      records: [{ assetTag: 'HW-00001' }],
    })
    const answer = await lab.inventory.rest.list('dcim/devices', { asset_tag: 'HW-00001' })
    const row = deviceRowSchema.parse(answer.kind === 'ok' ? answer.rows[0] : null)
    expect(row.tags.map((tag) => tag.slug)).toEqual(['hwlab', 'top-shelf'])
    expect(row.custom_fields).toEqual({ hwlab_id: '01ITEM1', hwlab_spec: '8 ports, 1 Gbit/s' })
    expect([
      await lab.count('extras/image-attachments/'),
      await lab.count('extras/journal-entries/'),
    ]).toEqual([1, 1])
    expect(lab.outbox.status().words).toBe('Everything is saved.')
  })

  test('is on disk before anything is sent, and nothing is sent when the caller takes it back', async () => {
    const lab = world()
    lab.outbox.start()
    expect(() =>
      lab.database.transaction(() => {
        enqueue(lab.outbox, 1)
        throw new Error('taken back')
      })(),
    ).toThrow('taken back')
    await lab.pass(5_000)
    expect(lab.requests).toEqual([])
    enqueue(lab.outbox, 2)
    expect(lab.outbox.view()).toMatchObject([{ stateWords: 'Waiting for NetBox', tag: 'HW-00002' }])
    expect(lab.requests).toEqual([])
  })

  test('asked for twice under one key is written once, and the key cannot be used for something else', async () => {
    const lab = world()
    lab.outbox.start()
    enqueue(lab.outbox, 1)
    enqueue(lab.outbox, 1)
    expect(() => enqueue(lab.outbox, 1, { serial: 'OTHER' })).toThrow('filed before')
    await lab.until(() => lab.settled.length > 0)
    enqueue(lab.outbox, 1)
    await lab.pass(10_000)
    expect([lab.settled.length, await lab.count('dcim/devices/')]).toEqual([1, 1])
  })

  test('shares manufacturer, type, role, site and tag with its neighbours', async () => {
    const lab = world()
    lab.outbox.start()
    for (let number = 1; number <= 8; number += 1) enqueue(lab.outbox, number)
    await lab.until(() => lab.settled.length === 8)
    const paths = ['manufacturers', 'device-types', 'device-roles', 'sites', 'devices']
    expect(await Promise.all(paths.map((path) => lab.count(`dcim/${path}/`)))).toEqual([1, 1, 1, 1, 8])
  })
})

describe('what NetBox says is not believed without reading it back', () => {
  test('a server that answers “created” and keeps nothing is never confirmed', async () => {
    const lab = world({
      around: (server) => async (request) => {
        if (request.method !== 'POST' || !request.url.endsWith('/dcim/devices/')) return server(request)
        return Response.json({ id: 4711 }, { status: 201 })
      },
    })
    lab.outbox.start()
    enqueue(lab.outbox, 1)
    await lab.until(() => lab.settled.length > 0)
    expect(lab.settled[0]?.outcome).toEqual({
      kind: 'needs-human',
      why: 'NetBox said that it created HW-00001, but it is not there. Look in NetBox, then retry.',
    })
  })

  test.for([
    ['serial', 'serial number'],
    ['comments', 'comments'],
    ['tags', 'tag “hwlab”'],
    ['custom_fields', 'HWLab id, custom field hwlab_spec'],
    ['asset_tag', 'asset tag'],
  ] as const)('a dropped %s is named to the operator', async ([field, words]) => {
    const lab = world({
      around: (server) => async (request) => {
        if (request.method !== 'POST' || !request.url.endsWith('/dcim/devices/')) return server(request)
        const body: Record<string, unknown> = await request.json()
        delete body[field]
        const { url, method, headers } = request
        return server(new Request(url, { method, headers, body: JSON.stringify(body) }))
      },
    })
    lab.outbox.start()
    enqueue(lab.outbox, 1)
    await lab.until(() => lab.settled.length > 0)
    expect(lab.settled[0]?.outcome).toMatchObject({ kind: 'needs-human' })
    expect(lab.outbox.view()[0]?.why).toContain(`as asked: ${words}.`)
  })

  test.for(['image-attachments', 'journal-entries'])('a swallowed POST of %s is noticed', async (path) => {
    const lab = world({
      around: (server) => async (request) =>
        request.method === 'POST' && request.url.endsWith(`/${path}/`)
          ? Response.json({ id: 9 }, { status: 201 })
          : server(request),
    })
    lab.outbox.start()
    enqueue(lab.outbox, 1)
    await lab.until(() => lab.settled.length > 0)
    expect(lab.outbox.view()[0]?.why).toMatch(/the (photo|journal entry)/)
  })
})

describe('when NetBox cannot take it', () => {
  test('a tag on a stranger’s record is never taken over; the record is named', async () => {
    const lab = world()
    await strangerWithTag(lab, 'HW-00001')
    lab.outbox.start()
    enqueue(lab.outbox, 1)
    enqueue(lab.outbox, 2)
    await lab.until(() => lab.settled.length === 2)
    expect(lab.outbox.view()[0]?.stateWords).toContain(
      'Needs you: In NetBox HW-00001 is on “attic (HW-00001)”',
    )
    expect(lab.outbox.view()[1]).toMatchObject({ tag: 'HW-00002', stateWords: 'Confirmed' })
  })

  test('one bad item blocks only itself, and goes through after a person corrected NetBox and retried', async () => {
    const lab = world()
    const manufacturer = await post(lab, 'dcim/manufacturers/', { name: 'Acme', slug: 'acme' })
    const field = await post(lab, 'extras/custom-fields/', {
      name: 'hwlab_fcc_id',
      type: 'integer',
      object_types: ['dcim.site'],
    })
    expect(manufacturer).toBeGreaterThan(0)
    lab.outbox.start()
    enqueue(lab.outbox, 1, { customFields: { hwlab_fcc_id: 'ABC-1' } })
    enqueue(lab.outbox, 2)
    await lab.until(() => lab.settled.length === 2)
    expect(lab.outbox.view()[0]?.why).toContain('custom field “hwlab_fcc_id” that is not HWLab’s')
    expect(lab.outbox.status().words).toBe('1 needs you')
    const address = `http://netbox.test/api/extras/custom-fields/${field}/`
    await lab.server(new Request(address, { method: 'DELETE' }))
    const id = lab.outbox.view()[0]?.id ?? ''
    expect(lab.outbox.retry(id)).toEqual({ kind: 'done' })
    await lab.until(() => lab.settled.length === 3)
    expect(lab.settled[2]).toMatchObject({ operationKey: 'step-1', outcome: { kind: 'confirmed' } })
  })

  test('a cancelled item is not sent, and a written one cannot be cancelled', async () => {
    const lab = world()
    enqueue(lab.outbox, 1)
    const id = lab.outbox.view()[0]?.id ?? ''
    expect(lab.outbox.cancel(id)).toEqual({ kind: 'done' })
    lab.outbox.start()
    await lab.pass(5_000)
    expect([lab.requests, lab.settled]).toMatchObject([
      [],
      [{ operationKey: 'step-1', outcome: { kind: 'cancelled' } }],
    ])
    enqueue(lab.outbox, 2)
    await lab.until(() => lab.settled.length === 2)
    expect(lab.outbox.cancel(lab.outbox.view()[0]?.id ?? '')).toMatchObject({ kind: 'refused' })
  })

  test('a right that the token lacks is named', async () => {
    const lab = world({
      around: (server) => async (request) =>
        request.method === 'POST' && request.url.includes('manufacturers')
          ? Response.json({ detail: 'You do not have permission to perform this action.' }, { status: 403 })
          : server(request),
    })
    lab.outbox.start()
    enqueue(lab.outbox, 1)
    await lab.until(() => lab.settled.length > 0)
    expect(lab.outbox.view()[0]?.why).toContain('permission dcim.add_manufacturer')
  })

  test('an operation that alone makes NetBox fail does not hold up the others', async () => {
    const lab = world({
      around: (server) => async (request) => {
        const copy = request.clone()
        if (request.method === 'POST' && (await copy.text()).includes('SN-1')) return htmlPage(500)
        return server(request)
      },
    })
    lab.outbox.start()
    enqueue(lab.outbox, 1)
    enqueue(lab.outbox, 2)
    await lab.until(() => lab.settled.length === 2)
    expect(lab.settled.map((one) => one.outcome.kind)).toEqual(['confirmed', 'needs-human'])
    expect(lab.outbox.view()[0]?.why).toContain('Tried 10 times')
  })
})
