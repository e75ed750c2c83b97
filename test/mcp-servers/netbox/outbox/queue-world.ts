import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openInventory } from '../../../../mcp-servers/netbox/client/open-inventory.ts'
import type { Fetch } from '../../../../mcp-servers/netbox/client/rest.ts'
import { openEmbeddedNetbox } from '../../../../mcp-servers/netbox/embedded/open-embedded-netbox.ts'
import type { Release } from '../../../../mcp-servers/netbox/embedded/release.ts'
import type { CreateItem, DesiredItem } from '../../../../mcp-servers/netbox/outbox/item-intent.ts'
import { type Outbox, openOutbox } from '../../../../mcp-servers/netbox/outbox/open-outbox.ts'
import type { Settled } from '../../../../mcp-servers/netbox/outbox/operation.ts'
import type { OperationKinds } from '../../../../mcp-servers/netbox/outbox/operation-kind.ts'
import {
  type LabDatabase,
  type MigrationsOwner,
  openDatabase,
} from '../../../../mcp-servers/serving/database.ts'
import { FakeClock } from '../../../support/fake-clock.ts'
import { type Fault, type FaultyFetch, faultyFetch } from '../../../support/faulty-fetch.ts'

const netbox = join(import.meta.dirname, '../../../../mcp-servers/netbox')

export function labDatabase(path = ':memory:', more: MigrationsOwner[] = []): LabDatabase {
  const owners = ['tags', 'outbox', 'embedded'].map((owner) => ({
    owner,
    folder: join(netbox, owner, 'migrations'),
  }))
  return openDatabase(path, [...owners, ...more])
}

/** What the listener of a real server does: writes the outcome to the same database. */
export function recordSettlements(database: LabDatabase, settled: Settled): void {
  database.prepare('insert into settlements values (?, ?)').run(settled.operationKey, settled.outcome.kind)
}

export function temporaryFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'hwlab-outbox-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** A JPEG of 40 × 30 blue pixels. It is written out: a program that is killed a hundred times should not start an encoder. */
export const photo: Promise<Uint8Array> = Promise.resolve(
  Buffer.from(
    [
      '/9j/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/2wBD',
      'ARweHigjKE4rK06kbl1upKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKT/wAARCAAeACgD',
      'ASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAT/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFQEBAQAAAAAAAAAAAAAAAAAA',
      'AAP/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCYBdEAAAAAAAAAB//Z',
    ].join(''),
    'base64',
  ),
)

export function desiredItem(number: number, changes: Partial<DesiredItem> = {}): DesiredItem {
  return {
    hwlabId: `01ITEM${number}`,
    assetTag: `HW-${String(number).padStart(5, '0')}`,
    manufacturer: { name: 'Acme', slug: 'acme' },
    deviceType: { model: 'Box 1', slug: 'acme-box-1', partNumber: 'BX-1', uHeight: 0 },
    role: { name: 'Switch', slug: 'switch' },
    site: { name: 'Homelab', slug: 'homelab' },
    name: null,
    serial: `SN-${number}`,
    macAddress: null,
    status: 'inventory',
    customFields: { hwlab_spec: '8 ports, 1 Gbit/s' },
    tags: ['hwlab'],
    comments: 'From the top shelf.',
    ...changes,
  }
}

export function intent(number: number, changes: Partial<DesiredItem> = {}): CreateItem {
  return {
    item: desiredItem(number, changes),
    photos: [{ attachmentId: `photo-${number}`, sha256: String(number % 10).repeat(64) }],
    journal: 'Recorded from one photo.',
  }
}

export function enqueue(outbox: Outbox, number: number, changes: Partial<DesiredItem> = {}): void {
  outbox.enqueue(`step-${number}`, 'create_item', intent(number, changes))
}

/** An outbox in front of an embedded inventory of its own, with faults in between and a clock that the test moves. */
export function queueWorld(
  options: {
    next?: (request: Request) => Fault
    around?: (server: Fetch) => Fetch
    database?: LabDatabase
    server?: LabDatabase
    kinds?: OperationKinds
    release?: Release
  } = {},
) {
  const clock = new FakeClock()
  const database = options.database ?? labDatabase()
  const serverDatabase = options.server ?? labDatabase()
  const server = openEmbeddedNetbox({
    database: serverDatabase,
    nowMs: () => clock.nowMs(),
    ...(options.release ? { release: options.release } : {}),
  })
  const inner = options.around ? options.around(server) : server
  const requests: string[] = []
  const faulty = faultyFetch({
    inner,
    clock,
    next(request) {
      requests.push(`${request.method} ${new URL(request.url).pathname}`)
      return options.next ? options.next(request) : { kind: 'none' }
    },
  })
  const inventory = openInventory({
    kind: 'netbox',
    url: 'http://netbox.test',
    token: 'x'.repeat(40),
    caFile: null,
    fetch: faulty.fetch,
    clock,
  })
  const settled: Settled[] = []
  const bugs: unknown[] = []
  const outbox = openOutbox({
    database,
    clock,
    inventory,
    photoBytes: () => photo,
    random: () => 0.5,
    report: (error) => bugs.push(error),
    ...(options.kinds ? { kinds: options.kinds } : {}),
  })
  outbox.onSettled((one) => settled.push(one))
  const states = () => outbox.view().map((row) => row.state)
  return {
    clock,
    database,
    server,
    serverDatabase,
    inventory,
    outbox,
    settled,
    bugs,
    requests,
    states,
    count: (path: string) => countAt(server, path),
    async until(isDone: () => boolean): Promise<void> {
      await moveUntil({ clock, faulty, isDone })
    },
    /** Lets the clock run for a while, so that timers of that time fire. */
    async pass(forMs: number): Promise<void> {
      const endMs = clock.steadyMs() + forMs
      await moveUntil({ clock, faulty, isDone: () => clock.steadyMs() >= endMs, endMs })
    },
  }
}

export type QueueWorld = ReturnType<typeof queueWorld>

/**
 * Time moves only while the server is idle, so a fault's order does not depend on the machine's speed. Where nothing is
 * due, nothing happens: it goes on at the next thing that is, at `endMs` at the latest.
 */
export async function moveUntil(on: {
  clock: FakeClock
  faulty: FaultyFetch
  isDone(): boolean
  endMs?: number
}): Promise<void> {
  const endMs = on.endMs ?? Number.POSITIVE_INFINITY
  for (let round = 0; round < 20_000; round += 1) {
    for (let turn = 0; turn < 12; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve))
      while (on.faulty.busy() > 0) await on.faulty.answered()
    }
    if (on.isDone()) return
    const nextMs = Math.min(on.clock.nextInMs(), endMs - on.clock.steadyMs())
    on.clock.advance(Number.isFinite(nextMs) ? Math.max(1_000, nextMs) : 1_000)
  }
  throw new Error('the queue did not come to the awaited state')
}

export async function countAt(server: Fetch, path: string): Promise<number> {
  const answer = await server(new Request(`http://netbox.test/api/${path}`))
  const body: unknown = await answer.json()
  if (typeof body === 'object' && body !== null && 'count' in body) return Number(body.count)
  throw new Error(`${path} is not a list`)
}
