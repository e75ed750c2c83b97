import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { ChangeRequest } from '../../../../mcp-servers/approval/change-request.ts'
import { seenLabel } from '../../../support/fake-photo-reader.ts'
import { type NetboxLab, openNetboxLab } from '../../../support/open-netbox-server.ts'

const serial = 'UB24X7K9Q2M1'
const switchLabel = seenLabel({
  codes: [{ text: `S${serial}` }],
  lines: ['Ubiquiti', 'Model: USW-Lite-16-PoE', `S/N: ${serial}`],
})

let lab: NetboxLab
let itemId: string
let created: ChangeRequest
/** HW-00001 is recorded. */
beforeEach(async () => {
  lab = await openNetboxLab()
  const item = await lab.intake([await lab.photo(switchLabel)])
  itemId = item.id
  created = await lab.propose(itemId, false)
  await lab.decide(created)
  await lab.ended(created.id)
})
afterEach(async () => {
  expect(lab.faults).toEqual([])
  await lab[Symbol.asyncDispose]()
})

async function asked(tool: string, args: Record<string, unknown>): Promise<ChangeRequest> {
  const answer = await lab.call(tool, args)
  if (answer.kind === 'refused') throw new Error(answer.why)
  return lab.change(z.string().parse(answer.output.change_id))
}

const propose = (...fields: string[]) => asked('propose_change', { tag: 'HW-00001', fields })

async function refusal(tool: string, args: Record<string, unknown>): Promise<string> {
  const answer = await lab.call(tool, args)
  return answer.kind === 'refused' ? answer.why : 'not refused'
}

async function done(change: ChangeRequest): Promise<ChangeRequest> {
  expect(await lab.decide(change)).toMatchObject({ kind: 'decided' })
  const ended = await lab.ended(change.id)
  expect(ended.state).toBe('done')
  return ended
}

async function recordNow(): Promise<Record<string, unknown>> {
  const [record] = await lab.records()
  const path = `dcim/devices/${record?.id}/`
  const answer = await lab.parts.inventory.rest.call({ method: 'GET', path })
  if (answer.kind === 'failed') throw new Error(answer.why)
  return z.record(z.string(), z.unknown()).parse(answer.body)
}

/** Somebody edits the record past HWLab. */
async function stranger(json: Record<string, unknown>): Promise<void> {
  const [record] = await lab.records()
  const path = `dcim/devices/${record?.id}/`
  const answer = await lab.parts.inventory.rest.call({ method: 'PATCH', path, body: { json } })
  expect(answer.kind).toBe('ok')
}

