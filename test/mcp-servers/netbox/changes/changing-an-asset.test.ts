import { expect, test } from 'vitest'
import { openEmbeddedNetbox } from '../../../../mcp-servers/netbox/embedded/open-embedded-netbox.ts'
import { release } from '../../../../mcp-servers/netbox/embedded/release.ts'
import { seenLabel } from '../../../support/fake-photo-reader.ts'
import { openNetboxLab } from '../../../support/open-netbox-server.ts'
import { labDatabase } from '../outbox/queue-world.ts'

const label = seenLabel({
  codes: [{ text: 'SUB24X7K9Q2M1' }],
  lines: ['Ubiquiti', 'Model: USW-Lite-16-PoE', 'S/N: UB24X7K9Q2M1'],
})

test('where netbox-inventory keeps it, a thing is changed, retired and taken back as an asset', async () => {
  const speaks = release('4.6.8', '2.6.1')
  const server = openEmbeddedNetbox({ database: labDatabase(), nowMs: () => Date.now(), release: speaks })
  await using lab = await openNetboxLab({ wrapFetch: () => server })
  const { id } = await lab.intake([await lab.photo(label)])
  const created = await lab.propose(id, false)
  await lab.decide(created)
  await lab.ended(created.id)
  const assets = async () => {
    const found = await lab.parts.inventory.findByTag('HW-00001')
    return found.kind === 'looked' ? found.records : []
  }
  expect(await assets()).toMatchObject([{ kind: 'asset', status: 'stored' }])
  expect(lab.card(id).record?.editable).toEqual(['serial', 'name', 'fcc_id', 'description'])

  const changes = lab.parts.netbox.changes
  const approved = async (filed: Awaited<ReturnType<typeof changes.propose>>) => {
    if (filed.kind === 'refused' || filed.changeId === null) throw new Error('nothing was filed')
    await lab.decide(lab.change(filed.changeId))
    expect((await lab.ended(filed.changeId)).state).toBe('done')
  }
  await approved(await changes.propose({ itemId: id, field: 'serial', value: 'SN-2' }, 'operator'))
  await approved(await changes.propose({ itemId: id, field: 'status', value: 'retired' }, 'operator'))
  expect(await assets()).toMatchObject([{ serial: 'SN-2', status: 'retired' }])
  expect(lab.card(id).stateWords).toBe('Retired')
  await approved(await changes.proposeUndo('HW-00001', 'operator'))
  expect(await assets()).toMatchObject([{ serial: 'SN-2', status: 'stored' }])
  expect(lab.card(id).stateWords).toBe('In the inventory')
  expect(await changes.propose({ itemId: id, field: 'role', value: 'Router' }, 'operator')).toMatchObject({
    kind: 'refused',
    why: expect.stringContaining('of an asset'),
  })
  expect(lab.faults).toEqual([])
})
