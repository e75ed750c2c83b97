import { type LanguageModel, streamText } from 'ai'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { bareModel } from '../../../agent/models/providers.ts'
import { calendarOf } from '../../../agent/spend/calendar-day.ts'
import type { Payee } from '../../../agent/spend/call-book.ts'
import { watchedFetch } from '../../../agent/spend/call-in-flight.ts'
import { openSpend, type Spend } from '../../../agent/spend/open-spend.ts'
import { forQuery } from '../../../agent/spend/query.ts'
import { SpendRefused } from '../../../agent/spend/spend-refused.ts'
import { picoUsd } from '../../../agent/spend/usd.ts'
import { agentMigrations } from '../../../agent/store/migrations-owner.ts'
import { type CallRow, modelCallsTable } from '../../../agent/store/model-calls.ts'
import { type LabDatabase, openDatabase } from '../../../mcp-servers/serving/database.ts'
import { FakeClock } from '../../support/fake-clock.ts'
import {
  type DialectServer,
  openDialectServer,
  type Script,
} from '../../support/model-servers/open-dialect-server.ts'
import { fault, hold, raw, say, usage } from '../../support/model-servers/steps.ts'
import { namedServer } from '../../support/named-providers.ts'

/** Real requests over loopback to a server that speaks as OpenRouter does. */

const price = { inputUsdPerMillion: 3, outputUsdPerMillion: 15, imageUsd: 0 }
const payee: Payee = { key: 'openrouter/scripted', where: 'cloud', tier: 3, price, keepsPriceCeiling: true }
const calendar = calendarOf('Europe/Berlin')

let server: DialectServer
let database: LabDatabase
let clock: FakeClock
let spend: Spend
let audited: unknown[]

beforeEach(() => {
  database = openDatabase(':memory:', [agentMigrations])
  clock = new FakeClock(Date.UTC(2026, 10, 21, 12))
  audited = []
})
afterEach(async () => {
  await spend.close()
  await server.close()
  database.close()
})

async function serve(reply: Script['reply'], page?: Script['page']): Promise<void> {
  server = await openDialectServer('openrouter', { reply, ...(page ? { page } : {}) })
  start()
}

function start(): void {
  spend = openSpend({
    ...{ database, clock, calendar, fetch, onChange() {} },
    servers: () => [{ id: 'openrouter', baseUrl: server.baseUrl, apiKey: 'k' }],
    audit: (entry) => audited.push(entry),
    onError(error) {
      throw error
    },
  })
}

function model(of: Payee = payee): LanguageModel {
  const row = namedServer({ id: 'openrouter', baseUrl: server.baseUrl, where: 'cloud', apiKey: 'k' })
  return spend.metered(bareModel(row, 'scripted', watchedFetch(fetch)), of)
}

/** The text, or the error that ended it. */
async function ask(asked: { of?: Payee; queryId?: string; prompt?: string; signal?: AbortSignal } = {}) {
  const errors: unknown[] = []
  const { stream } = streamText({
    model: model(asked.of),
    prompt: asked.prompt ?? 'How many racks?',
    maxRetries: 0,
    maxOutputTokens: 1000,
    ...(asked.signal ? { abortSignal: asked.signal } : {}),
    providerOptions: forQuery({ queryId: asked.queryId ?? 'q1', conversationId: 'c1' }),
    onError: ({ error }) => {
      errors.push(error)
    },
  })
  let text = ''
  try {
    for await (const part of stream) if (part.type === 'text-delta') text += part.text
  } catch (error) {
    errors.push(error)
  }
  return { text, error: errors[0] ?? null }
}

const rows = (): CallRow[] => [...modelCallsTable(database).all()]
/** Until the background has asked and settled. */
const settled = () =>
  expect.poll(
    () => {
      clock.advance(1_800_000)
      return rows().every((row) => row.state === 'settled')
    },
    { timeout: 10_000, interval: 5 },
  )

