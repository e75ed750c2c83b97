import { expect, test } from 'vitest'
import { openEmbeddedNetbox } from '../../../../mcp-servers/netbox/embedded/open-embedded-netbox.ts'
import { labDatabase, photo } from '../outbox/queue-world.ts'

function openWorld(database = labDatabase(), nowMs = Date.UTC(2026, 0, 5)) {
  const server = openEmbeddedNetbox({ database, nowMs: () => nowMs })
  async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const form = body instanceof FormData
    const answer = await server(
      new Request(`http://embedded.test${path}`, {
        method,
        headers: form ? headers : { 'content-type': 'application/json', ...headers },
        ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
      }),
    )
    const isJson = answer.headers.get('content-type')?.includes('json')
    const json: Record<string, unknown> = isJson ? await answer.json() : {}
    return {
      status: answer.status,
      json,
      etag: answer.headers.get('etag'),
      type: answer.headers.get('content-type'),
    }
  }
  async function device(more: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
    const maker = await call('POST', '/api/dcim/manufacturers/', { name: 'Acme', slug: 'acme' })
    await call('POST', '/api/dcim/device-types/', { manufacturer: maker.json.id, model: 'Box', slug: 'box' })
    await call('POST', '/api/dcim/device-roles/', { name: 'Role', slug: 'role', color: '9e9e9e' })
    await call('POST', '/api/dcim/sites/', { name: 'Site', slug: 'site' })
    const made = await call('POST', '/api/dcim/devices/', { ...references, ...more })
    expect(made.status).toBe(201)
    return made.json
  }
  return { call, device }
}
const references = { device_type: { slug: 'box' }, role: { slug: 'role' }, site: { slug: 'site' } }

test('an unknown filter is ignored and the whole table comes, as in NetBox', async () => {
  const { call, device } = openWorld()
  await device()
  expect((await call('GET', '/api/dcim/devices/?asset_tag__in=x&cf_nope=1&bogus=y')).json.count).toBe(1)
  expect((await call('GET', '/api/dcim/devices/?asset_tag=x')).json.count).toBe(0)
})

test('unknown attributes are dropped, blanks stripped, and an empty tag is no tag', async () => {
  const { device } = openWorld()
  const made = await device({ serial: '  S 1 ', asset_tag: '', no_such_thing: 1 })
  expect(made).toMatchObject({
    serial: 'S 1',
    asset_tag: null,
    display: 'Acme Box',
    status: { value: 'active' },
  })
  expect(made).not.toHaveProperty('no_such_thing')
})

test('names are unique per site without regard to case, tags with regard to it', async () => {
  const { call, device } = openWorld()
  await device({ name: 'Alpha', asset_tag: 'HW-00001' })
  expect((await call('POST', '/api/dcim/devices/', { ...references, name: 'ALPHA' })).json).toEqual({
    __all__: ['Device name must be unique per site.'],
  })
  expect((await call('POST', '/api/dcim/devices/', { ...references, asset_tag: 'HW-00001' })).json).toEqual({
    asset_tag: ['device with this asset tag already exists.'],
  })
  expect((await call('POST', '/api/dcim/devices/', { ...references, asset_tag: 'hw-00001' })).status).toBe(
    201,
  )
})

test('every write changes the ETag, and a strong form of it is refused', async () => {
  const { call, device } = openWorld()
  const { id } = await device()
  const path = `/api/dcim/devices/${String(id)}/`
  const before = await call('GET', path)
  expect(before.etag).toMatch(/^W\/"2026-01-05T00:00:00\.\d{6}\+00:00"$/)
  const strong = before.etag?.slice(2) ?? ''
  expect((await call('PATCH', path, { serial: 'A' }, { 'if-match': strong })).status).toBe(412)
  expect((await call('PATCH', path, { serial: 'A' }, { 'if-match': before.etag ?? '' })).status).toBe(200)
  const after = await call('GET', path)
  expect(after.json.serial).toBe('A')
  expect(after.etag).not.toBe(before.etag)
})

