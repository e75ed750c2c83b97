import { describe, expect, test } from 'vitest'
import { exportQueue } from '../../../../mcp-servers/netbox/outbox/export-queue.ts'
import { operationKinds } from '../../../../mcp-servers/netbox/outbox/operation-kind.ts'
import { linkTwo } from './linking-kind.ts'
import { desiredItem, enqueue, intent, labDatabase, type QueueWorld } from './queue-world.ts'
import { queueWorldsOfATest } from './queue-worlds-of-a-test.ts'

const world = queueWorldsOfATest()
const kinds = new Map([...operationKinds, [linkTwo.kind, linkTwo] as const])

function link(lab: QueueWorld, name: string, from: number, to: number): void {
  const intentOf = { name, from: desiredItem(from).assetTag, to: desiredItem(to).assetTag }
  lab.outbox.enqueue(name, 'link_two', intentOf)
}

/** NetBox refuses these items until a person has granted the right. */
function refusing(serials: string[]) {
  const granted = { yes: false }
  const lab = world({
    kinds,
    around: (server) => async (request) => {
      const text = request.method === 'POST' ? await request.clone().text() : ''
      return !granted.yes && serials.some((serial) => text.includes(`"${serial}"`))
        ? Response.json({ detail: 'You do not have permission to perform this action.' }, { status: 403 })
        : server(request)
    },
  })
  return { lab, granted }
}

describe('what a person sees of the queue', () => {
  test('what needs them first, then what waits, and what it waits for', async () => {
    const { lab } = refusing(['SN-2'])
    enqueue(lab.outbox, 1)
    enqueue(lab.outbox, 2)
    link(lab, 'link-a', 1, 2)
    link(lab, 'link-b', 3, 1)
    lab.outbox.enqueue('step-2-again', 'create_item', intent(2, { serial: 'SN-2b' }))
    lab.outbox.start()
    await lab.until(() => lab.outbox.status().needsHuman === 1 && lab.outbox.status().waiting === 3)
    await lab.pass(60_000)
    expect(lab.outbox.view().map(({ operationKey, stateWords }) => [operationKey, stateWords])).toEqual([
      ['step-2', expect.stringMatching(/^Needs you: NetBox does not allow/)],
      ['link-a', 'Waits for HW-00002, which needs you'],
      ['link-b', 'Waits for HW-00001'],
      ['step-2-again', 'Waits for what comes before it, which needs you'],
      ['step-1', 'Confirmed'],
    ])
    expect(lab.outbox.status().restMs).toBeNull()
  })

  test('after a right was granted, everything that stuck is tried again at once', async () => {
    const { lab, granted } = refusing(['SN-1', 'SN-2', 'SN-3'])
    for (const number of [1, 2, 3]) enqueue(lab.outbox, number)
    lab.outbox.start()
    await lab.until(() => lab.outbox.status().needsHuman === 3)
    granted.yes = true
    expect(lab.outbox.retryAll()).toEqual({ kind: 'done', count: 3 })
    await lab.until(() => lab.outbox.status().words === 'Everything is saved.')
    expect(lab.outbox.retryAll()).toMatchObject({ kind: 'refused' })
    expect(await lab.count('dcim/devices/')).toBe(3)
  })

  test('what is done can be paged, newest first', async () => {
    const lab = world()
    for (let number = 1; number <= 7; number += 1) enqueue(lab.outbox, number)
    lab.outbox.start()
    await lab.until(() => lab.settled.length === 7)
    const first = lab.outbox.history(null, 4)
    expect([first.rows.map(({ tag }) => tag), first.hasOlder]).toEqual([
      ['HW-00007', 'HW-00006', 'HW-00005', 'HW-00004'],
      true,
    ])
    const second = lab.outbox.history(first.rows.at(-1)?.id ?? null, 4)
    expect([second.rows.map(({ tag }) => tag), second.hasOlder]).toEqual([
      ['HW-00003', 'HW-00002', 'HW-00001'],
      false,
    ])
  })

  test('what is not written can be exported, in order, with all that is needed to do it by hand', async () => {
    const lab = world()
    enqueue(lab.outbox, 1)
    enqueue(lab.outbox, 2)
    lab.outbox.cancel(lab.outbox.view()[0]?.id ?? '')
    const exported = exportQueue(lab.database, lab.clock.nowMs())
    expect(exported).toMatchObject({
      exportedAt: '2026-01-05T12:00:00.000Z',
      operations: [
        { operationKey: 'step-2', kind: 'create_item', tag: 'HW-00002', maybeSent: false, intent: intent(2) },
      ],
    })
  })
})

describe('what could strand a queue does not', () => {
  test('a clock that was set back a day', async () => {
    let isFaulty = true
    const lab = world({ next: () => (isFaulty ? { kind: 'lost-response' } : { kind: 'none' }) })
    lab.outbox.start()
    enqueue(lab.outbox, 1)
    await lab.until(() => lab.states()[0] === 'retry_wait')
    lab.clock.set(-86_400_000)
    isFaulty = false
    const setAtMs = lab.clock.nowMs()
    await lab.until(() => lab.settled.length === 1)
    expect(lab.clock.nowMs() - setAtMs).toBeLessThan(180_000)
  })

  test('a row that this HWLab cannot read: it needs a person, and the others go on', async () => {
    const database = labDatabase()
    const lab = world({ database })
    enqueue(lab.outbox, 1)
    enqueue(lab.outbox, 2)
    database
      .prepare("update outbox_operations set kind = 'teleport_item', intent = '{}' where operation_key = ?")
      .run('step-1')
    lab.outbox.start()
    await lab.until(() => lab.settled.length === 2)
    expect(lab.outbox.view()[0]).toMatchObject({
      title: 'teleport item (HW-00001)',
      stateWords: expect.stringContaining('Another version of HWLab'),
      actions: ['retry', 'cancel'],
    })
    expect(lab.outbox.view()[1]?.state).toBe('confirmed')
  })
})
