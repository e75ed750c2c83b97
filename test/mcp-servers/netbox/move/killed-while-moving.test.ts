import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { FakeClock } from '../../../support/fake-clock.ts'
import { type NetboxOverHttp, openNetboxOverHttp } from '../../../support/netbox-over-http.ts'
import { openNetboxLab } from '../../../support/open-netbox-server.ts'
import { openLabOn } from './open-lab-on.ts'
import { fillOwnInventory } from './own-inventory-world.ts'

const folder = mkdtempSync(join(tmpdir(), 'hwlab-moving-'))
const prepared = join(folder, 'prepared.db')
const child = join(import.meta.dirname, 'moving-child.ts')

beforeAll(async () => {
  const lab = await openNetboxLab()
  await fillOwnInventory(lab)
  await lab.parts.database.backup(prepared)
  await lab[Symbol.asyncDispose]()
})
afterAll(() => rmSync(folder, { recursive: true }))

/** A move in a process of its own, killed while its n-th write is on its way: before it is carried out, or after. */
async function killedAt(write: number, isDone: boolean): Promise<{ writes: number; said: string }> {
  const stateDir = join(folder, `state-${write}-${isDone}`)
  mkdirSync(stateDir)
  copyFileSync(prepared, join(stateDir, 'hwlab.db'))
  const netbox = await openNetboxOverHttp()
  let victim: ChildProcess | null = null
  let writes = 0
  netbox.before = async (request) => {
    if (victim === null || request.method === 'GET') return null
    writes += 1
    if (writes !== write) return null
    if (isDone) await netbox.inside(request)
    victim.kill('SIGKILL')
    return new Response(null, { status: 503 })
  }
  const spawned = spawn(process.execPath, [child, stateDir, netbox.url, netbox.token], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  victim = spawned
  let said = ''
  spawned.stdout.on('data', (text) => {
    said += String(text)
    spawned.kill('SIGKILL')
  })
  await once(spawned, 'exit')
  victim = null
  await goOn(stateDir, netbox)
  const counts = await Promise.all(
    [
      'devices',
      'modules',
      'cables',
      'interfaces',
      'mac-addresses',
      'sites',
      'locations',
      'manufacturers',
    ].map(async (kind) => `${(await netbox.rows(`dcim/${kind}/`)).length} ${kind}`),
  )
  expect({ write, isDone, counts }).toEqual({
    ...{ write, isDone },
    counts: [
      ...['2 devices', '1 modules', '1 cables', '4 interfaces', '2 mac-addresses'],
      ...['1 sites', '2 locations', '2 manufacturers'],
    ],
  })
  const hung = await Promise.all(
    ['image-attachments', 'journal-entries', 'tags'].map((kind) => netbox.rows(`extras/${kind}/`)),
  )
  expect({ write, isDone, hung: hung.map((rows) => rows.length) }).toEqual({ write, isDone, hung: [2, 3, 1] })
  await netbox.close()
  return { writes, said }
}

/** The next start finishes what was approved; asked again, nothing is left. */
async function goOn(stateDir: string, netbox: NetboxOverHttp): Promise<void> {
  // A request that was given up may still be carried out for a while: what hangs on it waits for that, by the clock.
  const clock = new FakeClock(Date.now() + 1_000)
  const lab = await openLabOn(stateDir, netbox, clock)
  const [change] = lab.approvals.open()
  if (change?.state === 'proposed')
    await lab.approvals.decide({
      ...{ changeId: change.id, digest: change.digest, leaveOut: [], operator: 'operator' },
      ...{ decision: 'approve', channel: 'shell' },
    })
  for (let idle = 0; lab.approvals.open().length > 0; ) {
    await new Promise((resolve) => setImmediate(resolve))
    idle = netbox.busy() === 0 ? idle + 1 : 0
    if (idle > 60) {
      clock.advance(15_000)
      idle = 0
    }
  }
  const again = await lab.shell({ ask: 'move', file: true, operator: 'operator' })
  expect(again).toMatchObject({ kind: 'answer', isAllWell: true, change: null })
  await lab.close()
}

const everyNth = 7

test('killed while it moves, nothing is lost or doubled, and the next start finishes the move', async () => {
  const whole = await killedAt(Number.POSITIVE_INFINITY, false)
  expect(whole.said).toBe('moved\n')
  let kills = 0
  for (let write = 1; write <= whole.writes; write += everyNth) {
    const run = await killedAt(write, kills % 2 === 1)
    expect(run.writes).toBeGreaterThanOrEqual(write)
    kills += 1
  }
  process.stderr.write(`killed ${kills} times in ${whole.writes} writes\n`)
}, 120_000)