test('custom fields: unknown ones are an error, a PATCH merges, select reads raw, unique is unique', async () => {
  const { call, device } = openWorld()
  const set = await call('POST', '/api/extras/custom-field-choice-sets/', {
    name: 'States',
    extra_choices: [
      ['draft', 'Draft'],
      ['done', 'Done'],
    ],
  })
  const field = { object_types: ['dcim.device'] }
  await call('POST', '/api/extras/custom-fields/', {
    ...field,
    name: 'state',
    type: 'select',
    choice_set: set.json.id,
  })
  await call('POST', '/api/extras/custom-fields/', {
    ...field,
    name: 'own',
    type: 'text',
    unique: true,
    filter_logic: 'exact',
  })
  await call('POST', '/api/extras/custom-fields/', { ...field, name: 'loose', type: 'text' })
  const { id } = await device({ custom_fields: { state: 'draft', own: 'HW-1', loose: 'HW-10' } })
  const path = `/api/dcim/devices/${String(id)}/`
  expect((await call('PATCH', path, { custom_fields: { state: 'done' } })).json.custom_fields).toEqual({
    state: 'done',
    own: 'HW-1',
    loose: 'HW-10',
  })
  expect((await call('PATCH', path, { custom_fields: { state: 'Draft' } })).status).toBe(400)
  expect((await call('PATCH', path, { custom_fields: { nope: 1 } })).json).toMatchObject({
    custom_fields: { nope: expect.any(String) },
  })
  expect(
    (await call('POST', '/api/dcim/devices/', { ...references, custom_fields: { own: 'HW-1' } })).json,
  ).toEqual({
    __all__: ["Custom field 'own' must have a unique value."],
  })
  expect((await call('GET', '/api/dcim/devices/?cf_loose=HW-1')).json.count).toBe(1)
  expect((await call('GET', '/api/dcim/devices/?cf_own=HW')).json.count).toBe(0)
})

test('a deleted device takes its photos and notes along, frees its tag, and its id is not given again', async () => {
  const { call, device } = openWorld()
  const { id } = await device({ asset_tag: 'HW-00001' })
  const form = new FormData()
  form.set('object_type', 'dcim.device')
  form.set('object_id', String(id))
  form.set('name', 'front')
  form.set('image', new File([new Uint8Array(await photo)], 'front.jpg'))
  const image = await call('POST', '/api/extras/image-attachments/', form)
  expect(image).toMatchObject({ status: 201, json: { image_width: 40, image_height: 30, parent: { id } } })
  expect((await call('GET', `/media/image-attachments/${String(image.json.id)}`)).type).toBe('image/jpeg')
  await call('POST', '/api/extras/journal-entries/', {
    assigned_object_type: 'dcim.device',
    assigned_object_id: id,
    comments: 'note',
  })
  expect((await call('DELETE', `/api/dcim/devices/${String(id)}/`)).status).toBe(204)
  for (const path of ['extras/image-attachments', 'extras/journal-entries'])
    expect((await call('GET', `/api/${path}/`)).json.count).toBe(0)
  const again = await call('POST', '/api/dcim/devices/', { ...references, asset_tag: 'HW-00001' })
  expect(Number(again.json.id)).toBeGreaterThan(Number(id))
})

test('what others refer to is not deleted', async () => {
  const { call, device } = openWorld()
  await device()
  const site = await call('GET', '/api/dcim/sites/?slug=site')
  const results: unknown = site.json.results
  const id = Array.isArray(results) ? results[0].id : 0
  expect((await call('DELETE', `/api/dcim/sites/${id}/`)).status).toBe(409)
})

