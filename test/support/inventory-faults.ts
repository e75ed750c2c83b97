import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Inventory } from '../../mcp-servers/netbox/client/inventory.ts'
import { openInventory } from '../../mcp-servers/netbox/client/open-inventory.ts'
import type { Fetch } from '../../mcp-servers/netbox/client/rest.ts'
import type { DesiredItem } from '../../mcp-servers/netbox/outbox/item-intent.ts'
import { openOutbox } from '../../mcp-servers/netbox/outbox/open-outbox.ts'
import type { LabDatabase } from '../../mcp-servers/serving/database.ts'
import { FakeClock } from './fake-clock.ts'
import { type FaultyFetch, faultyFetch } from './faulty-fetch.ts'
import { lateMostMs, randomFault } from './random-fault.ts'

export interface InventoryUnderFaults {
  /** Reaches the inventory; the faults are put in front of it. */
  fetch: Fetch
  url: string
  token: string
  /** Begins the name of everything that the suite makes. */
  prefix: string
  photo: Uint8Array
  outboxDatabase: LabDatabase
  moveUntil(on: { clock: FakeClock; faulty: FaultyFetch; isDone(): boolean }): Promise<void>
  cleanUp(inventory: Inventory): Promise<void>
}

/**
 * Whole items through a connection on which every fourth write and every fifteenth read or so goes wrong. Time is the
 * test's own: waits cost nothing, a real server works at its own speed.
 */
export function inventoryFaults(
  items: number,
  seed: number,
  open: () => Promise<InventoryUnderFaults>,
): void {
  test(`${items} items through a bad connection are there once each, with photo, journal entry and MAC address`, async () => {
    const bench = await open()
    const { fetch, url, token, prefix } = bench
    const clock = new FakeClock()
    const onReads = fc.sample(randomFault(112), { seed, numRuns: 20_000 })
    const onWrites = fc.sample(randomFault(24), { seed: seed + 1, numRuns: 20_000 })
    const seen = { requests: 0, faults: 0 }
    const faulty = faultyFetch({
      inner: wholeAnswers(fetch),
      clock,
      next(request) {
        seen.requests += 1
        const reads = request.method === 'GET'
        const fault = (reads ? onReads : onWrites).pop() ?? { kind: 'none' }
        if (fault.kind === 'none' || (reads && fault.kind === 'integrity-error')) return { kind: 'none' }
        seen.faults += 1
        return fault
      },
    })
    const over = (fetch: Fetch) => openInventory({ kind: 'netbox', url, token, caFile: null, fetch, clock })
    const bugs: unknown[] = []
    const outbox = openOutbox({
      database: bench.outboxDatabase,
      clock,
      inventory: over(faulty.fetch),
      photoBytes: async () => bench.photo,
      random: () => 0.5,
      report: (error) => bugs.push(error),
    })
    const settled: string[] = []
    let byHand = 0
    outbox.onSettled((one) => {
      if (one.outcome.kind === 'confirmed') settled.push(one.operationKey)
    })
    outbox.start()
    const wanted = Array.from({ length: items }, (_, index) => desired(prefix, index + 1))
    for (const item of wanted)
      outbox.enqueue(item.assetTag, 'create_item', {
        item,
        photos: [{ attachmentId: 'photo', sha256: 'cd'.repeat(32) }],
        journal: 'Fault suite.',
      })
    const direct = over(fetch)
    try {
      await bench.moveUntil({
        clock,
        faulty,
        isDone() {
          for (const row of outbox.view().filter(({ state }) => state === 'needs_human')) {
            expect(row.why).toMatch(/^Tried \d+ times/)
            byHand += 1
            outbox.retry(row.id)
          }
          return settled.length >= items
        },
      })
      const endMs = clock.nowMs() + lateMostMs + 400_000
      await bench.moveUntil({ clock, faulty, isDone: () => clock.nowMs() >= endMs })
      await outbox.stop()
      const counted = await count(direct, wanted)
      process.stderr.write(
        `${items} operations, ${seen.requests} requests, ${seen.faults} faults: ${counted.lost.length} lost, ${counted.doubled.length} doubled, ${byHand} for a person\n`,
      )
      expect(counted).toEqual({ lost: [], doubled: [] })
      expect([settled.sort(), bugs]).toEqual([wanted.map(({ assetTag }) => assetTag).sort(), []])
      expect(seen.faults).toBeGreaterThan(items)
    } finally {
      await outbox.stop()
      await bench.cleanUp(direct)
      bench.outboxDatabase.close()
    }
  }, 600_000)
}

