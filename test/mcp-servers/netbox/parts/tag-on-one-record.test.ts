import fc from 'fast-check'
import { expect, test } from 'vitest'
import { release } from '../../../../mcp-servers/netbox/embedded/release.ts'
import { lateMostMs, randomFault } from '../../../support/random-fault.ts'
import { deathAt } from '../outbox/death-at.ts'
import { enqueue, labDatabase, type QueueWorld, queueWorld } from '../outbox/queue-world.ts'
import { anywhere, bay, byHand, holders, machines, move, workshop } from './part-world.ts'

const tag = 'HW-00001'

/** Recorded, into a bay, into another machine, onto a shelf, and into the first bay again. */
function enqueueAll({ outbox }: QueueWorld, { one, two }: { one: number; two: number }): void {
  const first = bay(one, 'SSD 1')
  const second = bay(two, 'M.2', true)
  enqueue(outbox, 1)
  const steps = [
    move(1, anywhere, first),
    move(1, first, second),
    move(1, second, workshop),
    move(1, workshop, first),
  ]
  for (const [at, step] of steps.entries()) outbox.enqueue(`move-${at}`, 'move_part', step)
}

async function untilAllConfirmed(lab: QueueWorld): Promise<void> {
  await lab.until(() => {
    for (const row of lab.outbox.view())
      if (row.state === 'needs_human') {
        expect(row.why).toMatch(/^Tried \d+ times/)
        lab.outbox.retry(row.id)
      }
    return lab.states().every((state) => state === 'confirmed')
  })
}

async function expectOneOfEach(lab: QueueWorld): Promise<void> {
  const hand = byHand(lab.server)
  const [module] = await hand.rows('dcim/modules/')
  expect(await holders(hand, tag)).toEqual([`module ${module?.id}`])
  expect(module).toMatchObject({ module_bay: { name: 'SSD 1' }, serial: 'SN-1' })
  expect(await lab.count('dcim/devices/')).toBe(3)
  expect(await lab.count('dcim/modules/')).toBe(1)
  expect(await lab.count('dcim/module-bays/')).toBe(3)
  expect(await lab.count('extras/journal-entries/')).toBe(5)
  expect(await lab.count('extras/image-attachments/')).toBe(1)
}

test('killed between any two requests, a tag is always on a record, and on one in the end', async () => {
  let kills = 0
  for (let at = 1; ; at += 1) {
    const server = labDatabase()
    const database = labDatabase()
    const death = deathAt(at)
    death.begin()
    const options = { server, database, release: release(['4.4.10', '4.6.8', '4.7.3'][at % 3] ?? '4.6.8') }
    const dying = queueWorld({
      ...options,
      next: death.next,
    })
    const ids = await machines(dying.server)
    dying.outbox.start()
    enqueueAll(dying, ids)
    await dying.until(() => death.isDead() || dying.states().every((state) => state === 'confirmed'))
    await dying.outbox.stop()
    if (!death.isDead()) break
    kills += 1
    const reborn = queueWorld(options)
    reborn.outbox.start()
    await untilAllConfirmed(reborn)
    await reborn.outbox.stop()
    await expectOneOfEach(reborn)
    expect([dying.bugs, reborn.bugs]).toEqual([[], []])
  }
  expect(kills).toBeGreaterThan(60)
  process.stderr.write(`killed ${kills} times\n`)
}, 120_000)

const runs = 40
const fault = randomFault(10)
const quietStart = fc.integer({ min: 0, max: 120 })

test(`in ${runs} runs of random faults a recorded tag is never on no record, and on exactly one in the end`, async () => {
  const total = { faults: 0, looks: 0 }
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('4.4.10', '4.6.8', '4.7.3'),
      quietStart,
      fc.array(fault, { minLength: 5, maxLength: 60 }),
      async (version, quiet, faults) => {
        let at = -quiet
        let wasThere = false
        let isLost = false
        const lab = queueWorld({
          release: release(version),
          around: (server) => async (request) => {
            const answer = await server(request)
            if (request.method === 'GET') return answer
            const found = (await holders(byHand(server), tag)).length
            total.looks += 1
            wasThere ||= found > 0
            isLost ||= wasThere && found === 0
            return answer
          },
          next(request) {
            const next = faults[at++] ?? { kind: 'none' }
            if (next.kind === 'integrity-error' && request.method !== 'POST') return { kind: 'none' }
            if (next.kind !== 'none') total.faults += 1
            return next
          },
        })
        const ids = await machines(lab.server)
        lab.outbox.start()
        enqueueAll(lab, ids)
        await untilAllConfirmed(lab)
        await lab.pass(lateMostMs + 200_000)
        await lab.outbox.stop()
        expect(lab.bugs).toEqual([])
        await expectOneOfEach(lab)
        expect(isLost).toBe(false)
      },
    ),
    { numRuns: runs, endOnFailure: true },
  )
  process.stderr.write(`${runs * 4} moves, ${total.faults} faults, ${total.looks} looks at the tag\n`)
}, 120_000)
