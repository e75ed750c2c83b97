import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  cableTestNotesDesk,
  onNotesChanged,
  testInInventoryView,
} from '../../../mcp-servers/desk/cable-test-notes.ts'
import { openDeviceRegistry } from '../../../mcp-servers/devices/bench/registry.ts'
import {
  type CableTests,
  openCableTests,
} from '../../../mcp-servers/devices/cable-testers/open-cable-tests.ts'
import { cableTestMigrations } from '../../../mcp-servers/devices/cable-testers/tests-table.ts'
import { quietBench } from '../../support/quiet-bench.ts'
import { recordInInventory } from '../../support/record-in-inventory.ts'
import { recordedItemOfATest } from '../netbox/changes/recorded-item-of-a-test.ts'

/** HW-00001 is a switch in the inventory, with a port; srv-2 has one as well. */
const world = recordedItemOfATest({ tables: [cableTestMigrations] })
const closing: (() => Promise<void>)[] = []
let cableTests: CableTests

beforeEach(async () => {
  const registry = await openDeviceRegistry({
    enumerate: async () => ({ kind: 'listed', devices: [] }),
    ...quietBench,
  })
  cableTests = await openCableTests({
    ...{ registry, database: world.lab.parts.database, clock: quietBench.clock, changed() {} },
    onFault: quietBench.onFault,
  })
  closing.push(registry.close, cableTests.close)
})
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const desk = () => cableTestNotesDesk({ cableTests }, world.lab.parts.netbox)
const view = (testId: string) => testInInventoryView({ cableTests }, world.lab.parts.netbox, testId)
const note = (testId: string) => desk()['cable-test-note']({ testId }, 'operator')
const attach = (testId: string, itemId: string | null) =>
  desk()['cable-test-attach']({ testId, itemId }, 'operator')

/** Pin 4 open, by hand. */
function result(): string {
  const entry = Object.fromEntries([...'12345678'].map((pin) => [pin, pin === '4' ? [] : [pin]]))
  const wish = { wiringId: 'rj45-straight', shieldExpected: false, entry, photoIds: [], operator: 'operator' }
  const entered = cableTests.enter(wish)
  if (entered.kind === 'refused') throw new Error(entered.why)
  return entered.id
}

/** A result that belongs to HW-00001. */
async function resultOfSwitch(): Promise<string> {
  const testId = result()
  expect(await attach(testId, world.itemId)).toMatchObject({ kind: 'ok' })
  return testId
}

async function filed(testId: string): Promise<string> {
  const answer = await note(testId)
  if (answer.kind === 'refused') throw new Error(answer.why)
  return answer.value.changeId
}

async function refusal(asking: Promise<{ kind: string; why?: string }>): Promise<string> {
  const answer = await asking
  return answer.kind === 'refused' ? (answer.why ?? '') : 'not refused'
}

async function journal(): Promise<Record<string, unknown>[]> {
  const answer = await world.lab.parts.inventory.rest.list('extras/journal-entries', {})
  if (answer.kind === 'failed') throw new Error(answer.why)
  return answer.rows.filter(({ comments }) => String(comments).startsWith('Cable test'))
}

/** HW-00001 Gi1/0/1 – srv-2 eno1. */
async function cable(): Promise<number> {
  const { inventory } = world.lab.parts
  const make = (endpoint: string, json: Record<string, unknown>) =>
    recordInInventory(inventory, endpoint, json)
  const [record] = await world.lab.records()
  const answer = await inventory.rest.call({ method: 'GET', path: `dcim/devices/${record?.id}/` })
  const body = answer.kind === 'ok' ? JSON.parse(JSON.stringify(answer.body)) : null
  const [device_type, role, site] = [body.device_type.id, body.role.id, body.site.id]
  const server = await make('dcim/devices', { name: 'srv-2', device_type, role, site, asset_tag: 'HW-00002' })
  const end = async (device: unknown, name: string) => [
    {
      object_type: 'dcim.interface',
      object_id: await make('dcim/interfaces', { device, name, type: '1000base-t' }),
    },
  ]
  return make('dcim/cables', {
    a_terminations: await end(record?.id, 'Gi1/0/1'),
    b_terminations: await end(server, 'eno1'),
  })
}

test('a result is asked about, approved, written once and told as noted; asking again says so', async () => {
  const testId = await resultOfSwitch()
  const changeId = await filed(testId)
  expect(view(testId)).toMatchObject({ note: { kind: 'waiting', changeId }, isNoted: false })
  expect(world.lab.change(changeId)).toMatchObject({
    tier: 'write',
    title: 'Cable test of Ubiquiti UniFi Switch Lite 16 PoE (HW-00001)',
    lines: expect.arrayContaining([
      { label: 'Cable test', before: null, after: 'Pin 4 open — FAIL' },
      {
        label: 'Wires',
        before: null,
        after: '1 to 1, 2 to 2, 3 to 3, 4 open, 5 to 5, 6 to 6, 7 to 7, 8 to 8',
      },
      { label: 'What this tester cannot see', before: null, after: 'Split pairs were not tested.' },
    ]),
  })
  await world.done(world.lab.change(changeId))
  expect(await journal()).toMatchObject([
    {
      kind: { value: 'danger' },
      assigned_object_type: 'dcim.device',
      comments: expect.stringContaining(testId),
    },
  ])
  expect(view(testId)).toMatchObject({ note: { kind: 'noted' }, isNoted: true })
  expect(await refusal(note(testId))).toMatch(/was noted already/)
})