test('a photo that is none, a message that is too long, a body that is no JSON', async () => {
  const { call, device } = openWorld()
  const { id } = await device()
  const form = new FormData()
  form.set('object_type', 'dcim.device')
  form.set('object_id', String(id))
  form.set('image', new File(['<svg xmlns="http://www.w3.org/2000/svg"/>'], 'x.svg'))
  expect(await call('POST', '/api/extras/image-attachments/', form)).toMatchObject({
    status: 400,
    json: { image: [expect.any(String)] },
  })
  expect(
    await call('PATCH', `/api/dcim/devices/${String(id)}/`, { changelog_message: 'x'.repeat(201) }),
  ).toMatchObject({ status: 500, json: { exception: 'DataError' } })
  expect((await call('POST', '/api/dcim/sites/', 'just text')).status).toBe(400)
})

test('lists are paged, and a page can be asked for with few fields', async () => {
  const { call } = openWorld()
  for (let number = 0; number < 60; number += 1)
    await call('POST', '/api/extras/tags/', { name: `tag ${number}`, slug: `tag-${number}` })
  const first = await call('GET', '/api/extras/tags/?fields=slug')
  expect(first.json).toMatchObject({
    count: 60,
    previous: null,
    next: 'http://embedded.test/api/extras/tags/?fields=slug&limit=50&offset=50',
  })
  const second = await call('GET', '/api/extras/tags/?fields=slug&limit=50&offset=50')
  expect(second.json).toMatchObject({
    next: null,
    results: Array.from({ length: 10 }, (_, at) => ({ slug: `tag-${50 + at}` })),
  })
})

test('a database of an older HWLab is found by what is asked for today', async () => {
  const database = labDatabase()
  const insert = database.prepare<[number, string, string]>(
    "insert into embedded_objects (id, model, body, created, last_updated) values (?, ?, ?, '2025-12-01T00:00:00.000000Z', '2025-12-01T00:00:00.000000Z')",
  )
  const rows: [string, Record<string, unknown>][] = [
    ['dcim/manufacturers', { name: 'Acme', slug: 'acme' }],
    ['dcim/device-types', { manufacturer: 1, model: 'Box', slug: 'box', u_height: 0 }],
    ['dcim/device-roles', { name: 'Role', slug: 'role' }],
    ['dcim/sites', { name: 'Site', slug: 'site' }],
    ['extras/tags', { name: 'Spare', slug: 'spare' }],
    [
      'dcim/devices',
      {
        name: null,
        device_type: 2,
        role: 3,
        site: 4,
        asset_tag: 'HW-00001',
        serial: 'S1',
        tags: [5],
        status: 'active',
      },
    ],
  ]
  for (const [at, [model, body]] of rows.entries()) insert.run(at + 1, model, JSON.stringify(body))
  const { call } = openWorld(database)
  const found = await call('GET', '/api/dcim/devices/?tag=spare&site_id=4&asset_tag=HW-00001')
  expect(found.json).toMatchObject({ count: 1, results: [{ id: 6, rack: null, face: null, location: null }] })
  expect((await call('GET', '/api/dcim/devices/6/')).etag).toBe('W/"2025-12-01T00:00:00.000000+00:00"')
  expect((await call('PATCH', '/api/dcim/devices/6/', { serial: 'S2' })).status).toBe(200)
})

test('the change log goes back as far as NetBox’s, and what was changed stays', async () => {
  const database = labDatabase()
  const { device, call } = openWorld(database)
  await device()
  expect((await call('GET', '/api/core/object-changes/')).json.count).toBe(5)
  const later = openWorld(database, Date.UTC(2026, 3, 20))
  expect((await later.call('GET', '/api/core/object-changes/')).json.count).toBe(0)
  expect((await later.call('GET', '/api/dcim/devices/')).json.count).toBe(1)
})

test('the change log is not written from outside', async () => {
  const { call } = openWorld()
  expect((await call('POST', '/api/core/object-changes/', { message: 'x' })).status).toBe(405)
})

test('without the plugin there are no assets, and nobody is told otherwise', async () => {
  const { call } = openWorld()
  expect((await call('GET', '/api/status/')).json.plugins).toEqual({})
  expect(await call('GET', '/api/plugins/inventory/assets/')).toMatchObject({
    status: 404,
    type: 'text/html; charset=utf-8',
  })
})
