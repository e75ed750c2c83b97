import { expect, test } from 'vitest'
import { enqueue } from './queue-world.ts'
import { queueWorldsOfATest } from './queue-worlds-of-a-test.ts'

const world = queueWorldsOfATest()
const items = 1_000

test('NetBox is away for an hour with 1,000 operations waiting: nothing is lost or doubled, and the rest is foretold', async () => {
  let away = true
  const lab = world({ next: () => (away ? { kind: 'refused' } : { kind: 'delayed', byMs: 100 }) })
  lab.outbox.start()
  const residentBefore = process.memoryUsage().rss
  for (let number = 1; number <= items; number += 1) enqueue(lab.outbox, number)
  await lab.pass(3_600_000)
  const grownMegabytes = (process.memoryUsage().rss - residentBefore) / 1e6
  const waiting = lab.outbox.status()
  expect(waiting).toMatchObject({
    words: 'NetBox is away; 1000 waiting',
    weather: { kind: 'away' },
    lastContactMs: null,
    restMs: null,
  })
  expect(lab.clock.nowMs() - (waiting.oldestAtMs ?? 0)).toBeGreaterThanOrEqual(3_600_000)
  expect(lab.requests.length).toBeLessThan(150)
  away = false
  await lab.until(() => lab.settled.length >= items / 2)
  const foretoldMs = lab.outbox.status().restMs ?? 0
  const halfAtMs = lab.clock.nowMs()
  await lab.until(() => lab.settled.length >= items)
  const tookMs = lab.clock.nowMs() - halfAtMs
  expect(foretoldMs / tookMs).toBeGreaterThan(0.5)
  expect(foretoldMs / tookMs).toBeLessThan(2)
  await lab.pass(300_000)
  const counts = await Promise.all(
    ['dcim/devices/', 'extras/image-attachments/', 'extras/journal-entries/'].map((path) => lab.count(path)),
  )
  process.stderr.write(
    `${items} operations, ${lab.requests.length} requests, ${Math.round(grownMegabytes)} MB more resident after the hour\n`,
  )
  expect([lab.settled.length, ...counts]).toEqual([items, items, items, items])
  expect(new Set(lab.settled.map(({ outcome }) => outcome.kind))).toEqual(new Set(['confirmed']))
  expect(lab.outbox.status()).toMatchObject({ words: 'Everything is saved.', restMs: null, oldestAtMs: null })
  // The whole queue and the hour of probes; the bench row measures 10,000.
  expect(grownMegabytes).toBeLessThan(100)
}, 60_000)