describe('an answer', () => {
  test('is reserved before it is asked for, and paid as the server says', async () => {
    let before: CallRow[] = []
    await serve(() => {
      before = rows()
      return [say('Two.'), usage({ promptTokens: 400, completionTokens: 2, costUsd: 0.00123 })]
    })
    expect(await ask()).toEqual({ text: 'Two.', error: null })
    expect(before).toMatchObject([{ state: 'reserved', generationId: null, costPicoUsd: null }])
    expect(rows()).toMatchObject([
      {
        ...{ state: 'settled', costPicoUsd: picoUsd(0.00123), costSource: 'usage', outcome: 'ok' },
        ...{ generationId: 'gen-1', queryId: 'q1', conversationId: 'c1', day: '2026-11-21', tier: 3 },
        ...{ inputTokens: 400, outputTokens: 2, modelUsed: 'scripted', outputTokensMax: 1000 },
      },
    ])
    expect(spend.costOf('q1')).toEqual({ costUsd: 0.00123, isFinal: true })
  })

  test('is asked for with a limit of its length and of its price', async () => {
    await serve(() => say('Two.'))
    await ask({ prompt: '9'.repeat(14_000) })
    const sent = JSON.parse(server.asked[0]?.text ?? '')
    expect(sent.provider).toEqual({ max_price: { prompt: 3, completion: 15, image: 0 } })
    // 14,076 tokens at most for 4.2 cents: what is left of 5 cents pays for 518.
    expect(sent.max_tokens).toBe(518)
    expect(sent.max_tokens).toBe(rows()[0]?.outputTokensMax)
    expect(sent.hwlab).toBeUndefined()
  })

  test('whose price is not told is asked for later; its id is on disk before its first word', async () => {
    const gate = Promise.withResolvers<void>()
    let looks = 0
    await serve(
      () => [hold(gate.promise), say('Half'), fault({ kind: 'cut' })],
      (path) => {
        if (!path.startsWith('/v1/generation?id=gen-1')) return null
        looks += 1
        return looks < 3 ? null : { data: { id: 'gen-1', total_cost: 0.0021 } }
      },
    )
    const answer = ask()
    await expect.poll(() => rows()[0]?.generationId).toBe('gen-1')
    expect(rows()[0]?.state).toBe('reserved')
    gate.resolve()
    expect((await answer).text).toBe('Half')
    expect(spend.costOf('q1').isFinal).toBe(false)
    await settled().toBe(true)
    expect(rows()).toMatchObject([{ costPicoUsd: picoUsd(0.0021), costSource: 'generation', looks: 2 }])
  })

  test('that a person stops counts in full until the server tells what it cost', async () => {
    const gate = Promise.withResolvers<void>()
    const stop = new AbortController()
    await serve(
      () => [say('Half', 1), hold(gate.promise)],
      () => ({ data: { id: 'gen-1', total_cost: 0.001 } }),
    )
    const answer = ask({ signal: stop.signal })
    await expect.poll(() => rows()[0]?.generationId).toBe('gen-1')
    stop.abort()
    await answer
    gate.resolve()
    expect(rows()).toMatchObject([{ outcome: 'aborted', state: 'unsure' }])
    expect(spend.costOf('q1').costUsd).toBeGreaterThan(0.015)
    await settled().toBe(true)
    expect(rows()).toMatchObject([{ costPicoUsd: picoUsd(0.001), costSource: 'generation' }])
  })

  test('under way when HWLab was killed is asked for at the next start', async () => {
    const gate = Promise.withResolvers<void>()
    const stop = new AbortController()
    await serve(
      () => hold(gate.promise),
      () => ({ data: { id: 'gen-1', total_cost: 0.004 } }),
    )
    const answer = ask({ signal: stop.signal })
    await expect.poll(() => rows()[0]?.generationId).toBe('gen-1')
    await spend.close()
    start()
    expect(rows()).toMatchObject([{ outcome: 'interrupted', state: 'unsure' }])
    await settled().toBe(true)
    expect(rows()).toMatchObject([{ costPicoUsd: picoUsd(0.004), costSource: 'generation' }])
    stop.abort()
    gate.resolve()
    await answer
  })

  test('of which nothing is known counts in full', async () => {
    await serve(() => fault({ kind: 'reset' }))
    await ask()
    await settled().toBe(true)
    const [row] = rows()
    // The headers came, but the server never lists this answer.
    expect(row).toMatchObject({ outcome: 'cut', costSource: 'estimate' })
    expect(row?.costPicoUsd).toBe(row?.reservedPicoUsd)
  })

  test.each([402, 429, 500, 503])('that is refused with HTTP %i costs nothing', async (status) => {
    await serve(() => fault({ kind: 'status', status }))
    await ask()
    expect(rows()).toMatchObject([{ state: 'settled', costPicoUsd: 0, outcome: `http-${status}` }])
  })

  test('of a server that is not there costs nothing', async () => {
    await serve(() => say('Two.'))
    await server.close()
    await ask()
    expect(rows()).toMatchObject([{ state: 'settled', costPicoUsd: 0, outcome: 'unreachable' }])
  })

  test('paid with the account’s own key at a provider costs what both charge', async () => {
    const paid = { cost: 0.0001, is_byok: true, cost_details: { upstream_inference_cost: 0.002 } }
    const chunk = { id: 'gen-1', choices: [{ index: 0, delta: { content: 'Two.' }, finish_reason: 'stop' }] }
    const last = JSON.stringify({ ...chunk, usage: { prompt_tokens: 9, completion_tokens: 1, ...paid } })
    await serve(() => [raw(`data: ${last}\n\ndata: [DONE]\n\n`), fault({ kind: 'cut' })])
    expect((await ask()).text).toBe('Two.')
    expect(rows()[0]?.costPicoUsd).toBe(picoUsd(0.0021))
  })
})

