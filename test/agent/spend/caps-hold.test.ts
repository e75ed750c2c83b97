import type { LanguageModelV4, LanguageModelV4StreamPart } from '@ai-sdk/provider'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { calendarOf } from '../../../agent/spend/calendar-day.ts'
import { openSpend, type Spend } from '../../../agent/spend/open-spend.ts'
import { forQuery } from '../../../agent/spend/query.ts'
import { SpendRefused } from '../../../agent/spend/spend-refused.ts'
import { picoUsd } from '../../../agent/spend/usd.ts'
import { agentMigrations } from '../../../agent/store/migrations-owner.ts'
import { modelCallsTable } from '../../../agent/store/model-calls.ts'
import { openDatabase } from '../../../mcp-servers/serving/database.ts'
import { FakeClock } from '../../support/fake-clock.ts'
import { openPaidModel, type PaidModel, type Selling } from '../../support/paid-model.ts'

/** One thing that happens; calls go on one part at a time, so any number of them are under way at once. */
type Happening =
  | { kind: 'ask'; query: number; characters: number; outputTokens: number; selling: Selling }
  | { kind: 'read'; which: number }
  | { kind: 'abort'; which: number }
  | { kind: 'drop'; which: number }
  | { kind: 'restart' }
  | { kind: 'listed' }
  | { kind: 'price'; input: number; output: number; isNoticed: boolean }
  | { kind: 'wait'; seconds: number }

const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('ask' as const),
      query: fc.nat(2),
      characters: fc.integer({ min: 1, max: 12_000 }),
      outputTokens: fc.integer({ min: 1, max: 4000 }),
      selling: fc.record({
        share: fc.constantFrom(0, 0.3, 0.9, 1, 1),
        ending: fc.constantFrom('told' as const, 'told' as const, 'untold' as const, 'broken' as const),
      }),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'read' as const,
        'read' as const,
        'read' as const,
        'abort' as const,
        'drop' as const,
      ),
      which: fc.nat(20),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('restart' as const, 'listed' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('price' as const),
      input: fc.constantFrom(0, 0.1, 3, 60),
      output: fc.constantFrom(0, 0.4, 15, 120),
      isNoticed: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      seconds: fc.constantFrom(1, 20, 400, 40_000, 90_000),
    }),
  },
)

const caps = { query: picoUsd(0.05), day: picoUsd(0.11), month: picoUsd(0.2) }
const calendar = calendarOf('Europe/Berlin')
const database = openDatabase(':memory:', [agentMigrations])
const prepare = database.prepare.bind(database)
const prepared = new Map<string, ReturnType<typeof prepare>>()
Object.assign(database, {
  /** HWLab starts twice in each course: what it asks is prepared once for all of them. */
  prepare(sql: string) {
    const statement = prepared.get(sql) ?? prepare(sql)
    prepared.set(sql, statement)
    return statement
  },
})
const calls = modelCallsTable(database)
database.exec(
  `insert into spend_caps values ('query', ${caps.query}), ('day', ${caps.day}), ('month', ${caps.month})`,
)

/** What the server charged, and what the ledger counts, per question, day and month: none above its cap. */
function breaches(paid: PaidModel): string[] {
  const counted = new Map<string, number>()
  const add = (kind: string, name: string, pico: number) =>
    counted.set(`${kind} ${name}`, (counted.get(`${kind} ${name}`) ?? 0) + pico)
  for (const { queryId, day, picoUsd: pico } of paid.sold) {
    add('query', `${queryId} charged`, pico)
    add('day', `${day} charged`, pico)
    add('month', `${day.slice(0, 7)} charged`, pico)
  }
  for (const row of calls.all()) {
    const pico = row.costPicoUsd ?? row.reservedPicoUsd
    add('query', `${row.queryId} counted`, pico)
    add('day', `${row.day} counted`, pico)
    add('month', `${row.day.slice(0, 7)} counted`, pico)
  }
  return [...counted].flatMap(([name, pico]) => {
    const cap = name.startsWith('query') ? caps.query : name.startsWith('day') ? caps.day : caps.month
    return pico > cap ? [`${name}: ${pico} above ${cap}`] : []
  })
}

