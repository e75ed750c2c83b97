import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { driftDesk } from '../../../../mcp-servers/desk/drift.ts'
import { type NetboxLab, openNetboxLab } from '../../../support/open-netbox-server.ts'
import { deviceOf, findingOf, found, recordSwitches, stranger } from './recorded-lab.ts'

let lab: NetboxLab
beforeEach(async () => {
  lab = await openNetboxLab()
})
afterEach(async () => {
  const { faults } = lab
  await lab[Symbol.asyncDispose]()
  expect(faults).toEqual([])
})

async function edited(json: Record<string, unknown>, tag = 'HW-00001'): Promise<string> {
  await stranger(lab, 'PATCH', `dcim/devices/${await deviceOf(lab, tag)}/`, json)
  await found(lab)
  return findingOf(lab, tag)
}

/** A write to NetBox that a test did not make itself. */
async function recordOf(tag: string) {
  const looked = await lab.parts.inventory.findByTag(tag)
  return looked.kind === 'looked' ? looked.records[0] : undefined
}

describe('taking what NetBox says', () => {
  test('makes it the operator’s word about the item, writes nothing, and is in the audit', async () => {
    const [itemId = ''] = await recordSwitches(lab, 1)
    const id = await edited({ serial: 'OTHER-1', name: 'core' })
    const before = await recordOf('HW-00001')
    expect(lab.parts.netbox.drift.take(id, 'operator')).toEqual({
      kind: 'taken',
      words: 'NetBox’s serial number, name taken.',
    })
    expect(lab.field(itemId, 'serial')).toMatchObject({ value: 'OTHER-1', standing: 'you' })
    expect(lab.field(itemId, 'name').value).toBe('core')
    expect(await found(lab)).toEqual([])
    expect(await recordOf('HW-00001')).toEqual(before)
    expect(lab.parts.approvals.audit.list(itemId).at(-1)).toMatchObject({
      who: 'operator:operator',
      what: 'NetBox’s values taken',
    })
  })

  test('never takes another tag: the label is on the thing', async () => {
    await recordSwitches(lab, 1)
    const device = await deviceOf(lab, 'HW-00001')
    await stranger(lab, 'PATCH', `dcim/devices/${device}/`, { asset_tag: 'HW-09999' })
    await found(lab)
    const taken = lab.parts.netbox.drift.take(findingOf(lab, 'HW-00001'), 'operator')
    expect(taken).toMatchObject({ kind: 'refused', why: expect.stringContaining('keeps its tag') })
  })

  test('of all at once tells each by itself', async () => {
    await recordSwitches(lab, 3)
    const first = await edited({ name: 'a' })
    const second = await edited({ asset_tag: null }, 'HW-00002')
    await stranger(lab, 'DELETE', `dcim/devices/${await deviceOf(lab, 'HW-00003')}/`)
    await found(lab)
    const report = await lab.parts.netbox.drift.takeAll(
      [first, second, findingOf(lab, 'HW-00003')],
      'operator',
    )
    expect(report.words).toBe('1 done, 2 skipped.')
    expect((await found(lab)).map(([kind, tag]) => [kind, tag])).toEqual([
      ['gone', 'HW-00003'],
      ['says-less', 'HW-00002'],
    ])
  })
})