describe('a change proposed by a client', () => {
  test('shows before and after, writes nothing until a person decides, and then HWLab’s item says it too', async () => {
    const before = await recordNow()
    const change = await propose('serial=SN-2', 'name=core-switch', 'role=Router', 'add_tag=Spare part')
    expect(change).toMatchObject({
      tier: 'write',
      itemId,
      title:
        'Change name, serial number, role and tag “spare-part” of Ubiquiti UniFi Switch Lite 16 PoE (HW-00001)',
      lines: [
        { label: 'Name', before: null, after: 'core-switch' },
        { label: 'Serial number', before: serial, after: 'SN-2' },
        { label: 'Role', before: 'Switch', after: 'Router' },
        { label: 'Tag “spare-part”', before: null, after: 'there' },
      ],
    })
    expect(await recordNow()).toEqual(before)
    expect(lab.card(itemId)).toMatchObject({ stateWords: 'A change waits for you', edit: { id: change.id } })
    await done(change)
    expect(await recordNow()).toMatchObject({
      serial: 'SN-2',
      name: 'core-switch',
      role: { name: 'Router' },
      tags: [{ slug: 'hwlab' }, { slug: 'spare-part' }],
    })
    expect(lab.card(itemId).change?.id).toBe(created.id)
    expect(lab.field(itemId, 'serial').value).toBe('SN-2')
    expect(lab.field(itemId, 'name').value).toBe('core-switch')
    expect(lab.field(itemId, 'role').value).toBe('Router')
  })

  test('warns when NetBox says something else than HWLab last saw, and starts from what NetBox says', async () => {
    await stranger({ serial: 'SN-9' })
    const change = await propose('serial=SN-2')
    expect(change.lines).toEqual([{ label: 'Serial number', before: 'SN-9', after: 'SN-2' }])
    expect(change.warnings).toEqual([
      `Serial number was changed in NetBox: it says SN-9 now, HWLab last saw ${serial}.`,
    ])
  })

  test('what was edited in NetBox between card and decision is not overwritten', async () => {
    const change = await propose('serial=SN-2', 'name=core')
    await stranger({ serial: 'SN-9' })
    await lab.decide(change)
    const { outbox } = conflictInQueue()
    await expect.poll(() => outbox()?.stateWords).toBe('Changed in NetBox too')
    expect(await recordNow()).toMatchObject({ serial: 'SN-9', name: null })
    expect(lab.card(itemId)).toMatchObject({ stateWords: 'Needs you', state: 'complete' })
    const operation = outbox()
    lab.parts.netbox.chooseInConflict(operation?.id ?? '', {}, 'ada')
    expect(await lab.ended(change.id)).toMatchObject({ state: 'done' })
    expect(await recordNow()).toMatchObject({ serial: 'SN-9', name: 'core' })
    expect(lab.field(itemId, 'serial').value).toBe('SN-9')
    expect(lab.card(itemId).stateWords).toBe('In the inventory')
  })

  test('a thing is retired, never deleted, and its tag stays taken', async () => {
    const change = await propose('status=retired')
    expect(change).toMatchObject({
      title: 'Retire Ubiquiti UniFi Switch Lite 16 PoE (HW-00001)',
      lines: [{ label: 'Status', before: 'Inventory', after: 'Decommissioning' }],
    })
    expect(change.warnings.join(' ')).toContain('HWLab deletes nothing')
    await done(change)
    expect(await recordNow()).toMatchObject({ asset_tag: 'HW-00001', status: { value: 'decommissioning' } })
    expect(lab.card(itemId)).toMatchObject({ stateWords: 'Retired', record: { retired: true } })
  })

  test('a thing is put somewhere else by a path; what is missing on it is added, what is there keeps its spelling', async () => {
    const change = await propose('location=Workshop > Shelf 2')
    expect(change.lines).toEqual([{ label: 'Location', before: null, after: 'Workshop / Shelf 2' }])
    await done(change)
    expect(await recordNow()).toMatchObject({ location: { name: 'Shelf 2' } })
    expect(lab.field(itemId, 'location').value).toBe('Workshop / Shelf 2')
    expect(
      await refusal('propose_change', { tag: 'HW-00001', fields: ['location=workshop/shelf 2'] }),
    ).toMatch(/says so already/)
    await done(await propose('location=workshop / Shelf 3'))
    const locations = await lab.parts.inventory.rest.list('dcim/locations', {})
    expect(locations.kind === 'ok' && locations.rows.map(({ name }) => name)).toEqual([
      'Workshop',
      'Shelf 2',
      'Shelf 3',
    ])
  })

  test('a thing that was taken for another model becomes the right one; manufacturer and model are one edit', async () => {
    await propose('model=USW-Pro-24')
    const change = await propose('manufacturer=ubiquiti', 'add_tag=checked')
    expect(change.lines).toEqual([
      { label: 'Model', before: 'Ubiquiti UniFi Switch Lite 16 PoE', after: 'Ubiquiti USW-Pro-24' },
      { label: 'Tag “checked”', before: null, after: 'there' },
    ])
    expect(change.warnings).toEqual([
      'Ubiquiti USW-Pro-24 is a new device type there; it is created without rack units.',
      'The label on the thing still says the old model. Print it again afterwards.',
    ])
    await done(change)
    expect(await recordNow()).toMatchObject({
      device_type: { model: 'USW-Pro-24', manufacturer: { name: 'Ubiquiti' } },
    })
    expect(lab.field(itemId, 'model').value).toBe('USW-Pro-24')
    await done(await asked('undo_change', { what: change.id }))
    expect(await recordNow()).toMatchObject({ device_type: { model: 'UniFi Switch Lite 16 PoE' } })
    expect(await refusal('propose_change', { tag: 'HW-00001', fields: ['model='] })).toMatch(
      /a manufacturer and a model/,
    )
  })

  test('an open request and a new one for the same thing become one decision', async () => {
    const first = await propose('serial=SN-2')
    const second = await propose('name=core')
    expect(lab.change(first.id).state).toBe('superseded')
    expect(second.lines.map(({ label }) => label)).toEqual(['Name', 'Serial number'])
  })

  test.each([
    [['serial=UB24X7K9Q2M1'], /says so already/],
    [['serial'], /field=value/],
    [['role=switch'], /says so already/],
    [['colour=blue'], /cannot be changed here\. Fields are: status, name/],
    [['constructor=1'], /cannot be changed here/],
    [['status=constructor'], /A status is one of/],
    [['status=lost'], /A status is one of: inventory, active/],
    [['role='], /must have a role/],
    [[`name=${'x'.repeat(65)}`], /up to 64 characters/],
    [['cf_nothing=1'], /no custom field “nothing”/],
    [['cf_hwlab_id=1'], /never changed/],
    [['cf_hwlab_sample=perhaps'], /yes or no/],
    [[], /at least one field/],
  ])('%j is refused in words', async (fields, words) => {
    expect(await refusal('propose_change', { tag: 'HW-00001', fields })).toMatch(words)
  })

  test('a tag that is not in the inventory is refused in words', async () => {
    expect(await refusal('propose_change', { tag: 'HW-00777', fields: ['name=a'] })).toMatch(
      /HW-00777 is not in the inventory/,
    )
    expect(await refusal('propose_change', { tag: 'seven', fields: ['name=a'] })).toMatch(/not a tag/)
  })
})

