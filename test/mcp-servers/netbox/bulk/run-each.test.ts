import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type EachOutcome, runEach } from '../../../../mcp-servers/netbox/bulk/run-each.ts'

const faults: unknown[] = []
const work = {
  name: (item: string) => item,
  onFault: (cause: unknown) => faults.push(cause),
}

test('one poisoned item fails by itself; the others are done, and the report tells all three apart', async () => {
  const poison = new Error('SQLITE_CORRUPT')
  const report = await runEach(['HW-00001', 'HW-00002', 'HW-00003', 'HW-00004'], {
    ...work,
    async run(item) {
      if (item === 'HW-00002') throw poison
      if (item === 'HW-00003') return { kind: 'skipped', why: 'It is in the inventory already.' }
      return { kind: 'done', words: 'Set back.' }
    },
  })
  expect(report).toEqual({
    items: [
      { name: 'HW-00001', outcome: { kind: 'done', words: 'Set back.' } },
      {
        name: 'HW-00002',
        outcome: {
          kind: 'failed',
          why: 'HWLab stumbled over it; the log says more. Try this one by itself.',
        },
      },
      { name: 'HW-00003', outcome: { kind: 'skipped', why: 'It is in the inventory already.' } },
      { name: 'HW-00004', outcome: { kind: 'done', words: 'Set back.' } },
    ],
    done: 2,
    skipped: 1,
    failed: 1,
    words: '2 done, 1 skipped, 1 failed.',
  })
  expect(faults).toEqual([poison])
})

test('an empty list says that there was nothing to do', async () => {
  expect(await runEach([], { ...work, run: async () => ({ kind: 'done', words: '' }) })).toMatchObject({
    items: [],
    words: 'There was nothing to do.',
  })
})

test('what was stopped before its turn is skipped, not failed', async () => {
  const stop = new AbortController()
  const report = await runEach(['one', 'two', 'three'], {
    ...work,
    signal: stop.signal,
    async run(item) {
      if (item === 'one') stop.abort()
      return { kind: 'done', words: '' }
    },
  })
  expect(report).toMatchObject({ done: 1, skipped: 2, failed: 0 })
})

test('whatever happens to the items, each is tried once, in order, and counted once', async () => {
  const fate = fc.constantFrom('done', 'skipped', 'failed', 'throws')
  await fc.assert(
    fc.asyncProperty(fc.array(fate, { maxLength: 30 }), async (fates) => {
      const tried: number[] = []
      const report = await runEach([...fates.entries()], {
        name: ([at]) => String(at),
        onFault: () => {},
        async run([at, fate]): Promise<EachOutcome> {
          tried.push(at)
          if (fate === 'throws') throw new Error('broken')
          return fate === 'done' ? { kind: 'done', words: '' } : { kind: 'skipped', why: '' }
        },
      })
      expect(tried).toEqual([...fates.keys()])
      expect(report.items.map(({ name }) => name)).toEqual([...fates.keys()].map(String))
      expect(report.done + report.skipped + report.failed).toBe(fates.length)
      expect(report.failed).toBe(fates.filter((one) => one === 'throws').length)
    }),
  )
})
