import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { release } from '../../../../mcp-servers/netbox/embedded/release.ts'
import { type NetboxOverHttp, openNetboxOverHttp } from '../../../support/netbox-over-http.ts'
import { type NetboxLab, openNetboxLab } from '../../../support/open-netbox-server.ts'
import { fillOwnInventory } from './own-inventory-world.ts'

let netbox: NetboxOverHttp
let lab: NetboxLab
let itemIds: string[]

async function open(version: string): Promise<void> {
  netbox = await openNetboxOverHttp(release(version))
  lab = await openNetboxLab()
  itemIds = (await fillOwnInventory(lab)).itemIds
  lab.options = { netbox: { url: netbox.url, token: netbox.token } }
  await lab.restart()
}

afterEach(async () => {
  await lab[Symbol.asyncDispose]()
  await netbox.close()
})

async function look() {
  const looked = await lab.parts.netbox.move.look()
  if (looked.kind === 'refused') throw new Error(looked.why)
  return looked.report
}

async function move() {
  const filed = await lab.parts.netbox.move.propose('operator')
  if (filed.kind !== 'filed') throw new Error(filed.why)
  await lab.decide(lab.change(filed.changeId))
  return lab.ended(filed.changeId)
}

const writes = () => netbox.requests.filter((request) => !/^(GET|OPTIONS) /.test(request))
const inventoryLine = async () => (await lab.parts.netbox.connections())[0]

describe.for(['4.4.10', '4.6.8', '4.7.3'])('to NetBox %s', (version) => {
  beforeEach(() => open(version))

  test('everything is carried over, and HWLab’s items lead there', async () => {
    expect((await inventoryLine())?.fix).toContain('4 records are still only in HWLab’s own inventory.')
    const change = await move()
    expect(change.steps.map(({ state, outcome }) => `${state}: ${outcome}`)).toEqual(
      Array.from({ length: 5 }, () => 'done: It is in NetBox and read back.'),
    )
    expect(await netbox.rows('dcim/devices/')).toMatchObject([
      {
        asset_tag: 'HW-00001',
        serial: 'SN-1',
        custom_fields: { hwlab_id: itemIds[0] },
        role: { name: 'Switch' },
      },
      {
        ...{
          asset_tag: 'HW-00002',
          status: { value: 'active' },
          comments: expect.stringContaining('Quiet fan.'),
        },
        ...{ location: { name: 'Shelf 2' }, tags: [{ slug: 'hwlab' }] },
      },
    ])
    expect(await netbox.rows('dcim/locations/')).toMatchObject([
      { name: 'Workshop' },
      { name: 'Shelf 2', parent: { name: 'Workshop' } },
    ])
    expect(await netbox.rows('dcim/modules/')).toMatchObject([
      {
        asset_tag: 'HW-00009',
        serial: 'SSD-7',
        module_bay: { name: 'Bay 1' },
        device: { id: expect.any(Number) },
      },
    ])
    expect(await netbox.rows('dcim/cables/')).toMatchObject([
      { label: 'HW-00010', type: 'cat6a', length: 2, custom_fields: { hwlab_id: '01CABLE' } },
    ])
    const interfaces = await netbox.rows('dcim/interfaces/')
    expect(interfaces.map(({ name }) => name).sort()).toEqual(['eth0', 'eth0', 'label-mac', 'label-mac'])
    expect(interfaces.filter(({ primary_mac_address: mac }) => mac)).toMatchObject([
      { primary_mac_address: { mac_address: '00:11:22:33:44:01' } },
      { primary_mac_address: { mac_address: '00:11:22:33:44:02' } },
    ])
    expect(await netbox.rows('extras/image-attachments/')).toHaveLength(2)
    const journal = (await netbox.rows('extras/journal-entries/')).map(({ comments }) => String(comments))
    expect(journal.filter((text) => text.includes('in HWLab’s own inventory'))).toHaveLength(3)
    for (const itemId of itemIds) {
      const { record } = lab.card(itemId)
      expect(record?.url).toMatch(new RegExp(`^${netbox.url}/`))
    }
    expect((await inventoryLine())?.fix).toBeNull()
    await lab.parts.netbox.drift.look('everything')
    expect(lab.parts.netbox.drift.state().findings).toEqual([])
  })
})

