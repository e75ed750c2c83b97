import { afterEach, describe, expect, test } from 'vitest'
import type { Payee } from '../../../agent/spend/call-book.ts'
import { SpendRefused } from '../../../agent/spend/spend-refused.ts'
import { picoUsd } from '../../../agent/spend/usd.ts'
import { hold, say, usage } from '../../../evals/models/steps.ts'
import { openPaidWorld, type PaidWorld, paidPayee } from '../../support/paid-world.ts'

let world: PaidWorld
afterEach(() => world.close())

async function serve(...script: Parameters<typeof openPaidWorld>): Promise<void> {
  world = await openPaidWorld(...script)
}

describe('a cap', () => {
  test('leaves no room for a second call while the first may still cost all of it', async () => {
    const gate = Promise.withResolvers<void>()
    await serve(() => [hold(gate.promise), say('Two.'), usage({ costUsd: 0.001 })])
    const first = world.ask({ prompt: '9'.repeat(14_000) })
    await expect.poll(() => world.server.asked.length).toBe(1)
    const { error } = await world.ask()
    expect(error).toBeInstanceOf(SpendRefused)
    expect(String(error)).toContain(
      'the cap for one question of $0.05 does not allow it: $0 is spent and $0.05 reserved',
    )
    gate.resolve()
    await first
    expect((await world.ask()).text).toBe('Two.')
    expect(world.server.asked.length).toBe(2)
  })

  test('of $0 turns cloud models off, free ones too', async () => {
    await serve(() => say('Two.'))
    await world.spend().setCaps({ queryUsd: 0.05, dayUsd: 0, monthUsd: 5 }, 'maria')
    const free = { inputUsdPerMillion: 0, outputUsdPerMillion: 0, imageUsd: 0 }
    const { error } = await world.ask({ of: { ...paidPayee, price: free } })
    expect(String(error)).toContain('today’s cap is $0, so cloud models are off')
    expect(world.server.asked).toEqual([])
    expect(world.audited).toEqual([
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
    await world.spend().setCaps({ queryUsd: 0.5, dayUsd: 0.5, monthUsd: 5 }, 'maria')
    world.clock.advance(Date.UTC(2026, 10, 21, 22, 59) - world.clock.nowMs())
    expect((await world.ask({ queryId: 'q1' })).text).toBe('Two.')
    expect(String((await world.ask({ queryId: 'q2' })).error)).toContain('today’s cap of $0.50')
    world.clock.advance(60_000)
    expect((await world.ask({ queryId: 'q3' })).text).toBe('Two.')
    expect(world.rows().map(({ day }) => day)).toEqual(['2026-11-21', '2026-11-22'])
  })
})

test('whether a question is too dear is known before it is asked, in the same words', async () => {
  await serve(() => say('Two.'))
  const dear = { ...paidPayee, price: { inputUsdPerMillion: 30, outputUsdPerMillion: 90, imageUsd: 0 } }
  expect(world.spend().tooDear(paidPayee)).toBeNull()
  expect(world.spend().tooDear(dear)).toContain('the cap for one question of $0.05 does not allow it')
  expect(world.spend().tooDear({ ...dear, price: null })).toContain('nobody says what it costs')
  expect(world.spend().tooDear({ ...dear, where: 'local' })).toBeNull()
  expect(world.rows()).toEqual([])
})

describe('a price', () => {
  test('that nobody knows stops the call, until a person allows it; then all of the question’s cap is set aside', async () => {
    await serve(() => [say('Two.'), usage({ costUsd: 0.002 })])
    const unpriced = { ...paidPayee, price: null, keepsPriceCeiling: false }
    expect(String((await world.ask({ of: unpriced })).error)).toContain('nobody says what it costs')
    expect(world.server.asked).toEqual([])
    await world.spend().allowUnpriced({ modelKey: paidPayee.key, allowed: true }, 'maria')
    expect((await world.ask({ of: unpriced })).text).toBe('Two.')
    expect(world.rows()).toMatchObject([{ reservedPicoUsd: picoUsd(0.05), costPicoUsd: picoUsd(0.002) }])
    expect(world.audited).toMatchObject([{ what: 'unpriced-model-allowed', about: paidPayee.key }])
  })

  test('that changed is shown with the one before', async () => {
    await serve(() => [say('Two.'), usage({ costUsd: 0.002 })])
    await world.ask()
    world.clock.advance(3_600_000)
    await world.ask({
      of: { ...paidPayee, price: { inputUsdPerMillion: 4, outputUsdPerMillion: 15, imageUsd: 0 } },
    })
    expect(world.spend().view().models).toMatchObject([
      {
        ...{ key: paidPayee.key, callsWords: '2 calls', costWords: '0.4 cents' },
        priceWords: '$4.00 in, $15.00 out per million tokens',
        changeWords: 'Until 21 Nov 2026: $3.00 in, $15.00 out per million tokens',
      },
    ])
  })
})

test('a local model costs nothing and asks no cap, and its tokens are kept', async () => {
  await serve(() => [say('Two.'), usage({ promptTokens: 9, completionTokens: 1 })])
  await world.spend().setCaps({ queryUsd: 0, dayUsd: 0, monthUsd: 0 }, 'maria')
  const local: Payee = {
    ...paidPayee,
    key: 'ollama/e4b',
    where: 'local',
    price: null,
    keepsPriceCeiling: false,
  }
  expect((await world.ask({ of: local })).text).toBe('Two.')
  expect(world.rows()).toMatchObject([{ place: 'local', reservedPicoUsd: 0, inputTokens: 9 }])
})
