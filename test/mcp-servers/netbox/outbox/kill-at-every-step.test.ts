import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { afterAll, expect, test } from 'vitest'
import { openInventory } from '../../../../mcp-servers/netbox/client/open-inventory.ts'
import type { Fetch } from '../../../../mcp-servers/netbox/client/rest.ts'
import { openEmbeddedNetbox } from '../../../../mcp-servers/netbox/embedded/open-embedded-netbox.ts'
import { openOutbox } from '../../../../mcp-servers/netbox/outbox/open-outbox.ts'
import { systemClock } from '../../../../mcp-servers/serving/clock.ts'
import { counted, type KilledWrite, killedWrites } from './killed-writes.ts'
import { countAt, labDatabase, photo, recordSettlements, temporaryFolder } from './queue-world.ts'

type Kill =
  | { kind: 'step'; name: string }
  /** While the child's n-th request is on its way: before the server has done it, or after, with the answer never sent. */
  | { kind: 'request'; number: number; done: boolean }

const folder = temporaryFolder()
afterAll(() => folder.remove())
const child = join(import.meta.dirname, 'killed-child.ts')

/** A NetBox on loopback that kills its client at the wanted request. */
async function openServer(kill: Kill, embedded: Fetch) {
  const seen: string[] = []
  let victim: ChildProcess | null = null
  const listener = getRequestListener(async (request) => {
    seen.push(request.method)
    const isWanted = victim !== null && kill.kind === 'request' && kill.number === seen.length
    const { method, headers, url } = request
    const body = method === 'GET' || method === 'DELETE' ? null : await request.arrayBuffer()
    const deliver = () => embedded(new Request(url, { method, headers, body }))
    if (!isWanted) return deliver()
    if (kill.done) await deliver()
    victim?.kill('SIGKILL')
    return new Promise<Response>(() => undefined)
  })
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    embedded,
    watch(process: ChildProcess | null): void {
      victim = process
    },
    close(): void {
      server.closeAllConnections()
      server.close()
    },
  }
}

interface Run {
  methods: string[]
  said: string
  counts: Record<string, number>
}

let runs = 0
async function killedRun(write: KilledWrite, kill: Kill): Promise<Run> {
  const path = join(folder.path, `run-${++runs}.db`)
  const prepared = labDatabase(path)
  prepared.exec('create table settlements (operation_key text, outcome text)')
  prepared.close()
  const serverDatabase = labDatabase()
  const intent = await write.prepare(serverDatabase)
  writeFileSync(`${path}.json`, JSON.stringify({ kind: write.kind, intent }))
  const embedded = openEmbeddedNetbox({ database: serverDatabase, nowMs: () => Date.now() })
  const server = await openServer(kill, embedded)
  const stopAt = kill.kind === 'step' ? kill.name : ''
  const spawned = spawn(process.execPath, [child, path, server.url, stopAt, `${path}.json`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  server.watch(spawned)
  let said = ''
  spawned.stdout.on('data', (data) => {
    said += String(data)
    if (kill.kind === 'step') spawned.kill('SIGKILL')
  })
  await once(spawned, 'exit')
  server.watch(null)
  const methods = [...server.seen]
  await restart({ path, url: server.url, kind: write.kind, intent })
  for (const [paths, count] of [[write.one, 1] as const, [write.none, 0] as const])
    for (const one of paths)
      expect({ kill, one, count: await countAt(embedded, one) }).toEqual({ kill, one, count })
  const after = labDatabase(path)
  expect({ kill, settlements: after.prepare('select * from settlements').all() }).toEqual({
    kill,
    settlements: [{ operation_key: 'step-1', outcome: 'confirmed' }],
  })
  after.close()
  server.close()
  const counts = await Promise.all(counted.map(async (one) => [one, await countAt(embedded, one)] as const))
  return { methods, said, counts: Object.fromEntries(counts) }
}

/** The same start as ever: whoever wanted the write asks for it again, under the same key. */
async function restart(left: { path: string; url: string; kind: string; intent: unknown }): Promise<void> {
  const { path, url, kind, intent } = left
  const database = labDatabase(path)
  const inventory = openInventory({ kind: 'netbox', url, token: 'x'.repeat(40), caFile: null })
  const outbox = openOutbox({ database, clock: systemClock, inventory, photoBytes: () => photo })
  outbox.onSettled((settled) => recordSettlements(database, settled))
  const confirmed = new Promise<void>((resolve) => {
    const look = () => outbox.view()[0]?.state === 'confirmed' && resolve()
    outbox.onChange(look)
    outbox.start()
    outbox.enqueue('step-1', kind, intent)
    look()
  })
  await confirmed
  await outbox.stop()
  database.close()
}

const steps = [
  'before the intent',
  'inside the intent',
  'after the intent',
  'in flight',
  'inside settling',
  'after settling',
]

test.for(killedWrites)(
  'killed at any step, $kind is done once, leaves nothing twice, and is settled once',
  { timeout: 120_000 },
  async (write) => {
    const whole = await killedRun(write, { kind: 'request', number: Number.POSITIVE_INFINITY, done: false })
    expect(whole.said).toBe('confirmed\n')
    const kills: Kill[] = steps.map((name) => ({ kind: 'step', name }))
    for (const [at, method] of whole.methods.entries()) {
      if (method === 'GET' && at % 4 > 0) continue
      kills.push({ kind: 'request', number: at + 1, done: false })
      if (method !== 'GET') kills.push({ kind: 'request', number: at + 1, done: true })
    }
    const next = kills.values()
    const lane = async () => {
      for (const kill of next) {
        const run = await killedRun(write, kill)
        expect({ kill, counts: run.counts }).toEqual({ kill, counts: whole.counts })
        if (kill.kind === 'step') expect(run.said).toBe(`${kill.name}\n`)
        else expect(run.methods.length).toBeGreaterThanOrEqual(kill.number)
      }
    }
    await Promise.all([lane(), lane(), lane()])
    process.stderr.write(`${write.kind}: killed ${kills.length} times\n`)
  },
)
