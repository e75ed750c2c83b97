import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Part } from '../../../agent/protocol/messages.ts'
import { ended, openTab, runEnded, type Tab } from '../../../evals/worlds/tab.ts'
import { decide } from '../../support/echo-lab.ts'
import { FakeClock } from '../../support/fake-clock.ts'
import { type AgentApp, openAgentApp } from '../../support/open-agent-app.ts'

let folder: string
let app: AgentApp
const tabs: Tab[] = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hwlab-agent-'))
  app = await openAgentApp({ path: join(folder, 'hwlab.db') })
})
afterEach(async () => {
  for (const tab of tabs.splice(0)) tab.close()
  await app.close()
  rmSync(folder, { recursive: true })
})

async function openOne(): Promise<Tab> {
  const tab = await openTab(app.app.url, app.cookie)
  tabs.push(tab)
  await tab.open()
  return tab
}
async function restart(): Promise<void> {
  const { cookie } = app
  await app.close()
  app = await openAgentApp({ path: join(folder, 'hwlab.db'), cookie })
}
async function proposed(tab: Tab) {
  await tab.send('', ['photo-1'])
  await tab.until(runEnded)
  const [change] = app.approvals.open()
  if (!change) throw new Error('nothing was proposed')
  return change
}
function finishAll(words = 'HW-00001 is in the inventory.'): void {
  for (const { stepId } of app.executor.begun) app.approvals.finishStep(stepId, { kind: 'done', words })
}
function proposal(tab: Tab): Part | undefined {
  return [...tab.messages.values()]
    .flatMap((message) => message.parts)
    .find((part) => part.kind === 'tool-call' && part.tool === 'propose_record')
}

test('after the decision the call gets its outcome and the person is told, in every tab', async () => {
  const tab = await openOne()
  const change = await proposed(tab)
  const answer = await tab.ask('change-decide', {
    changeId: change.id,
    digest: change.digest,
    decision: 'approve',
    leaveOut: [],
  })
  expect(answer).toMatchObject({ kind: 'ok' })
  finishAll()
  await tab.until((one) => ended(one, 2))
  expect(proposal(tab)).toMatchObject({ state: 'done', changeId: change.id })
  expect(tab.advisorText()).toContain('HW-00001 is in the inventory.')
  expect(app.desk.calls.at(-1)).toMatchObject({ name: 'decide', operator: 'operator' })
})

test('a declined change is told as declined, and nothing ran', async () => {
  const tab = await openOne()
  const change = await proposed(tab)
  await decide(app.approvals, change, 'decline')
  await tab.until((one) => ended(one, 2))
  expect(proposal(tab)).toMatchObject({ state: 'declined' })
  expect(app.executor.begun).toEqual([])
})

test('a request with another digest is refused and the call goes on waiting', async () => {
  const tab = await openOne()
  const change = await proposed(tab)
  const forged = { changeId: change.id, digest: '0'.repeat(64), decision: 'approve' as const, leaveOut: [] }
  expect(await tab.ask('change-decide', forged)).toMatchObject({ kind: 'refused' })
  expect(proposal(tab)).toMatchObject({ state: 'waiting' })
  expect(app.executor.begun).toEqual([])
})

test('a decision made after a restart of everything still reaches the conversation', async () => {
  const change = await proposed(await openOne())
  await restart()
  const tab = await openOne()
  expect(proposal(tab)).toMatchObject({ state: 'waiting', changeId: change.id })
  await decide(app.approvals, change)
  finishAll()
  await tab.until(runEnded)
  expect(proposal(tab)).toMatchObject({ state: 'done' })
  expect(tab.advisorText()).toContain('HW-00001 is in the inventory.')
})

test('a decision that ended while HWLab was down is told at the next start, once', async () => {
  const tab = await openOne()
  const change = await proposed(tab)
  await app.app.close()
  await decide(app.approvals, change, 'decline')
  await restartAfterClose()
  const back = await openOne()
  await back.until((one) => one.advisorText().includes('Declined'))
  await restart()
  const again = await openOne()
  expect(again.advisorText().match(/Declined/g)).toHaveLength(1)
})

async function restartAfterClose(): Promise<void> {
  const { cookie } = app
  app.approvals.close()
  app.database.close()
  app = await openAgentApp({ path: join(folder, 'hwlab.db'), cookie })
}

test('a message sent while a decision is open is answered, and the outcome comes after it', async () => {
  const tab = await openOne()
  const change = await proposed(tab)
  await tab.send('find rack')
  await tab.until((one) => ended(one, 2))
  await decide(app.approvals, change)
  finishAll()
  await tab.until((one) => ended(one, 3))
  expect(tab.advisorText().trim().endsWith('HW-00001 is in the inventory.')).toBe(true)
})

