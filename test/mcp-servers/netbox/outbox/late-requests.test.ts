import { expect, test } from 'vitest'
import { bay, byHand, holders, machines, move, workshop } from '../parts/part-world.ts'
import { enqueue, type QueueWorld } from './queue-world.ts'
import { queueWorldsOfATest } from './queue-worlds-of-a-test.ts'

const queueWorld = queueWorldsOfATest()

/** The first request of this kind stays on its way for 100 s; HWLab gives it up after 30 s. */
function delayedOnce(isIt: (request: Request) => boolean) {
  let isLeft = true
  return (request: Request) => {
    if (!isLeft || !isIt(request)) return { kind: 'none' as const }
    isLeft = false
    return { kind: 'delayed' as const, byMs: 100_000 }
  }
}

async function untilConfirmed(lab: QueueWorld): Promise<void> {
  await lab.until(() => lab.states().every((state) => state === 'confirmed'))
}

test('a part that was taken out again is not put back by a request that was given up', async () => {
  const isModule = ({ method, url }: Request) => method === 'POST' && url.endsWith('/dcim/modules/')
  const lab = queueWorld({ next: delayedOnce(isModule) })
  const { one } = await machines(lab.server)
  lab.outbox.start()
  enqueue(lab.outbox, 1)
  await untilConfirmed(lab)
  const inside = bay(one, 'SSD 1')
  lab.outbox.enqueue('in', 'move_part', move(1, { ...workshop, location: [] }, inside))
  lab.outbox.enqueue('out', 'move_part', move(1, inside, workshop))
  await lab.until(() => lab.settled.some(({ operationKey }) => operationKey === 'in'))
  expect(lab.outbox.view().find(({ operationKey }) => operationKey === 'out')).toMatchObject({
    state: 'queued',
    stateWords: 'Waits a few minutes: a lost request before it may still reach NetBox',
  })
  await untilConfirmed(lab)
  await lab.pass(200_000)
  const hand = byHand(lab.server)
  expect(await hand.rows('dcim/modules/')).toEqual([])
  expect(await holders(hand, 'HW-00001')).toEqual([expect.stringMatching(/^device /)])
})

test('what was cancelled in doubt may still happen, so what comes after it waits', async () => {
  const isModule = ({ method, url }: Request) => method === 'POST' && url.endsWith('/dcim/modules/')
  const lab = queueWorld({ next: delayedOnce(isModule) })
  const { one, two } = await machines(lab.server)
  lab.outbox.start()
  enqueue(lab.outbox, 1)
  await untilConfirmed(lab)
  const loose = { ...workshop, location: [] }
  lab.outbox.enqueue('in', 'move_part', move(1, loose, bay(one, 'SSD 1')))
  const row = () => lab.outbox.view().find(({ operationKey }) => operationKey === 'in')
  await lab.until(() => row()?.state === 'retry_wait')
  expect(lab.outbox.cancel(row()?.id ?? '')).toEqual({ kind: 'done' })
  lab.outbox.enqueue('elsewhere', 'move_part', move(1, loose, bay(two, 'M.2', true)))
  await lab.until(() => lab.settled.some(({ operationKey }) => operationKey === 'elsewhere'))
  const hand = byHand(lab.server)
  const modules = await hand.rows('dcim/modules/')
  expect(modules).toMatchObject([{ module_bay: { name: 'M.2' } }])
  expect(await holders(hand, 'HW-00001')).toEqual([`module ${modules[0]?.id}`])
})