interface World {
  clock: FakeClock
  paid: PaidModel
  spend: Spend
  model: LanguageModelV4
  open: { reader: ReadableStreamDefaultReader<LanguageModelV4StreamPart>; stop: AbortController }[]
}

function meteredAgain({ spend, paid }: Pick<World, 'spend' | 'paid'>): LanguageModelV4 {
  const payee = { key: 'paid/dear', where: 'cloud' as const, tier: 3, keepsPriceCeiling: true }
  return spend.metered(paid.model, { ...payee, price: paid.price() })
}

function started(clock: FakeClock, paid: PaidModel): Spend {
  return openSpend({
    ...{ database, clock, calendar, fetch: paid.fetch, audit() {}, onChange() {} },
    servers: () => [{ id: 'paid', baseUrl: 'http://paid.test/v1', apiKey: 'k' }],
    onError(error) {
      throw error
    },
  })
}

async function happen(world: World, what: Happening): Promise<void> {
  const { clock, paid, open } = world
  if (what.kind === 'ask') {
    paid.sell(what.selling)
    const stop = new AbortController()
    try {
      const { stream } = await world.model.doStream({
        prompt: [{ role: 'user', content: [{ type: 'text', text: '7'.repeat(what.characters) }] }],
        maxOutputTokens: what.outputTokens,
        abortSignal: stop.signal,
        providerOptions: forQuery({ queryId: `q${what.query}`, conversationId: null }),
      })
      open.push({ reader: stream.getReader(), stop })
    } catch (error) {
      if (!(error instanceof SpendRefused) && !String(error).includes('No endpoints')) throw error
    }
  } else if (what.kind === 'read') await open[what.which % open.length]?.reader.read().catch(() => {})
  else if (what.kind === 'abort') open[what.which % open.length]?.stop.abort()
  else if (what.kind === 'drop') await open[what.which % open.length]?.reader.cancel().catch(() => {})
  else if (what.kind === 'restart') {
    // As with kill -9: what was under way is never heard of again.
    await world.spend.close()
    open.length = 0
    world.spend = started(clock, paid)
    world.model = meteredAgain(world)
  } else if (what.kind === 'listed') paid.list()
  else if (what.kind === 'price') {
    paid.setPrice({ inputUsdPerMillion: what.input, outputUsdPerMillion: what.output, imageUsd: 0 })
    if (what.isNoticed) world.model = meteredAgain(world)
  } else clock.advance(what.seconds * 1000)
}

const turns = async () => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
}

/** Everything ends, the server lists all it sold, and the books are compared line by line. */
async function settledAll(world: World): Promise<void> {
  for (const { stop } of world.open) stop.abort()
  world.paid.list()
  for (let look = 0; look < 40 && calls.open().length > 0; look += 1) {
    world.clock.advance(1_800_000)
    await turns()
  }
  const charged = new Map(world.paid.sold.map(({ id, picoUsd: pico }) => [id, pico]))
  const ledger = new Map(
    [...calls.all()].flatMap((row) => (row.generationId ? [[row.generationId, row.costPicoUsd]] : [])),
  )
  expect(ledger).toEqual(charged)
}

test('no cap is passed in 10,000 random courses of calls, stops, restarts and prices; the ledger is the server’s own sum', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 5, maxLength: 22 }), async (course) => {
      database.exec('delete from model_calls; delete from model_prices')
      const clock = new FakeClock(Date.UTC(2026, 9, 30, 20))
      const paid = openPaidModel(() => calendar.day(clock.nowMs()))
      const spend = started(clock, paid)
      const world: World = { clock, paid, spend, model: meteredAgain({ spend, paid }), open: [] }
      for (const what of course) {
        await happen(world, what)
        expect(breaches(paid)).toEqual([])
      }
      await settledAll(world)
      await world.spend.close()
    }),
    { numRuns: 10_000 },
  )
}, 300_000)
