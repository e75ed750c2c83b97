import { describe, expect, test } from 'vitest'
import type { DesiredItem } from '../../../../mcp-servers/netbox/outbox/item-intent.ts'
import { enqueue, intent, type QueueWorld } from './queue-world.ts'
import { queueWorldsOfATest } from './queue-worlds-of-a-test.ts'

const world = queueWorldsOfATest()

async function device(lab: QueueWorld): Promise<Record<string, unknown>> {
  const answer = await lab.server(new Request('http://netbox.test/api/dcim/devices/?asset_tag=HW-00001'))
  const body: { results: Record<string, unknown>[] } = await answer.json()
  expect(body.results).toHaveLength(1)
  return body.results[0] ?? {}
}

async function stranger(lab: QueueWorld, json: Record<string, unknown>): Promise<void> {
  lab.clock.advance(60_000)
  const { id } = await device(lab)
  const answer = await lab.server(
    new Request(`http://netbox.test/api/dcim/devices/${id}/`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(json),
    }),
  )
  expect(answer.status).toBe(200)
}

/** Written, but the answer to the journal entry says no: the operator cancels, corrects the item and proposes it again. */
async function refusedThenCorrected(
  changes: Partial<DesiredItem>,
  between?: (lab: QueueWorld) => Promise<void>,
) {
  let isAllowed = false
  const lab = world({
    around: (server) => async (request) =>
      !isAllowed && request.method === 'POST' && request.url.includes('journal')
        ? Response.json({ detail: 'You do not have permission to perform this action.' }, { status: 403 })
        : server(request),
  })
  lab.outbox.start()
  enqueue(lab.outbox, 1)
  await lab.until(() => lab.settled.length === 1)
  expect(lab.outbox.cancel(lab.outbox.view()[0]?.id ?? '')).toEqual({ kind: 'done' })
  await between?.(lab)
  isAllowed = true
  lab.outbox.enqueue('step-1-again', 'create_item', intent(1, changes))
  await lab.until(() => lab.settled.length === 3)
  return lab
}

describe('an item that is proposed again after it reached NetBox half-way', () => {
  test('becomes what was approved last, in the same record, with one photo', async () => {
    const lab = await refusedThenCorrected({
      serial: 'SN-RIGHT',
      name: 'bench box',
      role: { name: 'Router', slug: 'router' },
      tags: ['hwlab', 'Top shelf'],
      customFields: { hwlab_spec: '16 ports' },
    })
    expect(lab.settled[2]).toMatchObject({ operationKey: 'step-1-again', outcome: { kind: 'confirmed' } })
    expect(await device(lab)).toMatchObject({
      serial: 'SN-RIGHT',
      name: 'bench box',
      role: { slug: 'router' },
      tags: [{ slug: 'hwlab' }, { slug: 'top-shelf' }],
      custom_fields: { hwlab_id: '01ITEM1', hwlab_spec: '16 ports' },
    })
    expect([
      await lab.count('dcim/devices/'),
      await lab.count('extras/image-attachments/'),
      await lab.count('extras/journal-entries/'),
    ]).toEqual([1, 1, 1])
  })

  test('keeps what somebody added in NetBox meanwhile', async () => {
    const lab = await refusedThenCorrected({ serial: 'SN-RIGHT' }, (lab) =>
      stranger(lab, { tags: [{ name: 'hwlab', slug: 'hwlab' }], description: 'mine' }),
    )
    expect(lab.settled[2]?.outcome.kind).toBe('confirmed')
    expect(await device(lab)).toMatchObject({ serial: 'SN-RIGHT' })
  })

  test('does not overwrite what somebody changed there: the fields are put side by side', async () => {
    const lab = await refusedThenCorrected({ serial: 'SN-RIGHT', name: 'bench box' }, (lab) =>
      stranger(lab, { serial: 'SN-STRANGER' }),
    )
    expect(lab.outbox.view()[0]).toMatchObject({
      state: 'conflict',
      why: 'Somebody changed HW-00001 in NetBox. Choose what is right.',
      conflict: [
        { field: 'serial', label: 'serial number', base: 'SN-1', mine: 'SN-RIGHT', netbox: 'SN-STRANGER' },
      ],
    })
    expect(await device(lab)).toMatchObject({ serial: 'SN-STRANGER', name: null })
  })

  test('is not overwritten when somebody changes it between the look and the write', async () => {
    let isWatched = false
    const lab = world({
      around: (server) => async (request) => {
        if (isWatched && request.method === 'PATCH' && request.url.includes('/dcim/devices/')) {
          isWatched = false
          await stranger(lab, { serial: 'SN-STRANGER' })
        }
        return server(request)
      },
    })
    lab.outbox.start()
    enqueue(lab.outbox, 1)
    await lab.until(() => lab.settled.length === 1)
    isWatched = true
    lab.outbox.enqueue('step-1-again', 'create_item', intent(1, { serial: 'SN-RIGHT' }))
    await lab.until(() => lab.settled.length === 2)
    expect(lab.outbox.view()[0]).toMatchObject({ state: 'conflict', conflict: [{ field: 'serial' }] })
    expect(await device(lab)).toMatchObject({ serial: 'SN-STRANGER' })
  })
})