describe('restoring what HWLab recorded', () => {
  test('asks first, shows both values, and ends the difference when it was written and read back', async () => {
    await recordSwitches(lab, 1)
    const id = await edited({ serial: 'OTHER-1', tags: [], custom_fields: { hwlab_spec: 'something else' } })
    const filed = await lab.parts.netbox.drift.restore(id, 'operator')
    if (filed.kind === 'refused') throw new Error(filed.why)
    const change = lab.change(filed.changeId)
    expect(change.lines).toContainEqual({
      label: 'Serial number',
      before: 'OTHER-1',
      after: 'UB24X7K9Q2M1',
    })
    expect((await recordOf('HW-00001'))?.serial).toBe('OTHER-1')
    await lab.decide(change)
    expect((await lab.ended(change.id)).state).toBe('done')
    expect(await recordOf('HW-00001')).toMatchObject({ serial: 'UB24X7K9Q2M1', tags: ['hwlab'] })
    expect(await found(lab)).toEqual([])
    expect(await found(lab, 'everything')).toEqual([])
  })

  test('gives a record its tag and its HWLab id back', async () => {
    await recordSwitches(lab, 1)
    const device = await deviceOf(lab, 'HW-00001')
    const json = { asset_tag: null, custom_fields: { hwlab_id: null } }
    await stranger(lab, 'PATCH', `dcim/devices/${device}/`, json)
    await found(lab)
    const filed = await lab.parts.netbox.drift.restore(findingOf(lab, 'HW-00001'), 'operator')
    if (filed.kind === 'refused') throw new Error(filed.why)
    await lab.decide(lab.change(filed.changeId))
    expect((await lab.ended(filed.changeId)).state).toBe('done')
    expect(await found(lab, 'everything')).toEqual([])
  })

  test('keeps what somebody else changed beside it as a difference', async () => {
    await recordSwitches(lab, 1)
    const id = await edited({ serial: 'OTHER-1' })
    const filed = await lab.parts.netbox.drift.restore(id, 'operator')
    if (filed.kind === 'refused') throw new Error(filed.why)
    await stranger(lab, 'PATCH', `dcim/devices/${await deviceOf(lab, 'HW-00001')}/`, { name: 'core' })
    await lab.decide(lab.change(filed.changeId))
    await lab.ended(filed.changeId)
    expect(await found(lab)).toEqual([['changed', 'HW-00001', 'name: null → core']])
  })
})

describe('a record that is gone', () => {
  test('is recorded again after a decision, once, with its tag', async () => {
    const [itemId = ''] = await recordSwitches(lab, 1)
    await stranger(lab, 'DELETE', `dcim/devices/${await deviceOf(lab, 'HW-00001')}/`)
    await found(lab)
    const again = await lab.parts.netbox.drift.recordAgain(findingOf(lab, 'HW-00001'), 'operator')
    if (again.kind === 'refused') throw new Error(again.why)
    expect(await recordOf('HW-00001')).toBeUndefined()
    await lab.decide(lab.change(again.changeId))
    expect((await lab.ended(again.changeId)).state).toBe('done')
    expect(await lab.records()).toMatchObject([{ assetTag: 'HW-00001', hwlabId: itemId }])
    expect(lab.card(itemId).state).toBe('complete')
    expect(await found(lab, 'everything')).toEqual([])
  })

  test('is forgotten with its item, and its tag is not given again', async () => {
    const [itemId = ''] = await recordSwitches(lab, 1)
    await stranger(lab, 'DELETE', `dcim/devices/${await deviceOf(lab, 'HW-00001')}/`)
    await found(lab)
    expect(lab.parts.netbox.drift.forget(findingOf(lab, 'HW-00001'), 'operator')).toEqual({
      kind: 'forgotten',
    })
    expect(await found(lab, 'everything')).toEqual([])
    expect(lab.card(itemId).stateWords).toBe('Put aside')
    expect(lab.parts.netbox.intake.cards(10)).toEqual([])
  })
})

test('the report as a file holds everything and nothing that a spreadsheet would run', async () => {
  await recordSwitches(lab, 1)
  await edited({ name: '=HYPERLINK("http://evil.example","x")', comments: 'a, b | c' })
  const desk = driftDesk(lab.parts.netbox)
  expect(desk.driftReport('csv')).toContain(`Name,,"'=HYPERLINK(""http://evil.example"",""x"")"`)
  expect(desk.driftReport('md')).toContain('a, b \\| c')
  expect(desk.drift()).toMatchObject({ tone: 'ask', words: '1 thing differs.', more: 0 })
})

test('a client hears of it in few words, and goes on where the answer ended', async () => {
  await recordSwitches(lab, 3)
  for (const tag of ['HW-00001', 'HW-00002', 'HW-00003']) await edited({ name: `${tag} renamed` }, tag)
  const answer = await lab.call('check_inventory', {})
  if (answer.kind === 'refused') throw new Error(answer.why)
  expect(answer.output.words).toBe('3 things differ.')
  expect(answer.output.findings).toHaveLength(3)
  expect(JSON.stringify(answer.output)).toContain('name: HWLab empty, NetBox HW-00002 renamed')
  expect(JSON.stringify(answer.output).length / 4).toBeLessThan(600)
  expect(await lab.call('check_inventory', { after: 'record:99' })).toMatchObject({ kind: 'refused' })
})
