import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import canonicalize from 'canonicalize'
import { openInventory } from '../../mcp-servers/netbox/client/open-inventory.ts'
import type { DesiredItem } from '../../mcp-servers/netbox/outbox/item-intent.ts'
import { openOutbox } from '../../mcp-servers/netbox/outbox/open-outbox.ts'
import { systemClock } from '../../mcp-servers/serving/clock.ts'
import { type LabDatabase, openDatabase } from '../../mcp-servers/serving/database.ts'
import type { Bench, BenchRow } from '../bench-row.ts'

const netbox = join(import.meta.dirname, '../../mcp-servers/netbox')
const rounds = 15
const perRound = 150
const pending = 10_000

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
    customFields: { hwlab_spec: '8 ports, 1 Gbit/s' },
    tags: ['hwlab'],
    comments: '',
  }
}

function intent(number: number) {
  const photos = [{ attachmentId: `photo-${number}`, sha256: 'ab'.repeat(32) }]
  return { item: item(number), photos, journal: 'Recorded from one photo.' }
}

function openQueue(path: string) {
  const owners = ['outbox', 'embedded'].map((owner) => ({ owner, folder: join(netbox, owner, 'migrations') }))
  const database = openDatabase(path, owners)
  const inventory = openInventory({ kind: 'embedded', database })
  const photoBytes = async () => new Uint8Array()
  return { database, outbox: openOutbox({ database, clock: systemClock, inventory, photoBytes }) }
}

/** The same bytes into a bare table of the same file, one commit each. */
function bareInsert(database: LabDatabase): (number: number) => void {
  database.exec('create table bare (key text primary key, body text not null) strict')
  const insert = database.prepare<[string, string]>('insert into bare values (?, ?)')
  return (number) => {
    insert.run(`step-${number}`, canonicalize(intent(number)) ?? '')
  }
}

function elapsedMs(work: () => void): number {
  const startMs = performance.now()
  work()
  return performance.now() - startMs
}

/** Of a process of its own, so that what the benchmark itself holds is not counted. */
function residentBytes(path: string): number {
  const child = join(import.meta.dirname, '../pending-child.ts')
  return Number(execFileSync(process.execPath, [child, path], { encoding: 'utf8' }))
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

async function run(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'hwlab-bench-'))
  try {
    const path = join(folder, 'bench.db')
    const { database, outbox } = openQueue(path)
    const bare = bareInsert(database)
    const ratios: number[] = []
    const perSecond: number[] = []
    let number = 0
    for (let round = 0; round < rounds; round += 1) {
      const first = number
      number += perRound
      const bareMs = elapsedMs(() => {
        for (let at = first; at < number; at += 1) bare(at)
      })
      const outboxMs = elapsedMs(() => {
        for (let at = first; at < number; at += 1) outbox.enqueue(`step-${at}`, 'create_item', intent(at))
      })
      ratios.push(bareMs / outboxMs)
      perSecond.push((perRound / outboxMs) * 1000)
    }
    database.transaction(() => {
      for (let at = number; at < pending; at += 1) outbox.enqueue(`step-${at}`, 'create_item', intent(at))
    })()
    database.close()
    const megabytes = residentBytes(path) / 1e6
    const ratio = median(ratios)
    return [
      {
        name: 'durable enqueue against bare better-sqlite3',
        value: ratio,
        unit: '×',
        budget: '≥ 0.7',
        ok: ratio >= 0.7,
        note: `${median(perSecond).toFixed(0)} intents/s, each its own fsync; median of ${rounds} rounds`,
      },
      {
        name: 'a process with 10,000 operations pending',
        value: megabytes,
        unit: 'MB',
        budget: '< 200 MB',
        ok: megabytes < 200,
        note: 'resident, after its start, a look at NetBox (away) and 50 looks at the queue',
      },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export default { name: 'enqueue', run } satisfies Bench
