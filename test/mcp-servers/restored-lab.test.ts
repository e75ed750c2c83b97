import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openApprovals } from '../../mcp-servers/approval/approvals.ts'
import { openTyping } from '../../mcp-servers/devices/consoles/typing-executor.ts'
import { openPrintJobs } from '../../mcp-servers/devices/print-queue/print-jobs.ts'
import { openPrintQueue } from '../../mcp-servers/devices/print-queue/print-queue.ts'
import { labTables } from '../../mcp-servers/lab.ts'
import { allocateTag } from '../../mcp-servers/netbox/tags/tags.ts'
import { openForeignCalls } from '../../mcp-servers/others/foreign-calls.ts'
import { type HeldBack, holdRestoredLab } from '../../mcp-servers/restored-lab.ts'
import { openDatabase } from '../../mcp-servers/serving/database.ts'
import { FakeClock } from '../support/fake-clock.ts'
import { seenLabel } from '../support/fake-photo-reader.ts'
import { type NetboxOverHttp, openNetboxOverHttp } from '../support/netbox-over-http.ts'
import { type NetboxLab, openNetboxLab } from '../support/open-netbox-server.ts'

const labelOf = (serial: string) =>
  seenLabel({
    codes: [{ text: `S${serial}` }],
    lines: ['Ubiquiti', 'Model: USW-Lite-16-PoE', `S/N: ${serial}`],
  })

let netbox: NetboxOverHttp
let lab: NetboxLab
beforeEach(async () => {
  netbox = await openNetboxOverHttp()
  const { url, token } = netbox
  lab = await openNetboxLab({ netbox: { url, token }, tables: labTables.slice(-5) })
})
afterEach(async () => {
  await lab[Symbol.asyncDispose]()
  await netbox.close()
})

const backUp = () => lab.parts.database.serialize()

/** Ends the lab, puts the backup in its place and starts it again. */
async function restore(backup: Buffer): Promise<HeldBack> {
  await lab.shut()
  const path = join(lab.stateDir, 'hwlab.db')
  for (const log of ['-wal', '-shm']) rmSync(path + log, { force: true })
  writeFileSync(path, backup)
  const database = openDatabase(path, labTables)
  const held = holdRestoredLab(database, lab.clock, { by: 'operator', from: '/backup', replaced: null })
  database.close()
  await lab.open()
  return held
}

async function intake(serial: string) {
  return lab.intake([await lab.photo(labelOf(serial))])
}

async function record(itemId: string) {
  const change = await lab.propose(itemId)
  await lab.decide(change)
  return lab.ended(change.id)
}

const tagsInNetbox = async () => (await netbox.rows('dcim/devices/')).map((row) => row.asset_tag)
const refuseAll = () => new Response(null, { status: 503 })

test('a tag that NetBox got since the backup is not given to another thing', async () => {
  const backup = backUp()
  await record((await intake('UB24X7K9Q2M1')).id)
  await restore(backup)
  const other = await intake('UB24X7K9Q2M2')
  expect((await record(other.id)).state).toBe('done')
  expect(lab.card(other.id).tag).toBe('HW-00002')
  expect(await tagsInNetbox()).toEqual(['HW-00001', 'HW-00002'])
})

test('while NetBox is away after a restore no new tag is given, because nobody knows which are taken', async () => {
  const backup = backUp()
  await record((await intake('UB24X7K9Q2M1')).id)
  await restore(backup)
  const other = await intake('UB24X7K9Q2M2')
  netbox.before = refuseAll
  expect(await lab.call('propose_record', { item_id: other.id, print: true })).toMatchObject({
    kind: 'refused',
    why: expect.stringContaining('restored from a backup'),
  })
  expect(lab.card(other.id).tag).toBeNull()
  netbox.before = () => null
  await lab.propose(other.id)
  expect(lab.card(other.id).tag).toBe('HW-00002')
})

test('tags that the replaced state had given are not given again, also without NetBox', () => {
  const [replaced, restored] = [openDatabase(':memory:', labTables), openDatabase(':memory:', labTables)]
  for (const item of ['a', 'b', 'c']) allocateTag(replaced, item)
  holdRestoredLab(restored, new FakeClock(), { by: 'operator', from: '/backup', replaced })
  expect(allocateTag(restored, 'd')).toBe('HW-00004')
})

