import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { seenLabel } from '../../../support/fake-photo-reader.ts'
import { type NetboxLab, openNetboxLab } from '../../../support/open-netbox-server.ts'

let lab: NetboxLab
beforeEach(async () => {
  lab = await openNetboxLab()
})
afterEach(() => lab[Symbol.asyncDispose]())

const label = seenLabel({
  codes: [{ text: 'SUB24X7K9Q2M1' }],
  lines: ['Ubiquiti', 'Model: USW-Lite-16-PoE', 'S/N: UB24X7K9Q2M1'],
})
const blurred = seenLabel({ lines: ['Mcdel 7', 'inpnt l2V'], confidence: 0.4 })

describe('an ambiguous photo', () => {
  test('never advances by itself, and cannot be proposed by any client', async () => {
    const item = await lab.intake([await lab.photo(blurred)])
    expect(item.state).toBe('needs_research')
    expect(item.stateWords).toBe('Needs research')
    expect(item.nextAction).toMatch(/[Pp]hotograph/)
    const answer = await lab.call('propose_record', { item_id: item.id, print: true })
    expect(answer).toMatchObject({ kind: 'refused', why: expect.stringContaining('needs research') })
    expect(lab.parts.approvals.open()).toEqual([])
  })

  test('goes on when the operator confirms what is shown, once there is something to confirm', async () => {
    const item = await lab.intake([await lab.photo(blurred)])
    const { intake } = lab.parts.netbox
    expect(await intake.propose(item.id, 'operator')).toMatchObject({ kind: 'refused' })
    await lab.call('add_reading', {
      item_id: item.id,
      manufacturer: 'Acme',
      model: 'Box 7',
      model_name: 'Gemma',
      prompt_hash: 'p1',
    })
    expect(lab.card(item.id).state).toBe('needs_research')
    const filed = await intake.propose(item.id, 'operator')
    if (filed.kind === 'refused') throw new Error(filed.why)
    expect(lab.card(item.id).state).toBe('researched')
    expect(lab.parts.approvals.audit.list(item.id)).toContainEqual(
      expect.objectContaining({ who: 'operator:operator', what: 'explicit confirmation' }),
    )
    await lab.decide(lab.change(filed.changeId))
    expect((await lab.ended(filed.changeId)).state).toBe('done')
    expect(await lab.records()).toMatchObject([{ manufacturer: 'Acme', model: 'Box 7' }])
  })
})

