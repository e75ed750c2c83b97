import { describe, expect, test } from 'vitest'
import { recordedItemOfATest, serial } from './recorded-item-of-a-test.ts'

const world = recordedItemOfATest()
const { asked, done, inConflict, propose, recordNow, refusal, stranger } = world

describe('a change proposed by a client', () => {
  test('shows before and after, writes nothing until a person decides, and then HWLab’s item says it too', async () => {
    const before = await recordNow()
    const change = await propose('serial=SN-2', 'name=core-switch', 'role=Router', 'add_tag=Spare part')
    expect(change).toMatchObject({
      tier: 'write',
      itemId: world.itemId,
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
    expect(world.lab.card(world.itemId)).toMatchObject({
      stateWords: 'A change waits for you',
      edit: { id: change.id },
    })
    await done(change)
    expect(await recordNow()).toMatchObject({
      serial: 'SN-2',
      name: 'core-switch',
      role: { name: 'Router' },
      tags: [{ slug: 'hwlab' }, { slug: 'spare-part' }],
    })
    expect(world.lab.card(world.itemId).change?.id).toBe(world.created.id)
    expect(world.lab.field(world.itemId, 'serial').value).toBe('SN-2')
    expect(world.lab.field(world.itemId, 'name').value).toBe('core-switch')
    expect(world.lab.field(world.itemId, 'role').value).toBe('Router')
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
    await world.lab.decide(change)
    await expect.poll(() => inConflict()?.stateWords).toBe('Changed in NetBox too')
    expect(await recordNow()).toMatchObject({ serial: 'SN-9', name: null })
    expect(world.lab.card(world.itemId)).toMatchObject({ stateWords: 'Needs you', state: 'complete' })
    const operation = inConflict()
    world.lab.parts.netbox.chooseInConflict(operation?.id ?? '', {}, 'operator')
    expect(await world.lab.ended(change.id)).toMatchObject({ state: 'done' })
    expect(await recordNow()).toMatchObject({ serial: 'SN-9', name: 'core' })
    expect(world.lab.field(world.itemId, 'serial').value).toBe('SN-9')
    expect(world.lab.card(world.itemId).stateWords).toBe('In the inventory')
  })

  test('a thing is retired, never deleted, and its tag stays taken', async () => {
    const change = await propose('status=retired')
    expect(change).toMatchObject({
      title: 'Retire Ubiquiti UniFi Switch Lite 16 PoE (HW-00001)',
      lines: [{ label: 'Status', before: 'Inventory', after: 'Decommissioning' }],
    })
    expect(change.warnings.join(' ')).toContain('HWLab does not delete it')
    await done(change)
    expect(await recordNow()).toMatchObject({ asset_tag: 'HW-00001', status: { value: 'decommissioning' } })
    expect(world.lab.card(world.itemId)).toMatchObject({ stateWords: 'Retired', record: { retired: true } })
  })

  test('a thing is put somewhere else by a path; what is missing on it is added, what is there keeps its spelling', async () => {
    const change = await propose('location=Workshop > Shelf 2')
    expect(change.lines).toEqual([{ label: 'Location', before: null, after: 'Workshop / Shelf 2' }])
    await done(change)
    expect(await recordNow()).toMatchObject({ location: { name: 'Shelf 2' } })
    expect(world.lab.field(world.itemId, 'location').value).toBe('Workshop / Shelf 2')
    expect(
      await refusal('propose_change', { tag: 'HW-00001', fields: ['location=workshop/shelf 2'] }),
    ).toMatch(/says so already/)
    await done(await propose('location=workshop / Shelf 3'))
    const locations = await world.lab.parts.inventory.rest.list('dcim/locations', {})
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
    expect(world.lab.field(world.itemId, 'model').value).toBe('USW-Pro-24')
    await done(await asked('undo_change', { what: change.id }))
    expect(await recordNow()).toMatchObject({ device_type: { model: 'UniFi Switch Lite 16 PoE' } })
    expect(await refusal('propose_change', { tag: 'HW-00001', fields: ['model='] })).toMatch(
      /a manufacturer and a model/,
    )
  })

  test('an open request and a new one for the same thing become one decision', async () => {
    const first = await propose('serial=SN-2')
    const second = await propose('name=core')
    expect(world.lab.change(first.id).state).toBe('superseded')
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

describe('the operator, on the card of a recorded item', () => {
  const edit = (field: string, value: string) =>
    world.lab.parts.netbox.changes.propose({ itemId: world.itemId, field, value }, 'operator')

  test('edits gather in one request; an edit taken back leaves it, the last one cancels it', async () => {
    await edit('serial', 'SN-2')
    await edit('description', 'From the cellar')
    const request = world.lab.card(world.itemId).edit
    expect(request?.lines).toEqual([
      { label: 'Serial number', before: serial, after: 'SN-2' },
      { label: 'Comments', before: null, after: 'From the cellar' },
    ])
    await edit('serial', serial)
    expect(world.lab.card(world.itemId).edit?.lines.map(({ label }) => label)).toEqual(['Comments'])
    expect(await edit('description', '')).toEqual({ kind: 'filed', changeId: null })
    expect(world.lab.card(world.itemId)).toMatchObject({
      stateWords: 'In the inventory',
      edit: { state: 'cancelled' },
    })
  })

  test('a description is a paragraph of the comments, and the item says it afterwards', async () => {
    await stranger({ comments: 'Bought used.' })
    await edit('description', 'From the cellar')
    const first = world.lab.card(world.itemId).edit
    await done(world.lab.change(first?.id ?? ''))
    expect(await recordNow()).toMatchObject({ comments: 'Bought used.\n\nFrom the cellar' })
    expect(world.lab.field(world.itemId, 'description').value).toBe('From the cellar')
    await edit('description', 'From the attic')
    await done(world.lab.change(world.lab.card(world.itemId).edit?.id ?? ''))
    expect(await recordNow()).toMatchObject({ comments: 'Bought used.\n\nFrom the attic' })
    expect(world.lab.field(world.itemId, 'description').value).toBe('From the attic')
  })

  test('a draft is corrected on its card, not changed', async () => {
    const draft = await world.lab.intake([], 'Acme Box')
    const answer = await world.lab.parts.netbox.changes.propose(
      { itemId: draft.id, field: 'serial', value: 'SN-2' },
      'operator',
    )
    expect(answer).toMatchObject({
      kind: 'refused',
      why: expect.stringContaining('not in the inventory yet'),
    })
  })
})
