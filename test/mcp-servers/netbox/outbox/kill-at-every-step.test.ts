import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { afterAll, expect, test } from 'vitest'
import { openInventory } from '../../../../mcp-servers/netbox/client/open-inventory.ts'
import { openEmbeddedNetbox } from '../../../../mcp-servers/netbox/embedded/open-embedded-netbox.ts'
import { openOutbox } from '../../../../mcp-servers/netbox/outbox/open-outbox.ts'
import { systemClock } from '../../../../mcp-servers/serving/clock.ts'
import { countAt, enqueue, labDatabase, photo, recordSettlements, temporaryFolder } from './queue-world.ts'

type Kill =
  | { kind: 'step'; name: string }
  /** While the child's n-th request is on its way: before the server has done it, or after, with the answer never sent. */
  | { kind: 'request'; number: number; done: boolean }

const folder = temporaryFolder()
afterAll(() => folder.remove())
const child = join(import.meta.dirname, 'killed-child.ts')

/** A NetBox on loopback that kills its client at the wanted request. */
async function openServer(kill: Kill) {
  const embedded = openEmbeddedNetbox({ database: labDatabase(), nowMs: () => Date.now() })
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

let runs = 0
async function killedRun(kill: Kill): Promise<{ methods: string[]; said: string }> {
  const path = join(folder.path, `run-${++runs}.db`)
  const prepared = labDatabase(path)
  prepared.exec('create table settlements (operation_key text, outcome text)')
  prepared.close()
  const server = await openServer(kill)
  const stopAt = kill.kind === 'step' ? kill.name : ''
  const spawned = spawn(process.execPath, [child, path, server.url, stopAt], {
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
  await restart(path, server.url)
  const paths = [
    'dcim/devices/',
    'extras/image-attachments/',
    'extras/journal-entries/',
    'dcim/manufacturers/',
  ]
  const counts = await Promise.all(paths.map((one) => countAt(server.embedded, one)))
  expect({ kill, counts }).toEqual({ kill, counts: [1, 1, 1, 1] })
  const after = labDatabase(path)
  expect({ kill, settlements: after.prepare('select * from settlements').all() }).toEqual({
    kill,
    settlements: [{ operation_key: 'step-1', outcome: 'confirmed' }],
  })
  after.close()
  server.close()
  return { methods, said }
}

/** The same start as ever: whoever wanted the item asks for it again, under the same key. */
async function restart(path: string, url: string): Promise<void> {
  const database = labDatabase(path)
  const inventory = openInventory({ kind: 'netbox', url, token: 'x'.repeat(40), caFile: null })
  const outbox = openOutbox({ database, clock: systemClock, inventory, photoBytes: () => photo })
  outbox.onSettled((settled) => recordSettlements(database, settled))
  const confirmed = new Promise<void>((resolve) => {
    const look = () => outbox.view()[0]?.state === 'confirmed' && resolve()
    outbox.onChange(look)
    outbox.start()
    enqueue(outbox, 1)
    look()
  })
  await confirmed
  await outbox.stop()
  database.close()
}

test('killed at any step, one item becomes one device, one photo, one journal entry, and is settled once', async () => {
  const whole = await killedRun({ kind: 'request', number: Number.POSITIVE_INFINITY, done: false })
  expect(whole.said).toBe('confirmed\n')
  const kills: Kill[] = [
    'before the intent',
    'inside the intent',
    'after the intent',
    'in flight',
    'inside settling',
    'after settling',
  ].map((name) => ({ kind: 'step', name }))
  for (const [at, method] of whole.methods.entries()) {
    kills.push({ kind: 'request', number: at + 1, done: false })
    if (method !== 'GET') kills.push({ kind: 'request', number: at + 1, done: true })
  }
  const next = kills.values()
  const lane = async () => {
    for (const kill of next) {
      const run = await killedRun(kill)
      if (kill.kind === 'step') expect(run.said).toBe(`${kill.name}\n`)
      else expect(run.methods.length).toBeGreaterThanOrEqual(kill.number)
    }
  }
  await Promise.all([lane(), lane(), lane()])
  process.stderr.write(`killed ${kills.length} times\n`)
}, 120_000)
