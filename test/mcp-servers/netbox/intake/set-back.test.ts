import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { seenLabel } from '../../../support/fake-photo-reader.ts'
import { type NetboxLab, openNetboxLab } from '../../../support/open-netbox-server.ts'
import { recordSwitches } from '../drift/recorded-lab.ts'

let lab: NetboxLab
beforeEach(async () => {
  lab = await openNetboxLab()
})
afterEach(async () => {
  const { faults } = lab
  await lab[Symbol.asyncDispose]()
  expect(faults).toEqual([])
})

async function proposed(where: string[]): Promise<string> {
  const answer = await lab.call('propose_set_back', { where })
  if (answer.kind === 'refused') throw new Error(answer.why)
  return z.string().parse(answer.output.change_id)
}

const count = (wish: Parameters<NetboxLab['parts']['netbox']['intake']['setBack']['preview']>[0]) => {
  const counted = lab.parts.netbox.intake.setBack.preview(wish)
  return counted.kind === 'counted' ? counted.preview.words : counted.why
}

describe('which items', () => {
  test('are meant by state, model, sureness, evidence, date and reader', async () => {
    await recordSwitches(lab, 2)
    await lab.intake([], 'a box by Acme, model X9')
    expect(count({ state: 'complete' })).toBe('2 items: 2 in the inventory.')
    expect(count({ model: 'lite-16' })).toBe('2 items: 2 in the inventory.')
    expect(count({ below: 0.7 })).toBe('1 item: 1 needs research.')
    expect(count({ evidence: 'said' })).toBe('1 item: 1 needs research.')
    expect(count({ role: 'Hardware', state: 'needs_research' })).toBe('1 item: 1 needs research.')
    expect(count({ since: '2030-01-01' })).toBe('No item is like that.')
    expect(count({ read_by: 'gemma' })).toBe('No item is like that.')
  })

  test.each([
    [{}, 'Say which items'],
    [{ state: 'draft' }, 'There is no state “draft”'],
    [{ evidence: 'gut' }, 'There is no evidence “gut”'],
    [{ since: 'soon' }, 'The date is not understood'],
  ])('are refused with a sentence: %j', (wish, why) => {
    expect(count(wish)).toContain(why)
  })

  test('a client cannot ask in other words', async () => {
    expect(await lab.call('propose_set_back', { where: ['colour=red'] })).toMatchObject({ kind: 'refused' })
    expect(await lab.call('propose_set_back', { where: ['below=2'] })).toMatchObject({ kind: 'refused' })
  })
})

describe('set back to draft', () => {
  test('one decision, an outcome for each, and nothing changes in the inventory', async () => {
    const ids = await recordSwitches(lab, 3)
    const before = await lab.records()
    const change = lab.change(await proposed(['state=complete']))
    expect(change).toMatchObject({ tier: 'bulk-or-destructive', title: 'Read 3 items again' })
    expect(change.lines[0]).toEqual({ label: 'In all', before: null, after: '3 items: 3 in the inventory.' })
    await lab.decide(change, 'approve', [2])
    expect((await lab.ended(change.id)).steps.map(({ state }) => state)).toEqual(['done', 'done', 'left-out'])
    const back = change.steps
      .slice(0, 2)
      .map(({ payload }) => z.object({ itemId: z.string() }).parse(payload))
    for (const { itemId } of back) await lab.until(itemId, ({ state }) => state === 'researched')
    expect(ids.map((id) => lab.card(id).state).filter((state) => state === 'complete')).toHaveLength(1)
    expect(await lab.records()).toEqual(before)
  })

  test('what was said or only confirmed as shown is dropped, what was typed stays, photos are read anew', async () => {
    const photo = await lab.photo(seenLabel({ codes: [], lines: ['Model: USW-Lite-16-PoE'] }))
    const item = await lab.intake([photo])
    await lab.parts.netbox.intake.correct({ itemId: item.id, field: 'name', value: 'core' }, 'operator')
    await lab.call('add_reading', {
      item_id: item.id,
      model_name: 'gemma',
      prompt_hash: 'abc',
      serial: 'SAID-1',
    })
    const before = lab.reader.reads.length
    const change = lab.change(await proposed(['model=lite']))
    await lab.decide(change)
    await lab.ended(change.id)
    await lab.until(item.id, ({ state }) => state !== 'draft')
    expect(lab.field(item.id, 'name').value).toBe('core')
    expect(lab.field(item.id, 'serial').value).toBeNull()
    expect(lab.reader.reads.length).toBeGreaterThan(before)
  })

  test('confirmed again, the same record is changed and none is made twice', async () => {
    const [itemId = ''] = await recordSwitches(lab, 1)
    const back = lab.change(await proposed(['state=complete']))
    await lab.decide(back)
    await lab.ended(back.id)
    await lab.until(itemId, ({ state }) => state === 'researched')
    await lab.parts.netbox.intake.correct({ itemId, field: 'name', value: 'core' }, 'operator')
    const change = await lab.propose(itemId, false)
    expect(change.warnings.join()).toContain('that record is changed, and no second one is made')
    expect(change.steps[0]?.title).toContain('Change HW-00001')
    await lab.decide(change)
    expect((await lab.ended(change.id)).state).toBe('done')
    expect(await lab.records()).toMatchObject([{ assetTag: 'HW-00001', name: 'core', hwlabId: itemId }])
    await lab.parts.netbox.drift.look('everything')
    expect(lab.parts.netbox.drift.state().findings).toEqual([])
  })

  test('is carried out once, also when HWLab ends in the middle', async () => {
    const [itemId = ''] = await recordSwitches(lab, 1)
    const change = lab.change(await proposed(['state=complete']))
    const deciding = lab.decide(change)
    await deciding
    await lab.restart()
    expect((await lab.ended(change.id)).state).toBe('done')
    await lab.until(itemId, ({ state }) => state === 'researched')
    const moves = lab.parts.approvals.audit
      .list(itemId)
      .filter(({ what }) => what === 'gate: complete → draft')
    expect(moves).toHaveLength(1)
  })
})
