import { cpSync, writeFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { seenLabel } from '../../../support/fake-photo-reader.ts'
import { NetboxLab, openNetboxLab } from '../../../support/open-netbox-server.ts'

const label = seenLabel({
  codes: [{ text: 'SUB24X7K9Q2M1' }],
  lines: ['Ubiquiti', 'Model: USW-Lite-16-PoE', 'S/N: UB24X7K9Q2M1'],
})

/** The database as it is on disk now, as a new folder that can be opened as if the power had gone. */
async function cut(lab: NetboxLab): Promise<() => Promise<NetboxLab>> {
  const image = lab.parts.database.serialize()
  return async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hwlab-cut-'))
    cpSync(join(lab.stateDir, 'attachments'), join(folder, 'attachments'), { recursive: true })
    writeFileSync(join(folder, 'hwlab.db'), image)
    const after = new NetboxLab(folder, {}, lab.reader)
    await after.open()
    return after
  }
}

test('wherever the power goes, the job ends in one record with one photo and one journal entry', async () => {
  await using lab = await openNetboxLab()
  const cuts: Promise<() => Promise<NetboxLab>>[] = []
  const photo = await lab.photo(label)
  lab.parts.netbox.onChange(() => cuts.push(cut(lab)))
  lab.parts.approvals.onChange(() => cuts.push(cut(lab)))
  const item = await lab.intake([photo])
  const change = await lab.propose(item.id)
  await lab.decide(change)
  await lab.ended(change.id)
  expect(cuts.length).toBeGreaterThan(15)

  const states = new Set<string>()
  for (const open of await Promise.all(cuts)) {
    await using after = await open()
    if (after.parts.netbox.intake.card(item.id) === null) continue
    const card = await after.until(item.id, ({ state }) => state !== 'draft' && state !== 'indexed')
    states.add(`${card.state} ${card.change?.state ?? 'none'}`)
    const waiting = card.state === 'researched' && card.change === null ? await after.propose(item.id) : null
    const last = waiting ?? after.parts.approvals.latestForItem(item.id)
    if (!last) throw new Error('nothing was proposed')
    if (last.state === 'proposed') await after.decide(last)
    expect((await after.ended(last.id)).state).toBe('done')
    expect(after.card(item.id).state).toBe('complete')
    expect(await after.records()).toMatchObject([{ assetTag: 'HW-00001', serial: 'UB24X7K9Q2M1' }])
    expect(await count(after, 'extras/journal-entries')).toBe(1)
    expect(await count(after, 'extras/image-attachments')).toBe(1)
    expect(after.printed.length).toBeLessThanOrEqual(1)
    expect(after.parts.approvals.audit.verify()).toEqual({ kind: 'whole' })
  }
  expect([...states]).toEqual(
    expect.arrayContaining([
      'researched none',
      'researched proposed',
      'researched executing',
      'complete done',
    ]),
  )
}, 60_000)

async function count(
  lab: NetboxLab,
  endpoint: 'extras/journal-entries' | 'extras/image-attachments',
): Promise<number> {
  const listed = await lab.parts.inventory.rest.list(endpoint, {})
  if (listed.kind === 'failed') throw new Error(listed.why)
  return listed.rows.length
}