describe('taking back', () => {
  test('a change goes back to what was there before, once', async () => {
    const change = await done(await propose('serial=SN-2', 'name=core'))
    const undo = await asked('undo_change', { what: change.id })
    expect(undo).toMatchObject({
      tier: 'write',
      lines: [
        { label: 'Name', before: 'core', after: null },
        { label: 'Serial number', before: 'SN-2', after: serial },
      ],
    })
    await done(undo)
    expect(await recordNow()).toMatchObject({ serial, name: null })
    expect(lab.field(itemId, 'serial').value).toBe(serial)
    expect(await refusal('undo_change', { what: change.id })).toMatch(/taken back already/)
  })

  test('two requests to take back the same write: only the first one runs', async () => {
    const change = await done(await propose('serial=SN-2'))
    const first = await asked('undo_change', { what: change.id })
    const filed = await lab.parts.netbox.changes.proposeUndo(change.id, 'bea')
    expect(filed.kind).toBe('filed')
    const second = lab.change(filed.kind === 'filed' ? (filed.changeId ?? '') : '')
    expect(lab.change(first.id).state).toBe('superseded')
    await done(second)
    expect(await refusal('undo_change', { what: change.id })).toMatch(/taken back already/)
  })

  test('what was changed since is shown, stays by default, and the rest goes back', async () => {
    const change = await done(await propose('serial=SN-2', 'name=core'))
    await stranger({ serial: 'SN-9' })
    const undo = await asked('undo_change', { what: change.id })
    expect(undo.warnings).toEqual([
      'Serial number was changed since: HWLab wrote SN-2, it says SN-9 now. You choose what counts when this runs.',
    ])
    expect(undo.lines[1]).toEqual({ label: 'Serial number', before: 'SN-9', after: serial })
    await lab.decide(undo)
    const { outbox } = conflictInQueue()
    await expect.poll(() => outbox()?.conflict.length).toBe(1)
    lab.parts.netbox.chooseInConflict(outbox()?.id ?? '', { serial: 'mine' }, 'ada')
    expect(await lab.ended(undo.id)).toMatchObject({ state: 'done' })
    expect(await recordNow()).toMatchObject({ serial, name: null })
  })

  test('a new record is retired, and the card says honestly that nothing is deleted', async () => {
    const undo = await asked('undo_change', { what: 'HW-00001' })
    expect(undo.lines).toEqual([{ label: 'Status', before: 'Inventory', after: 'Decommissioning' }])
    expect(undo.warnings.join(' ')).toContain('HWLab deletes nothing')
    await done(undo)
    expect(await recordNow()).toMatchObject({ status: { value: 'decommissioning' }, asset_tag: 'HW-00001' })
  })

  test('by tag, the writes go back one after another; taking back an undo brings the change back', async () => {
    await done(await propose('serial=SN-2'))
    await done(await propose('serial=SN-3'))
    await done(await asked('undo_change', { what: 'HW-00001' }))
    expect(await recordNow()).toMatchObject({ serial: 'SN-2' })
    const second = await done(await asked('undo_change', { what: 'HW-00001' }))
    expect(await recordNow()).toMatchObject({ serial })
    await done(await asked('undo_change', { what: second.id }))
    expect(await recordNow()).toMatchObject({ serial: 'SN-2' })
    await done(await asked('undo_change', { what: 'HW-00001' }))
    expect(await recordNow()).toMatchObject({ serial })
  })

  test('what is on another record by now cannot be taken back from there', async () => {
    const change = await done(await propose('serial=SN-2'))
    await stranger({ custom_fields: { hwlab_id: null } })
    expect(await refusal('undo_change', { what: change.id })).toMatch(/moved to another record since/)
  })

  test('what was never written, or never was, is refused in words', async () => {
    expect(await refusal('undo_change', { what: 'HW-00777' })).toMatch(/wrote nothing to HW-00777/)
    expect(await refusal('undo_change', { what: 'nonsense' })).toMatch(/Name a tag/)
  })
})