describe('a cap', () => {
  test('leaves no room for a second call while the first may still cost all of it', async () => {
    const gate = Promise.withResolvers<void>()
    await serve(() => [hold(gate.promise), say('Two.'), usage({ costUsd: 0.001 })])
    const first = ask({ prompt: '9'.repeat(14_000) })
    await expect.poll(() => server.asked.length).toBe(1)
    const { error } = await ask()
    expect(error).toBeInstanceOf(SpendRefused)
    expect(String(error)).toContain(
      'the cap for one question of $0.05 does not allow it: $0 is spent and $0.05 reserved',
    )
    gate.resolve()
    await first
    expect((await ask()).text).toBe('Two.')
    expect(server.asked.length).toBe(2)
  })

  test('of $0 turns cloud models off, free ones too', async () => {
    await serve(() => say('Two.'))
    await spend.setCaps({ queryUsd: 0.05, dayUsd: 0, monthUsd: 5 }, 'maria')
    const free = { inputUsdPerMillion: 0, outputUsdPerMillion: 0, imageUsd: 0 }
    const { error } = await ask({ of: { ...payee, price: free } })
    expect(String(error)).toContain('today’s cap is $0, so cloud models are off')
    expect(server.asked).toEqual([])
    expect(audited).toEqual([
      {
        ...{ who: 'maria', channel: 'spending', what: 'spend-caps-set', about: 'spend-caps' },
        details: {
          before: { queryUsd: 0.05, dayUsd: 0.5, monthUsd: 5 },
          after: { queryUsd: 0.05, dayUsd: 0, monthUsd: 5 },
        },
      },
    ])
  })

  test('for a day begins anew at midnight where the operator is', async () => {
    await serve(() => [say('Two.'), usage({ costUsd: 0.5 })])
    await spend.setCaps({ queryUsd: 0.5, dayUsd: 0.5, monthUsd: 5 }, 'maria')
    clock.advance(Date.UTC(2026, 10, 21, 22, 59) - clock.nowMs())
    expect((await ask({ queryId: 'q1' })).text).toBe('Two.')
    expect(String((await ask({ queryId: 'q2' })).error)).toContain('today’s cap of $0.50')
    clock.advance(60_000)
    expect((await ask({ queryId: 'q3' })).text).toBe('Two.')
    expect(rows().map(({ day }) => day)).toEqual(['2026-11-21', '2026-11-22'])
  })
})

describe('a price', () => {
  test('that nobody knows stops the call, until a person allows it; then all of the question’s cap is set aside', async () => {
    await serve(() => [say('Two.'), usage({ costUsd: 0.002 })])
    const unpriced = { ...payee, price: null, keepsPriceCeiling: false }
    expect(String((await ask({ of: unpriced })).error)).toContain('nobody says what it costs')
    expect(server.asked).toEqual([])
    await spend.allowUnpriced({ modelKey: payee.key, allowed: true }, 'maria')
    expect((await ask({ of: unpriced })).text).toBe('Two.')
    expect(rows()).toMatchObject([{ reservedPicoUsd: picoUsd(0.05), costPicoUsd: picoUsd(0.002) }])
    expect(audited).toMatchObject([{ what: 'unpriced-model-allowed', about: payee.key }])
  })

  test('that changed is shown with the one before', async () => {
    await serve(() => [say('Two.'), usage({ costUsd: 0.002 })])
    await ask()
    clock.advance(3_600_000)
    await ask({ of: { ...payee, price: { ...price, inputUsdPerMillion: 4 } } })
    expect(spend.view().models).toMatchObject([
      {
        ...{ key: payee.key, callsWords: '2 calls', costWords: '0.4 cents' },
        priceWords: '$4.00 in, $15.00 out per million tokens',
        changeWords: 'Until 21 Nov 2026: $3.00 in, $15.00 out per million tokens',
      },
    ])
  })
})

test('a local model costs nothing and asks no cap, and its tokens are kept', async () => {
  await serve(() => [say('Two.'), usage({ promptTokens: 9, completionTokens: 1 })])
  await spend.setCaps({ queryUsd: 0, dayUsd: 0, monthUsd: 0 }, 'maria')
  const local: Payee = { ...payee, key: 'ollama/e4b', where: 'local', price: null, keepsPriceCeiling: false }
  expect((await ask({ of: local })).text).toBe('Two.')
  expect(rows()).toMatchObject([{ place: 'local', reservedPicoUsd: 0, inputTokens: 9 }])
})