describe('moving', () => {
  beforeEach(() => open('4.6.8'))

  test('a dry run only reads, and says of each what would come of it', async () => {
    netbox.before = ({ method }) =>
      method === 'GET' ? null : Response.json({ detail: 'Only GET is allowed here.' }, { status: 405 })
    const report = await look()
    expect(report.items.map(({ name, outcome }) => [name, outcome.kind])).toEqual([
      [expect.stringContaining('Places, types, roles and tags'), 'done'],
      [expect.stringContaining('HW-00001'), 'done'],
      [expect.stringContaining('HW-00002'), 'done'],
      [expect.stringContaining('HW-00009'), 'done'],
      [expect.stringContaining('HW-00010'), 'done'],
    ])
    expect(report.items[1]?.outcome).toMatchObject({
      words: 'created with 2 interfaces, 1 photo, 1 journal entry',
    })
    expect(new Set(netbox.requests.map((request) => request.split(' ')[0]))).toEqual(new Set(['GET']))
  })

  test('a second run adds nothing and asks nothing', async () => {
    await move()
    const before = writes().length
    expect(await lab.parts.netbox.move.propose('operator')).toMatchObject({
      kind: 'nothing',
      why: `Everything is in NetBox at ${netbox.url} already.`,
    })
    expect(writes()).toHaveLength(before)
    expect((await look()).items.every(({ outcome }) => outcome.kind === 'skipped')).toBe(true)
  })

  test('without HWLab’s memory of it, the same records are found there and not added again', async () => {
    await move()
    lab.parts.database.exec('delete from embedded_moved')
    netbox.requests.length = 0
    const change = await move()
    expect(change.steps.map(({ outcome }) => outcome)).toEqual(
      Array.from({ length: 4 }, () => 'It was in NetBox already.'),
    )
    expect(writes()).toEqual([])
  })

  test('a tag that is on another record there is said, and the others are moved', async () => {
    const rest = lab.parts.inventory.rest
    const make = async (path: string, json: Record<string, unknown>) => {
      const made = await rest.call({ method: 'POST', path, body: { json } })
      if (made.kind === 'failed') throw new Error(made.why)
      return made
    }
    await make('dcim/manufacturers/', { name: 'Other', slug: 'other' })
    await make('dcim/device-types/', { manufacturer: { slug: 'other' }, model: 'Thing', slug: 'thing' })
    await make('dcim/device-roles/', { name: 'Other', slug: 'other' })
    await make('dcim/sites/', { name: 'Elsewhere', slug: 'elsewhere' })
    await make('dcim/devices/', {
      ...{ device_type: { slug: 'thing' }, role: { slug: 'other' }, site: { slug: 'elsewhere' } },
      asset_tag: 'HW-00002',
    })
    const report = await look()
    const standing = report.items.filter(({ outcome }) => outcome.kind === 'failed')
    expect(standing.map(({ name }) => name)).toEqual([
      expect.stringContaining('HW-00002'),
      // Its cable goes nowhere without it.
      expect.stringContaining('HW-00010'),
    ])
    expect(standing[0]).toMatchObject({
      name: expect.stringContaining('HW-00002'),
      outcome: { why: expect.stringContaining('is on “Other Thing') },
    })
    const filed = await lab.parts.netbox.move.propose('operator')
    if (filed.kind !== 'filed') throw new Error(filed.why)
    const change = lab.change(filed.changeId)
    expect(change.warnings.join()).toContain('HW-00002')
    await lab.decide(change)
    await lab.until(itemIds[0] ?? '', ({ record }) => record?.url.startsWith(netbox.url) ?? false)
    expect((await netbox.rows('dcim/devices/?asset_tag=HW-00001')).length).toBe(1)
    expect(lab.card(itemIds[1] ?? '').record?.url).toBe('/a/HW-00002')
  })

  test('what was moved stays as a backup that takes nothing new', async () => {
    await move()
    lab.options = {}
    await lab.restart()
    const line = await inventoryLine()
    expect([line?.stateWords, line?.tone]).toEqual(['HWLab’s own inventory: a backup, only read', 'bad'])
    expect(line?.fix).toContain(netbox.url)
    const { rest } = lab.parts.inventory
    const json = { name: 'x', slug: 'x' }
    const refused = await rest.call({ method: 'POST', path: 'dcim/sites/', body: { json } })
    expect(refused).toMatchObject({ kind: 'failed', why: expect.stringContaining('only read') })
    expect((await lab.records()).length).toBe(4)
  })

  test('a person’s edit in NetBox is not overwritten by a second move', async () => {
    await move()
    lab.parts.database.exec('delete from embedded_moved')
    const [device] = await netbox.rows('dcim/devices/?asset_tag=HW-00001')
    await lab.parts.inventory.rest.call({
      method: 'PATCH',
      path: `dcim/devices/${device?.id}/`,
      body: { json: { serial: 'EDITED' } },
    })
    await move()
    expect((await netbox.rows('dcim/devices/?asset_tag=HW-00001'))[0]).toMatchObject({ serial: 'EDITED' })
  })
})
