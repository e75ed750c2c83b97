import { describe, expect, test } from 'vitest'
import { htmlPage } from '../../../support/faulty-fetch.ts'
import { desiredItem, enqueue, labDatabase } from './queue-world.ts'
import { queueWorldsOfATest } from './queue-worlds-of-a-test.ts'

const world = queueWorldsOfATest()

describe('when NetBox is away', () => {
  test('an hour without it loses and doubles nothing, and the queue says so meanwhile', async () => {
    let away = true
    const lab = world({ next: () => (away ? { kind: 'refused' } : { kind: 'none' }) })
    lab.outbox.start()
    for (let number = 1; number <= 40; number += 1) enqueue(lab.outbox, number)
    await lab.pass(3_600_000)
    expect(lab.outbox.status()).toMatchObject({
      words: 'NetBox is away; 40 waiting',
      weather: { kind: 'away' },
    })
    expect(lab.requests.length).toBeLessThan(150)
    expect(lab.settled).toEqual([])
    away = false
    await lab.until(() => lab.settled.length === 40)
    expect([await lab.count('dcim/devices/'), await lab.count('extras/journal-entries/')]).toEqual([40, 40])
  })

  test('a refused token pauses everything without using up an attempt, and a good one lets it go on', async () => {
    let good = false
    const lab = world({
      around: (server) => async (request) =>
        good ? server(request) : Response.json({ detail: 'Invalid v1 token' }, { status: 403 }),
    })
    lab.outbox.start()
    enqueue(lab.outbox, 1)
    await lab.pass(600_000)
    expect(lab.outbox.status().weather).toMatchObject({
      kind: 'refused',
      why: expect.stringContaining('token'),
    })
    expect(lab.states()).toEqual(['retry_wait'])
    good = true
    await lab.until(() => lab.settled.length === 1)
    expect(lab.settled[0]?.outcome.kind).toBe('confirmed')
  })

  test('a web page instead of the API pauses everything and names the address', async () => {
    const lab = world({ around: () => async () => htmlPage(200) })
    lab.outbox.start()
    enqueue(lab.outbox, 1)
    await lab.pass(60_000)
    expect(lab.outbox.status().weather).toMatchObject({
      kind: 'refused',
      why: expect.stringContaining('NETBOX_URL'),
    })
    expect(lab.outbox.view()[0]?.actions).toContain('cancel')
  })

  test('a request to slow down is honoured by all', async () => {
    let first = true
    const lab = world({
      next() {
        const fault = first ? ({ kind: 'throttled', seconds: 120 } as const) : ({ kind: 'none' } as const)
        first = false
        return fault
      },
    })
    lab.outbox.start()
    enqueue(lab.outbox, 1)
    await lab.pass(5_000)
    const alreadyOnTheirWay = lab.requests.length
    await lab.pass(110_000)
    expect(lab.requests.length).toBe(alreadyOnTheirWay)
    await lab.until(() => lab.settled.length === 1)
  })
})

describe('after a restart', () => {
  test('what was in flight is looked for, not sent again', async () => {
    const database = labDatabase()
    const server = labDatabase()
    const first = world({
      database,
      server,
      next: (request) =>
        request.method === 'POST' && request.url.includes('journal')
          ? { kind: 'delayed', byMs: 10 ** 9 }
          : { kind: 'none' },
    })
    first.outbox.start()
    enqueue(first.outbox, 1)
    await first.until(() => first.requests.some((line) => line.includes('POST /api/extras/journal')))
    database.prepare("update outbox_operations set state = 'in_flight'").run()
    const second = world({ database, server })
    second.outbox.start()
    await second.until(() => second.settled.length === 1)
    expect(second.requests.filter((line) => line === 'POST /api/dcim/devices/')).toEqual([])
    expect([await second.count('dcim/devices/'), await second.count('extras/journal-entries/')]).toEqual([
      1, 1,
    ])
  })

  test('an outcome that nobody was told of is told once', async () => {
    const database = labDatabase()
    const first = world({ database })
    first.outbox.start()
    enqueue(first.outbox, 1)
    await first.until(() => first.settled.length === 1)
    const second = world({ database })
    second.outbox.start()
    await second.pass(5_000)
    expect(second.settled).toEqual([])
    database.prepare('update outbox_operations set announced = 0').run()
    const third = world({ database })
    third.outbox.start()
    expect(third.settled).toEqual(first.settled)
  })

  test('a listener that fails leaves the outcome untold, so that it is told again', async () => {
    const database = labDatabase()
    const first = world({ database })
    first.outbox.start()
    enqueue(first.outbox, 1)
    await first.until(() => first.settled.length === 1)
    database.prepare('update outbox_operations set announced = 0').run()
    const second = world({ database })
    second.outbox.onSettled(() => {
      throw new Error('no room')
    })
    expect(() => second.outbox.start()).toThrow('no room')
    expect(database.prepare('select announced from outbox_operations').get()).toEqual({ announced: 0 })
  })

  test('two operations on one tag go one after the other', async () => {
    const lab = world()
    enqueue(lab.outbox, 1)
    lab.outbox.enqueue('step-1b', 'create_item', {
      item: desiredItem(1, { hwlabId: '01OTHER' }),
      photos: [],
      journal: 'The same tag for another item.',
    })
    lab.outbox.start()
    await lab.until(() => lab.settled.length === 2)
    expect(lab.settled.map((one) => [one.operationKey, one.outcome.kind])).toEqual([
      ['step-1', 'confirmed'],
      ['step-1b', 'needs-human'],
    ])
  })
})
