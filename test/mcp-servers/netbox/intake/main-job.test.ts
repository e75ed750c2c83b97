import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { seenLabel } from '../../../support/fake-photo-reader.ts'
import { type NetboxLab, openNetboxLab } from '../../../support/open-netbox-server.ts'

const serial = 'UB24X7K9Q2M1'
const switchLabel = seenLabel({
  codes: [{ text: `S${serial}` }],
  lines: ['Ubiquiti', 'Model: USW-Lite-16-PoE', `S/N: ${serial}`],
})

let lab: NetboxLab
beforeEach(async () => {
  lab = await openNetboxLab()
})
afterEach(() => lab[Symbol.asyncDispose]())

describe('from photo to record and label', () => {
  test('a labelled photo becomes a confirmed record with its tag, photo and label by one decision', async () => {
    const item = await lab.intake([await lab.photo(switchLabel)])
    expect(item).toMatchObject({
      state: 'researched',
      stateWords: 'Ready to confirm',
      tag: null,
      duplicates: [],
      record: null,
    })
    expect(item.stages.map(({ name, status }) => `${name} ${status}`)).toEqual([
      'codes done',
      'text done',
      'catalogue done',
      'duplicates done',
    ])
    const change = await lab.propose(item.id)
    expect(change.steps.map(({ kind, waitsFor, optional }) => ({ kind, waitsFor, optional }))).toEqual([
      { kind: 'netbox.create_item', waitsFor: null, optional: false },
      { kind: 'devices.print_label', waitsFor: 0, optional: true },
    ])
    expect(change.tier).toBe('physical')
    expect(change.lines).toContainEqual({ label: 'Serial number', before: null, after: serial })
    expect(change.lines).toContainEqual({ label: 'Tag', before: null, after: 'HW-00001' })
    await lab.decide(change)
    expect((await lab.ended(change.id)).state).toBe('done')
    expect(lab.printed).toEqual([{ tag: 'HW-00001', record: 'confirmed' }])
    expect(lab.card(item.id)).toMatchObject({
      state: 'complete',
      stateWords: 'In the inventory',
      tag: 'HW-00001',
      record: { url: '/a/HW-00001' },
    })
    expect(await lab.records()).toMatchObject([
      { assetTag: 'HW-00001', serial, manufacturer: 'Ubiquiti', hwlabId: item.id, status: 'inventory' },
    ])
    expect(lab.faults).toEqual([])
  })

  test('every field carries the evidence it was read from, with its crop', async () => {
    const item = await lab.intake([await lab.photo(switchLabel)])
    const field = lab.field(item.id, 'serial')
    expect(field).toMatchObject({ value: serial, conflict: false, label: 'Serial number' })
    expect(field.probability).toBeGreaterThanOrEqual(0.7)
    expect(field.evidence[0]).toMatchObject({ kind: 'decoded' })
    expect(field.evidence[0]?.crop?.attachmentId).toBe(item.photos[0]?.attachmentId)
  })

  test('without printing, the record is created alone', async () => {
    const item = await lab.intake([await lab.photo(switchLabel)])
    const change = await lab.propose(item.id)
    await lab.decide(change, 'approve', [1])
    expect((await lab.ended(change.id)).state).toBe('done')
    expect(lab.printed).toEqual([])
    expect(lab.card(item.id).state).toBe('complete')
  })

  test('the label waits for the record to be read back', async () => {
    const item = await lab.intake([await lab.photo(switchLabel)])
    const change = await lab.propose(item.id)
    expect(await lab.parts.netbox.intake.record('HW-00001')).toMatchObject({ kind: 'waiting' })
    await lab.decide(change)
    expect(lab.printed).toEqual([])
    await lab.ended(change.id)
    expect(lab.printed).toEqual([{ tag: 'HW-00001', record: 'confirmed' }])
  })

  test('the label says the name, the key fact and where the tag leads', async () => {
    const item = await lab.intake([await lab.photo(switchLabel)])
    expect(lab.parts.netbox.intake.labelFacts(item.id)).toBeNull()
    const change = await lab.propose(item.id)
    await lab.decide(change)
    await lab.ended(change.id)
    expect(await lab.parts.netbox.intake.record('hw-00001')).toEqual({
      kind: 'confirmed',
      facts: {
        tag: 'HW-00001',
        name: lab.card(item.id).title,
        specLine: '16 × 1G, 8 PoE+, 45 W',
        url: 'http://bench.lan:4610/a/HW-00001',
        sample: false,
      },
    })
    expect(await lab.parts.netbox.intake.resolve('HW-00001')).toEqual({ kind: 'item', itemId: item.id })
    expect(await lab.parts.netbox.intake.resolve('HW-00002')).toEqual({ kind: 'unknown' })
    expect(await lab.parts.netbox.intake.resolve('42')).toEqual({ kind: 'not-a-tag' })
  })

  test('a declined record leaves the item ready, and it keeps its tag', async () => {
    const item = await lab.intake([await lab.photo(switchLabel)])
    const first = await lab.propose(item.id)
    await lab.decide(first, 'decline')
    expect(lab.card(item.id).state).toBe('researched')
    expect(await lab.records()).toEqual([])
    const second = await lab.propose(item.id)
    expect(second.id).not.toBe(first.id)
    expect(second.lines).toContainEqual({ label: 'Tag', before: null, after: 'HW-00001' })
  })

  test('the sample is marked as a sample on the record and the label', async () => {
    const item = await lab.intake([await lab.photo(switchLabel, true)])
    expect(item.sample).toBe(true)
    const change = await lab.propose(item.id)
    expect(change.warnings.join(' ')).toContain('sample')
    expect(lab.parts.netbox.intake.labelFacts(item.id)?.sample).toBe(true)
  })
})

describe('the same photo or call again', () => {
  test('starting twice with the same photo opens the one item', async () => {
    const photo = await lab.photo(switchLabel)
    const [one, other] = await Promise.all([lab.intake([photo]), lab.intake([photo])])
    expect(one.id).toBe(other.id)
    expect(lab.reader.reads).toHaveLength(1)
  })

  test('many items are read at once and each stays its own', async () => {
    const labels = Array.from({ length: 6 }, (_, at) =>
      seenLabel({
        codes: [{ text: `UB24X7K9Q${at}ZW` }],
        lines: ['Ubiquiti', 'Model: USW-Lite-16-PoE', `S/N: UB24X7K9Q${at}ZW`],
      }),
    )
    const photos = await Promise.all(labels.map((label) => lab.photo(label)))
    const items = await Promise.all(photos.map((photo) => lab.intake([photo])))
    expect(items.map((item) => lab.field(item.id, 'serial').value)).toEqual(
      labels.map((_, at) => `UB24X7K9Q${at}ZW`),
    )
  })
})