test('a decision made while another answer runs waits for its turn', async () => {
  const tab = await openOne()
  const change = await proposed(tab)
  const gate = Promise.withResolvers<void>()
  app.domain.gate = gate.promise
  await tab.send('find slow')
  await tab.until(() => app.domain.finds.length === 1)
  await decide(app.approvals, change, 'decline')
  expect(proposal(tab)).toMatchObject({ state: 'waiting' })
  gate.resolve()
  await tab.until((one) => ended(one, 3))
  expect(proposal(tab)).toMatchObject({ state: 'declined' })
})

test('two decisions made while another answer runs are both told, one after the other', async () => {
  const tab = await openOne()
  for (const [index, sentence] of [
    'remember that rack 4 is in the attic',
    'remember that mine is oak',
  ].entries()) {
    await tab.send(sentence)
    await tab.until((one) => ended(one, index + 1))
  }
  const gate = Promise.withResolvers<void>()
  app.domain.gate = gate.promise
  await tab.send('find slow')
  await tab.until(() => app.domain.finds.length === 1)
  const open = () => {
    const last = tab.sections.findLast(({ section }) => section === 'changes')
    return last?.section === 'changes' ? last.value : []
  }
  await tab.until(() => open().length === 2)
  for (const { id: changeId, digest } of open())
    await tab.ask('change-decide', { changeId, digest, decision: 'decline', leaveOut: [] })
  gate.resolve()
  await tab.until((one) => ended(one, 5))
  const asked = [...tab.messages.values()].flatMap(({ parts }) =>
    parts.flatMap((part) => (part.kind === 'tool-call' && part.tool === 'remember' ? [part.state] : [])),
  )
  expect(asked).toEqual(['declined', 'declined'])
  expect(app.log.filter((line) => line.includes('UNIQUE'))).toEqual([])
})

test('an answer that a crash cut off keeps its text and says that it was cut', async () => {
  const tab = await openOne()
  app.domain.gate = new Promise(() => {})
  await tab.send('find slow')
  await tab.until((one) => one.chunks.some(({ body }) => body.kind === 'part-set'))
  // What kill -9 leaves: the run is still running and only its chunks are on disk.
  const rows = app.database.prepare("select id from runs where state = 'running'").all()
  expect(rows).toHaveLength(1)
  const copy = join(folder, 'after-crash.db')
  await app.database.backup(copy)
  const { cookie } = app
  await app.close()
  app = await openAgentApp({ path: copy, cookie })
  const back = await openOne()
  expect(back.advisorText()).toContain('HWLab was restarted while answering.')
  const call = [...back.messages.values()]
    .flatMap((message) => message.parts)
    .find((part) => part.kind === 'tool-call')
  expect(call).toMatchObject({ tool: 'find_item', state: 'failed' })
  await back.send('find rack')
  await back.until(runEnded)
  expect(back.advisorText()).toContain('Switch rack')
})

test('what a person is asked about is on disk in its message before the asking is', async () => {
  await app.close()
  app = await openAgentApp({ clock: new FakeClock() })
  const before: unknown[] = []
  app.database.function('note_chunks', (chunks) => before.push(chunks))
  app.database.exec(`create temp trigger asked after insert on main.pending_calls begin
    select note_chunks((select count(*) from chunks where body like '%propose_record%')); end`)
  await proposed(await openOne())
  expect(before).toEqual([1])
})

test('a decision is told, and its conversation can be deleted, even when a crash took the message that asked', async () => {
  const tab = await openOne()
  const change = await proposed(tab)
  const conversationId = await tab.open()
  app.database.prepare("delete from messages where role = 'advisor'").run()
  await decide(app.approvals, change, 'decline')
  await tab.until((one) => ended(one, 2))
  expect(tab.advisorText()).toContain('Declined')
  await restart()
  const back = await openOne()
  expect(await back.ask('conversation-delete', { conversationId })).toMatchObject({ kind: 'ok' })
})

test('shutting down parks a running answer with a sentence in it', async () => {
  const tab = await openOne()
  app.domain.gate = new Promise(() => {})
  await tab.send('find slow')
  await tab.until(() => app.domain.finds.length === 1)
  await restart()
  const back = await openOne()
  expect(back.advisorText()).toContain('HWLab was shut down while answering. Ask again.')
})

test('when the card was edited, the call waits for the newer request instead', async () => {
  const tab = await openOne()
  const change = await proposed(tab)
  const steps = change.steps.map(({ kind, title, waitsFor, optional }) => ({
    ...{ kind, title, waitsFor, optional },
    payload: { item_id: 'item-1', serial: 'corrected' },
  }))
  const { title, tier, lines, warnings, itemId } = change
  const newer = app.approvals.file(
    { title, tier, lines, warnings, itemId, steps },
    { server: 'netbox', tool: 'propose_record', requester: 'operator:Operator' },
  )
  expect(app.approvals.get(change.id)?.state).toBe('superseded')
  expect(proposal(tab)).toMatchObject({ state: 'waiting' })
  await restart()
  await decide(app.approvals, newer)
  finishAll()
  const back = await openOne()
  await back.until((one) => one.advisorText().includes('HW-00001 is in the inventory.'))
  expect(proposal(back)).toMatchObject({ state: 'done', changeId: newer.id })
})
