import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { openInventory } from '../../mcp-servers/netbox/client/open-inventory.ts'
import type { Fetch } from '../../mcp-servers/netbox/client/rest.ts'
import { openEmbeddedNetbox } from '../../mcp-servers/netbox/embedded/open-embedded-netbox.ts'
import type { DesiredItem } from '../../mcp-servers/netbox/outbox/item-intent.ts'
import { openOutbox } from '../../mcp-servers/netbox/outbox/open-outbox.ts'
import { systemClock } from '../../mcp-servers/serving/clock.ts'
import { openDatabase } from '../../mcp-servers/serving/database.ts'
import type { Bench, BenchRow } from '../bench-row.ts'

/** What NetBox 4.6.8 took per request on two cores: 109 ms for a GET by tag, 115 ms for a device POST (medians). */
const serverMs = 110
const items = 18
const lanes = 3
const rounds = 3
const netbox = join(import.meta.dirname, '../../mcp-servers/netbox')

function item(number: number): DesiredItem {
  const digits = String(number).padStart(5, '0')
  return {
    hwlabId: `01BENCH${digits}`,
    assetTag: `HW-${digits}`,
    manufacturer: { name: 'Acme', slug: 'acme' },
    deviceType: { model: 'Box 1', slug: 'acme-box-1', partNumber: 'BX-1', uHeight: 0 },
    role: { name: 'Switch', slug: 'switch' },
    site: { name: 'Homelab', slug: 'homelab' },
    name: null,
    serial: `SN-${digits}`,
    macAddress: null,
    status: 'inventory',
    customFields: {},
    tags: [],
    comments: '',
  }
}

function slowServer(): {
  fetch: Fetch
  log: { method: string; path: string; body: ArrayBuffer; type: string }[]
} {
  const database = openDatabase(':memory:', [
    { owner: 'embedded', folder: join(netbox, 'embedded/migrations') },
  ])
  const server = openEmbeddedNetbox({ database, nowMs: () => Date.now() })
  const log: { method: string; path: string; body: ArrayBuffer; type: string }[] = []
  return {
    log,
    async fetch(request) {
      const body = await request.clone().arrayBuffer()
      const { pathname, search } = new URL(request.url)
      log.push({
        method: request.method,
        path: pathname + search,
        body,
        type: request.headers.get('content-type') ?? '',
      })
      await new Promise((resolve) => setTimeout(resolve, serverMs))
      return server(request)
    },
  }
}

async function drainMs(server: ReturnType<typeof slowServer>, path: string): Promise<number> {
  const owners = ['outbox', 'embedded'].map((owner) => ({ owner, folder: join(netbox, owner, 'migrations') }))
  const database = openDatabase(path, owners)
  const inventory = openInventory({
    kind: 'netbox',
    url: 'http://netbox.test',
    token: 'bench',
    caFile: null,
    fetch: server.fetch,
  })
  const photo = await sharp({ create: { width: 400, height: 300, channels: 3, background: '#446688' } })
    .jpeg()
    .toBuffer()
  const outbox = openOutbox({ database, clock: systemClock, inventory, photoBytes: async () => photo })
  let left = items
  const done = new Promise<void>((resolve) => {
    outbox.onSettled(() => {
      left -= 1
      if (left === 0) resolve()
    })
  })
  for (let number = 1; number <= items; number += 1)
    outbox.enqueue(`step-${number}`, 'create_item', {
      item: item(number),
      photos: [{ attachmentId: 'one', sha256: 'ab'.repeat(32) }],
      journal: 'Recorded from one photo.',
    })
  const startMs = performance.now()
  outbox.start()
  await done
  const elapsedMs = performance.now() - startMs
  await outbox.stop()
  database.close()
  return elapsedMs
}

/** The very same requests by a bare loop: as many lanes, no queue, nothing on disk, no checks. */
async function bareMs(log: ReturnType<typeof slowServer>['log']): Promise<number> {
  const { fetch } = slowServer()
  const next = log.values()
  const lane = async () => {
    for (const { method, path, body, type } of next) {
      const headers = type === '' ? {} : { 'content-type': type }
      const answer = await fetch(
        new Request(`http://netbox.test${path}`, { method, headers, body: method === 'GET' ? null : body }),
      )
      await answer.text()
    }
  }
  const startMs = performance.now()
  await Promise.all(Array.from({ length: lanes }, lane))
  return performance.now() - startMs
}

async function run(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'hwlab-bench-'))
  try {
    let outboxMs = 0
    let bareTotalMs = 0
    let requests = 0
    for (let round = 0; round < rounds; round += 1) {
      const server = slowServer()
      outboxMs += await drainMs(server, join(folder, `drain-${round}.db`))
      bareTotalMs += await bareMs(server.log)
      requests += server.log.length
    }
    const ratio = bareTotalMs / outboxMs
    return [
      {
        name: 'outbox drain against a bare client',
        value: ratio,
        unit: '×',
        budget: '≥ 0.9',
        ok: ratio >= 0.9,
        note: `${((rounds * items * 1000) / outboxMs).toFixed(1)} items/s, ${(requests / rounds / items).toFixed(1)} requests each, server ${serverMs} ms, ${lanes} lanes; ${rounds} rounds`,
      },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export default { name: 'drain', run } satisfies Bench
