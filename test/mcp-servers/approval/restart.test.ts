import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ChangeRequest } from '../../../mcp-servers/approval/change-request.ts'
import { wordPlan } from '../../support/echo-domain.ts'
import { decide, type EchoLab, openEchoLab } from '../../support/echo-lab.ts'
import { beginOnDisk, effects } from '../../support/effects-table.ts'
import { FakeClock } from '../../support/fake-clock.ts'

let folder: string
let labs: EchoLab[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hwlab-approval-'))
  labs = []
})
afterEach(() => {
  for (const lab of labs) lab.close()
  rmSync(folder, { recursive: true })
})

function openAgain(clock = new FakeClock()): EchoLab {
  const lab = openEchoLab({ path: join(folder, 'hwlab.db'), clock })
  labs.push(lab)
  for (const executor of [lab.store, lab.say]) executor.begin = beginOnDisk(lab.database)
  return lab
}

async function killAt(point: string): Promise<void> {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, '../../support/approval-child.ts'), join(folder, 'hwlab.db'), point],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const [said] = await once(child.stdout, 'data')
  expect(String(said)).toBe(`${point}\n`)
  child.kill('SIGKILL')
  await once(child, 'exit')
}

/** What the workers do: every running step is reported as done. */
function work(lab: EchoLab): void {
  for (let change = onlyOpen(lab); change; change = onlyOpen(lab)) {
    const running = change.steps.find(({ state }) => state === 'running')
    if (!running) return
    lab.approvals.finishStep(running.id, { kind: 'done', words: 'Done.' })
  }
}

function onlyOpen(lab: EchoLab): ChangeRequest | undefined {
  return lab.approvals.open()[0]
}

test('a request that waits survives the death of the process and can still be decided, once', async () => {
  await killAt('proposed')
  const lab = openAgain()
  await lab.approvals.resume()
  const change = onlyOpen(lab)
  if (!change) throw new Error('the request is lost')
  expect(change.state).toBe('proposed')
  expect(effects(lab.database)).toEqual([])
  expect(await decide(lab.approvals, change)).toMatchObject({ kind: 'decided' })
  work(lab)
  expect(lab.approvals.get(change.id)?.state).toBe('done')
  expect(effects(lab.database)).toEqual(change.steps.map(({ id }) => id))
})

test.each([
  'approved, not executing',
  'inside begin of echo.create_word',
  'executing',
  'inside begin of echo.print_word',
  'second step running',
])('killed at “%s”, the next process carries every step out exactly once', async (point) => {
  await killAt(point)
  const lab = openAgain()
  await lab.approvals.resume()
  work(lab)
  const change = latest(lab)
  expect(change.state).toBe('done')
  expect(effects(lab.database)).toEqual(change.steps.map(({ id }) => id))
  expect(lab.approvals.audit.verify()).toEqual({ kind: 'whole' })
  const begun = lab.approvals.audit.list(change.id).filter(({ what }) => what === 'step running')
  expect(begun).toHaveLength(2)
  expect(await decide(lab.approvals, change)).toMatchObject({ kind: 'refused' })
})

function latest(lab: EchoLab): ChangeRequest {
  const id = lab.approvals.audit.list()[0]?.about ?? ''
  const change = lab.approvals.get(id)
  if (!change) throw new Error('the request is lost')
  return change
}

test('killed after everything was done, the next process does nothing again', async () => {
  await killAt('done')
  const lab = openAgain()
  const before = effects(lab.database)
  await lab.approvals.resume()
  expect(latest(lab).state).toBe('done')
  expect(effects(lab.database)).toEqual(before)
})

test('an approval that nobody carried out in time expires at the next start', async () => {
  await killAt('approved, not executing')
  const clock = new FakeClock()
  clock.advance(25 * 60 * 60 * 1000)
  const lab = openAgain(clock)
  await lab.approvals.resume()
  expect(latest(lab).state).toBe('expired')
  expect(effects(lab.database)).toEqual([])
})

test('an approved request that was altered while nobody ran is not carried out', async () => {
  await killAt('approved, not executing')
  const lab = openAgain()
  lab.database.prepare('update change_steps set payload = ?').run('{"word":"poison"}')
  await lab.approvals.resume()
  expect(latest(lab).state).toBe('stale')
  expect(effects(lab.database)).toEqual([])
})

test('a running step that was altered while nobody ran is not begun again; a person is asked', async () => {
  await killAt('executing')
  const lab = openAgain()
  lab.database.prepare('update change_steps set payload = ?').run('{"word":"poison"}')
  const begins: string[] = []
  lab.store.begin = (stepId) => void begins.push(stepId)
  await lab.approvals.resume()
  expect(begins).toEqual([])
  expect(latest(lab).steps.map(({ state }) => state)).toEqual(['unknown', 'failed'])
  expect(latest(lab).state).toBe('unknown')
})

test('requests that ran out while nobody ran are expired at the next start', async () => {
  const first = openAgain()
  const from = { server: 'netbox', tool: 'store_word', requester: 'client:agent' }
  const change = first.approvals.file(wordPlan('apple'), from)
  const clock = new FakeClock(change.expiresAtMs + 1)
  const lab = openAgain(clock)
  await lab.approvals.resume()
  expect(lab.approvals.get(change.id)?.state).toBe('expired')
})