test('a draft that was recorded since the backup is not recorded a second time, nor labelled', async () => {
  const draft = await intake('UB24X7K9Q2M1')
  const backup = backUp()
  await record(draft.id)
  await restore(backup)
  const change = await lab.propose(draft.id)
  await lab.decide(change)
  const stopped = await lab.until(draft.id, ({ stateWords }) => stateWords === 'Needs you')
  expect(stopped.nextAction).toContain('This item is in NetBox as')
  expect(await tagsInNetbox()).toEqual(['HW-00001'])
  expect(lab.printed).toHaveLength(1)
})

test('a request that waited has ended, because it may have been decided since', async () => {
  const draft = await intake('UB24X7K9Q2M1')
  const change = await lab.propose(draft.id)
  const backup = backUp()
  await lab.decide(change)
  await lab.ended(change.id)
  expect(await restore(backup)).toMatchObject({ requests: 1, writes: 0 })
  expect(lab.change(change.id)).toMatchObject({
    state: 'expired',
    why: expect.stringContaining('restored from a backup'),
  })
  expect(await lab.decide(change)).toMatchObject({ kind: 'refused' })
  expect(await tagsInNetbox()).toEqual(['HW-00001'])
})

test('what was approved and is done since is neither written nor printed again', async () => {
  const draft = await intake('UB24X7K9Q2M1')
  lab.options.start = false
  await lab.restart()
  const change = await lab.propose(draft.id)
  await lab.decide(change)
  const backup = backUp()
  lab.parts.netbox.start()
  await lab.ended(change.id)
  expect(lab.printed).toHaveLength(1)

  lab.options.start = true
  expect(await restore(backup)).toMatchObject({ writes: 1 })
  const writes = () => netbox.requests.filter((request) => !request.startsWith('GET '))
  const written = writes().length
  await lab.until(draft.id, ({ nextAction }) => nextAction.includes('restored from a backup'))
  expect(writes()).toHaveLength(written)
  lab.parts.netbox.queueActions.retryAll('operator')
  const ended = await lab.ended(change.id)
  expect(ended.steps.map(({ state }) => state)).toEqual(['done', 'failed'])
  expect(ended.steps[1]?.outcome).toContain('Not done. HWLab was restored from a backup')
  expect(writes()).toHaveLength(written)
  expect(await tagsInNetbox()).toEqual(['HW-00001'])
  expect(lab.printed).toHaveLength(1)
})

test('labels, keys and calls that waited are asked about, not sent', async () => {
  const clock = new FakeClock()
  const database = openDatabase(':memory:', labTables)
  const jobs = openPrintJobs(database, clock)
  jobs.insert({ id: 'job', stepId: 'step-1', tag: 'HW-00001', printerId: 'ql', printerName: 'QL' })
  const calls = openForeignCalls(database, clock)
  calls.queue({ server: 'dns', tool: 'add', fingerprint: 'f', args: {}, conversation: null }, 'step-2')
  database
    .prepare("insert into console_typing values ('step-3', 'usb', 'reload', 9600, 'operator', 'queued')")
    .run()
  const held = holdRestoredLab(database, clock, { by: 'operator', from: '/backup', replaced: null })
  expect(held).toEqual({ writes: 0, requests: 0, labels: 1, calls: 1 })

  const told: [string, string][] = []
  const report = (stepId: string, { kind }: { kind: string }) => told.push([stepId, kind])
  const nothing = () => {
    throw new Error('nothing may be sent')
  }
  const queue = openPrintQueue({
    ...{ jobs, clock, report, printer: () => null, onFault: nothing, changed: () => undefined },
    record: async () => nothing(),
  })
  queue.enqueue('step-1', { tag: 'HW-00001', printerId: 'ql', printerName: 'QL' })
  await queue.idle()
  const consoles = { places: () => [], openTerminal: nothing, type: nothing, closeTerminal: nothing }
  openTyping({ database, clock, consoles, report }).begin('step-3', {
    ...{ place: 'usb', text: 'reload', baudRate: 9600 },
  })
  await expect
    .poll(() => told)
    .toEqual([
      ['step-1', 'unknown'],
      ['step-3', 'unknown'],
    ])
  expect(calls.ofStep('step-2')).toMatchObject({ state: 'unknown' })
})

test('the audit says who restored what, and stays whole', () => {
  const database = openDatabase(':memory:', labTables)
  const clock = new FakeClock()
  holdRestoredLab(database, clock, { by: 'operator', from: '/backup', replaced: null })
  const { audit } = openApprovals({ database, clock })
  expect(audit.list()).toMatchObject([
    {
      who: 'operator:operator',
      channel: 'shell',
      what: 'restored from a backup',
      details: { from: '/backup' },
    },
  ])
  expect(audit.verify()).toEqual({ kind: 'whole' })
})