function desired(prefix: string, number: number): DesiredItem {
  const digits = String(number).padStart(4, '0')
  return {
    hwlabId: `${prefix}-id-${digits}`,
    assetTag: `${prefix}-${digits}`,
    manufacturer: { name: `${prefix} Maker`, slug: `${prefix}-maker` },
    deviceType: { model: `${prefix} Thing`, slug: `${prefix}-thing`, partNumber: 'T-1', uHeight: 0 },
    role: { name: `${prefix} part`, slug: `${prefix}-part` },
    site: { name: `${prefix} lab`, slug: `${prefix}-lab` },
    name: null,
    serial: `${prefix}-S${digits}`,
    macAddress: `02:00:5E:00:${digits.slice(0, 2)}:${digits.slice(2)}`,
    status: 'inventory',
    customFields: { hwlab_spec: '2 ports', hwlab_sample: true },
    tags: [`${prefix} tag`],
    comments: 'Line one\nLine two',
  }
}

/** What the inventory really holds, asked without faults. */
async function count(inventory: Inventory, wanted: DesiredItem[]) {
  const { rest } = inventory
  const lost: string[] = []
  const doubled: string[] = []
  const expectOne = (what: string, found: number) => {
    if (found === 0) lost.push(what)
    if (found > 1) doubled.push(what)
  }
  const rows = async (answer: ReturnType<typeof rest.list>): Promise<number> => {
    const read = await answer
    if (read.kind === 'failed') throw new Error(read.why)
    return read.rows.length
  }
  for (const { assetTag, hwlabId } of wanted) {
    const found = await inventory.findByTag(assetTag)
    const records = found.kind === 'looked' ? found.records : []
    expectOne(assetTag, records.filter((record) => record.hwlabId === hwlabId).length)
    for (const { id } of records) {
      const image = { object_type: 'dcim.device', object_id: id }
      const entry = { assigned_object_type: 'dcim.device', assigned_object_id: id }
      expectOne(`${assetTag} photo`, await rows(rest.list('extras/image-attachments', image)))
      expectOne(`${assetTag} journal entry`, await rows(rest.list('extras/journal-entries', entry)))
      expectOne(`${assetTag} interface`, await rows(rest.list('dcim/interfaces', { device_id: id })))
      expectOne(`${assetTag} MAC address`, await rows(rest.list('dcim/mac-addresses', { device_id: id })))
    }
  }
  const [item] = wanted
  if (!item) throw new Error('nothing was wanted')
  expectOne('manufacturer', await rows(rest.list('dcim/manufacturers', { slug: item.manufacturer.slug })))
  expectOne('device type', await rows(rest.list('dcim/device-types', { slug: item.deviceType.slug })))
  expectOne('role', await rows(rest.list('dcim/device-roles', { slug: item.role.slug })))
  expectOne('site', await rows(rest.list('dcim/sites', { slug: item.site.slug })))
  return { lost, doubled }
}

/** The answer is read to its end before time moves on. */
function wholeAnswers(inner: Fetch): Fetch {
  return async (request) => {
    const { status, headers, body } = await inner(request).then(async (answer) => ({
      status: answer.status,
      headers: answer.headers,
      body: await answer.arrayBuffer(),
    }))
    return new Response(body.byteLength === 0 ? null : body, { status, headers })
  }
}