describe('the operator, on the card of a recorded item', () => {
  const edit = (field: string, value: string) =>
    lab.parts.netbox.changes.propose({ itemId, field, value }, 'ada')

  test('edits gather in one request; an edit taken back leaves it, the last one cancels it', async () => {
    await edit('serial', 'SN-2')
    await edit('description', 'From the cellar')
    const request = lab.card(itemId).edit
    expect(request?.lines).toEqual([
      { label: 'Serial number', before: serial, after: 'SN-2' },
      { label: 'Comments', before: null, after: 'From the cellar' },
    ])
    await edit('serial', serial)
    expect(lab.card(itemId).edit?.lines.map(({ label }) => label)).toEqual(['Comments'])
    expect(await edit('description', '')).toEqual({ kind: 'filed', changeId: null })
    expect(lab.card(itemId)).toMatchObject({ stateWords: 'In the inventory', edit: { state: 'cancelled' } })
  })

  test('a description is a paragraph of the comments, and the item says it afterwards', async () => {
    await stranger({ comments: 'Bought used.' })
    await edit('description', 'From the cellar')
    const first = lab.card(itemId).edit
    await done(lab.change(first?.id ?? ''))
    expect(await recordNow()).toMatchObject({ comments: 'Bought used.\n\nFrom the cellar' })
    expect(lab.field(itemId, 'description').value).toBe('From the cellar')
    await edit('description', 'From the attic')
    await done(lab.change(lab.card(itemId).edit?.id ?? ''))
    expect(await recordNow()).toMatchObject({ comments: 'Bought used.\n\nFrom the attic' })
    expect(lab.field(itemId, 'description').value).toBe('From the attic')
  })

  test('a draft is corrected on its card, not changed', async () => {
    const draft = await lab.intake([], 'Acme Box')
    const answer = await lab.parts.netbox.changes.propose(
      { itemId: draft.id, field: 'serial', value: 'SN-2' },
      'ada',
    )
    expect(answer).toMatchObject({
      kind: 'refused',
      why: expect.stringContaining('not in the inventory yet'),
    })
  })
})

function conflictInQueue() {
  return { outbox: () => lab.parts.netbox.queue().operations.find(({ conflict }) => conflict.length > 0) }
}
