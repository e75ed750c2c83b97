import { describe, expect, test } from 'vitest'
import { recordedItemOfATest, serial } from './recorded-item-of-a-test.ts'

const world = recordedItemOfATest()
const { asked, done, inConflict, propose, recordNow, refusal, stranger } = world

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
    expect(world.lab.field(world.itemId, 'serial').value).toBe(serial)
    expect(await refusal('undo_change', { what: change.id })).toMatch(/taken back already/)
  })

  test('two requests to take back the same write: only the first one runs', async () => {
    const change = await done(await propose('serial=SN-2'))
    const first = await asked('undo_change', { what: change.id })
    const filed = await world.lab.parts.netbox.changes.proposeUndo(change.id, 'bea')
    expect(filed.kind).toBe('filed')
    const second = world.lab.change(filed.kind === 'filed' ? (filed.changeId ?? '') : '')
    expect(world.lab.change(first.id).state).toBe('superseded')
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
    await world.lab.decide(undo)
    await expect.poll(() => inConflict()?.conflict.length).toBe(1)
    world.lab.parts.netbox.chooseInConflict(inConflict()?.id ?? '', { serial: 'mine' }, 'operator')
    expect(await world.lab.ended(undo.id)).toMatchObject({ state: 'done' })
    expect(await recordNow()).toMatchObject({ serial, name: null })
  })

  test('a new record is retired, and the card says honestly that nothing is deleted', async () => {
    const undo = await asked('undo_change', { what: 'HW-00001' })
    expect(undo.lines).toEqual([{ label: 'Status', before: 'Inventory', after: 'Decommissioning' }])
    expect(undo.warnings.join(' ')).toContain('HWLab does not delete it')
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