test('clicks that come at once file one request', async () => {
  const testId = await resultOfSwitch()
  const answers = await Promise.all([note(testId), note(testId), note(testId)])
  expect(answers.map(({ kind }) => kind).sort()).toEqual(['ok', 'refused', 'refused'])
  expect(world.lab.parts.approvals.open()).toHaveLength(1)
  expect(await refusal(note(testId))).toBe('This result waits for your decision already.')
})

test('a result goes to the journal of the cable that was chosen among those of its item', async () => {
  const cableId = await cable()
  const testId = await resultOfSwitch()
  expect(await desk()['cable-test-cables']({ testId })).toMatchObject({
    value: { cables: [{ id: cableId, words: expect.stringMatching(/Gi1\/0\/1 – srv-2.* eno1/) }] },
  })
  await desk()['cable-test-cable']({ testId, cableId }, 'operator')
  expect(view(testId).cable).toMatchObject({ tags: ['HW-00001', 'HW-00002'] })
  const change = world.lab.change(await filed(testId))
  expect(change.warnings).toEqual(['HWLab did not make this record.'])
  await world.done(change)
  expect(await journal()).toMatchObject([{ assigned_object_type: 'dcim.cable', assigned_object_id: cableId }])
})

test('a cable that was taken out meanwhile is told, before and after approval', async () => {
  const cableId = await cable()
  const testId = await resultOfSwitch()
  await desk()['cable-test-cable']({ testId, cableId }, 'operator')
  const change = world.lab.change(await filed(testId))
  let told = 0
  const stop = onNotesChanged(
    {
      approvals: world.lab.parts.approvals,
      devices: { cableTests },
      netbox: world.lab.parts.netbox,
    },
    () => {
      told += 1
    },
  )
  await world.lab.parts.inventory.rest.call({ method: 'DELETE', path: `dcim/cables/${cableId}/` })
  await world.lab.decide(change)
  await expect
    .poll(() => view(testId).note)
    .toMatchObject({
      kind: 'stands',
      why: expect.stringMatching(/was taken out in NetBox, so the note has no place/),
    })
  expect(told).toBeGreaterThan(1)
  stop()
  const other = await resultOfSwitch()
  expect(await refusal(desk()['cable-test-cable']({ testId: other, cableId }, 'operator'))).toMatch(
    /not connected in NetBox any more/,
  )
  expect(await journal()).toEqual([])
})

test.each(['deleted', 'moved'] as const)(
  'a result that is %s meanwhile takes its request along',
  async (fate) => {
    const testId = await resultOfSwitch()
    const change = world.lab.change(await filed(testId))
    if (fate === 'deleted') await desk()['cable-test-delete']({ testId }, 'operator')
    else await attach(testId, null)
    expect(world.lab.change(change.id)).toMatchObject({ state: 'cancelled' })
    expect(await world.lab.decide(change)).toMatchObject({ kind: 'refused' })
    expect(await journal()).toEqual([])
  },
)

test('a result that is deleted while its request is made files none', async () => {
  const testId = await resultOfSwitch()
  const asking = note(testId)
  await desk()['cable-test-delete']({ testId }, 'operator')
  expect(await refusal(asking)).toBe('This test is not there any more.')
  expect(world.lab.parts.approvals.open()).toEqual([])
})

test('a request that was declined can be asked again, and a note that was taken back too', async () => {
  const testId = await resultOfSwitch()
  await world.lab.decide(world.lab.change(await filed(testId)), 'decline')
  expect(view(testId).note).toBeNull()
  const change = await world.done(world.lab.change(await filed(testId)))
  const undo = await world.lab.parts.netbox.changes.proposeUndo(change.id, 'operator')
  await world.done(world.lab.change(undo.kind === 'filed' ? (undo.changeId ?? '') : ''))
  expect(view(testId)).toMatchObject({ note: null, isNoted: false })
  await world.done(world.lab.change(await filed(testId)))
  expect(await journal()).toHaveLength(1)
})

test('a result of nothing, of a draft, or of a simulated tester is not noted', async () => {
  expect(await refusal(note(result()))).toMatch(/Choose what this result belongs to/)
  const draft = await world.lab.intake([], 'A bag of cables')
  const ofDraft = result()
  await attach(ofDraft, draft.id)
  expect(await refusal(note(ofDraft))).toMatch(/not in the inventory yet/)
  expect(await refusal(desk()['cable-test-cables']({ testId: ofDraft }))).toMatch(/not in the inventory yet/)
  const simulated = await resultOfSwitch()
  world.lab.parts.database.prepare('update cable_tests set simulated = 1 where id = ?').run(simulated)
  expect(await refusal(note(simulated))).toMatch(/simulated tester says nothing/)
})

test('the last result of an item stays in view, however many come after it', async () => {
  const testId = await resultOfSwitch()
  for (let count = 0; count < 40; count += 1) result()
  expect(cableTests.results().map(({ id }) => id)).toContain(testId)
})