describe('what models and clients say', () => {
  test('is shown as said, weighs under 0.7 and never outranks a decoded value', async () => {
    const item = await lab.intake([await lab.photo(label)])
    const before = lab.field(item.id, 'serial')
    const answer = await lab.call('correct_field', { item_id: item.id, field: 'serial', value: 'WRONG99999' })
    expect(answer.kind).toBe('answer')
    const after = lab.field(item.id, 'serial')
    expect(after.value).toBe(before.value)
    expect(after.probability).toBeLessThanOrEqual(before.probability)
    expect(after.evidence).toContainEqual(expect.objectContaining({ kind: 'said', value: 'WRONG99999' }))
  })

  test('keeps the raw reply, the model and the prompt version', async () => {
    const item = await lab.intake([await lab.photo(blurred)])
    await lab.call('add_reading', {
      item_id: item.id,
      model: 'Box 7',
      model_name: 'Gemma',
      prompt_hash: 'p1',
      raw_reply: '{"model":"Box 7"}',
    })
    const replies = lab.parts.database
      .prepare('select model, prompt_hash, client, raw from model_replies where item_id = ?')
      .all(item.id)
    expect(replies).toEqual([{ model: 'Gemma', prompt_hash: 'p1', client: 'chat', raw: '{"model":"Box 7"}' }])
    expect(lab.card(item.id).stages).toContainEqual({
      name: 'model',
      words: 'Gemma: 1 field',
      status: 'done',
    })
  })

  test('never passes the gate, whatever is said how often through whichever tool', async () => {
    const value = fc.constantFrom(
      'Ubiquiti',
      'USW-Lite-16-PoE',
      'UniFi Switch Lite 16 PoE',
      'Acme',
      'HW-00077',
    )
    const field = fc.constantFrom('manufacturer', 'model', 'part_number', 'serial', 'role', 'asset_tag')
    const saying = fc.oneof(
      fc.record({ tool: fc.constant('correct_field'), field, value }),
      fc.record({ tool: fc.constant('add_reading'), field: fc.constant('model'), value }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(saying, { minLength: 1, maxLength: 6 }), value, async (sayings, note) => {
        const item = await lab.intake([await lab.photo(seenLabel({}))], `It is a ${note}`)
        for (const said of sayings)
          await lab.call(
            said.tool,
            said.tool === 'correct_field'
              ? { item_id: item.id, field: said.field, value: said.value }
              : {
                  item_id: item.id,
                  manufacturer: 'Ubiquiti',
                  model: said.value,
                  model_name: 'Gemma',
                  prompt_hash: 'p',
                },
          )
        const card = lab.card(item.id)
        expect(card.state).toBe('needs_research')
        for (const shown of card.fields) expect(shown.probability).toBeLessThanOrEqual(0.69)
        expect((await lab.call('propose_record', { item_id: item.id, print: true })).kind).toBe('refused')
      }),
      { numRuns: 12 },
    )
  }, 60_000)

  test('cannot fill the disk', async () => {
    const item = await lab.intake([await lab.photo(blurred)])
    const { intake } = lab.parts.netbox
    const said = (value: string) =>
      intake.addSaid({
        itemId: item.id,
        values: { model: value, serial: value, role: value },
        model: 'Gemma',
        promptHash: 'p',
        raw: '',
        client: 'chat',
      })
    for (let times = 0; times < 40; times++) await said(`Box ${times}`)
    expect(await said('one more')).toMatchObject({ kind: 'refused', why: expect.stringContaining('Enough') })
  })

  test('no tool of the server can correct as the operator, empty a field or decide', async () => {
    const item = await lab.intake([await lab.photo(label)])
    const emptied = await lab.call('correct_field', { item_id: item.id, field: 'serial', value: ' ' })
    expect(emptied.kind).toBe('refused')
    expect(
      lab
        .card(item.id)
        .fields.flatMap((field) => field.evidence)
        .map(({ kind }) => kind),
    ).not.toContain('operator')
  })
})

describe('two things in one photo', () => {
  const two = seenLabel({
    codes: [{ text: 'UB24X7K9Q2M1' }, { text: 'UB24X7K9Q3N8' }],
    lines: ['Ubiquiti', 'Model: USW-Lite-16-PoE', 'S/N: UB24X7K9Q2M1', 'S/N: UB24X7K9Q3N8'],
  })

  test('are held back with both serial numbers named', async () => {
    const item = await lab.intake([await lab.photo(two)])
    expect(item.state).toBe('needs_research')
    expect(lab.field(item.id, 'serial')).toMatchObject({ conflict: true })
    expect(item.nextAction).toContain('UB24X7K9Q2M1')
    expect(item.nextAction).toContain('UB24X7K9Q3N8')
    expect(item.nextAction).toContain('photograph each one alone')
    expect(await lab.parts.netbox.intake.propose(item.id, 'operator')).toMatchObject({ kind: 'refused' })
  })

  test('go on when the operator says which one it is', async () => {
    const item = await lab.intake([await lab.photo(two)])
    await lab.parts.netbox.intake.correct(
      { itemId: item.id, field: 'serial', value: 'UB24X7K9Q3N8' },
      'operator',
    )
    expect(lab.card(item.id).state).toBe('researched')
    const field = lab.field(item.id, 'serial')
    expect(field).toMatchObject({ value: 'UB24X7K9Q3N8', probability: 1, conflict: false })
  })
})
