import { createServer } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import { picoUsd } from '../../../agent/spend/usd.ts'
import type { CallRow } from '../../../agent/store/model-calls.ts'
import { fault, hold, raw, say, usage } from '../../../evals/models/steps.ts'
import { openPaidWorld, type PaidWorld } from '../../support/paid-world.ts'

let world: PaidWorld
afterEach(() => world.close())

async function serve(...script: Parameters<typeof openPaidWorld>): Promise<void> {
  world = await openPaidWorld(...script)
}

describe('an answer', () => {
  test('is reserved before it is asked for, and paid as the server says', async () => {
    let before: CallRow[] = []
    await serve(() => {
      before = world.rows()
      return [say('Two.'), usage({ promptTokens: 400, completionTokens: 2, costUsd: 0.00123 })]
    })
    expect(await world.ask()).toEqual({ text: 'Two.', error: null })
    expect(before).toMatchObject([{ state: 'reserved', generationId: null, costPicoUsd: null }])
    expect(world.rows()).toMatchObject([
      {
        ...{ state: 'settled', costPicoUsd: picoUsd(0.00123), costSource: 'usage', outcome: 'ok' },
        ...{ generationId: 'gen-1', queryId: 'q1', conversationId: 'c1', day: '2026-11-21', tier: 3 },
        ...{ inputTokens: 400, outputTokens: 2, modelUsed: 'scripted', outputTokensMax: 1000 },
      },
    ])
    expect(world.spend().costOf('q1')).toEqual({ costUsd: 0.00123, isFinal: true })
  })

  test('whose reported cost cannot be true is kept, and asked for later', async () => {
    await serve(() => [say('Two.'), usage({ promptTokens: 400, completionTokens: 2, costUsd: 1e9 })])
    expect(await world.ask()).toEqual({ text: 'Two.', error: null })
    expect(world.rows()).toMatchObject([{ state: 'unsure', outcome: 'ok', inputTokens: 400 }])
  })

  test('is asked for with a limit of its length and of its price', async () => {
    await serve(() => say('Two.'))
    await world.ask({ prompt: '9'.repeat(14_000) })
    const sent = JSON.parse(world.server.asked[0]?.text ?? '')
    expect(sent.provider).toEqual({ max_price: { prompt: 3, completion: 15, image: 0 } })
    // 14,076 tokens at most for 4.2 cents: what is left of 5 cents pays for 518.
    expect(sent.max_tokens).toBe(518)
    expect(sent.max_tokens).toBe(world.rows()[0]?.outputTokensMax)
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
    const answer = world.ask()
    await expect.poll(() => world.rows()[0]?.generationId).toBe('gen-1')
    expect(world.rows()[0]?.state).toBe('reserved')
    gate.resolve()
    expect((await answer).text).toBe('Half')
    expect(world.spend().costOf('q1').isFinal).toBe(false)
    await world.untilSettled()
    expect(world.rows()).toMatchObject([{ costPicoUsd: picoUsd(0.0021), costSource: 'generation', looks: 2 }])
  })

  test('that a person stops counts in full until the server tells what it cost', async () => {
    const gate = Promise.withResolvers<void>()
    const stop = new AbortController()
    await serve(
      () => [say('Half', 1), hold(gate.promise)],
      () => ({ data: { id: 'gen-1', total_cost: 0.001 } }),
    )
    const answer = world.ask({ signal: stop.signal })
    await expect.poll(() => world.rows()[0]?.generationId).toBe('gen-1')
    stop.abort()
    await answer
    gate.resolve()
    expect(world.rows()).toMatchObject([{ outcome: 'aborted', state: 'unsure' }])
    expect(world.spend().costOf('q1').costUsd).toBeGreaterThan(0.015)
    await world.untilSettled()
    expect(world.rows()).toMatchObject([{ costPicoUsd: picoUsd(0.001), costSource: 'generation' }])
  })

  test('under way when HWLab was killed is asked for at the next start', async () => {
    const gate = Promise.withResolvers<void>()
    const stop = new AbortController()
    await serve(
      () => hold(gate.promise),
      () => ({ data: { id: 'gen-1', total_cost: 0.004 } }),
    )
    const answer = world.ask({ signal: stop.signal })
    await expect.poll(() => world.rows()[0]?.generationId).toBe('gen-1')
    await world.restart()
    expect(world.rows()).toMatchObject([{ outcome: 'interrupted', state: 'unsure' }])
    await world.untilSettled()
    expect(world.rows()).toMatchObject([{ costPicoUsd: picoUsd(0.004), costSource: 'generation' }])
    stop.abort()
    gate.resolve()
    await answer
  })

  test('of which nothing is known counts in full', async () => {
    await serve(() => fault({ kind: 'reset' }))
    await world.ask()
    await world.untilSettled()
    const [row] = world.rows()
    // The headers came, but the server never lists this answer.
    expect(row).toMatchObject({ outcome: 'cut', costSource: 'estimate' })
    expect(row?.costPicoUsd).toBe(row?.reservedPicoUsd)
  })

  test('that broke off at a server which never tells a price counts in full', async () => {
    const broken = createServer((request, response) => {
      request.resume()
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write('data: {"id":"1","choices":[{"index":0,"delta":{"content":"Half"}}]}\n\n')
      response.end()
    })
    await new Promise<void>((resolve) => broken.listen(0, '127.0.0.1', resolve))
    const address = broken.address()
    await serve(() => say('never'))
    await world.ask({ baseUrl: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/v1` })
    const [row] = world.rows()
    expect(row).toMatchObject({ state: 'settled', costSource: 'estimate', generationId: null })
    expect(row?.costPicoUsd).toBe(row?.reservedPicoUsd)
    expect(row?.costPicoUsd).toBeGreaterThan(0)
    await new Promise((resolve) => broken.close(resolve))
  })

  test.each([402, 429, 500, 503])('that is refused with HTTP %i costs nothing', async (status) => {
    await serve(() => fault({ kind: 'status', status }))
    await world.ask()
    expect(world.rows()).toMatchObject([{ state: 'settled', costPicoUsd: 0, outcome: `http-${status}` }])
  })

  test('of a server that is not there costs nothing', async () => {
    await serve(() => say('Two.'))
    await world.server.close()
    await world.ask()
    expect(world.rows()).toMatchObject([{ state: 'settled', costPicoUsd: 0, outcome: 'unreachable' }])
  })

  test('paid with the account’s own key at a provider costs what both charge', async () => {
    const paid = { cost: 0.0001, is_byok: true, cost_details: { upstream_inference_cost: 0.002 } }
    const chunk = { id: 'gen-1', choices: [{ index: 0, delta: { content: 'Two.' }, finish_reason: 'stop' }] }
    const last = JSON.stringify({ ...chunk, usage: { prompt_tokens: 9, completion_tokens: 1, ...paid } })
    await serve(() => [raw(`data: ${last}\n\ndata: [DONE]\n\n`), fault({ kind: 'cut' })])
    expect((await world.ask()).text).toBe('Two.')
    expect(world.rows()[0]?.costPicoUsd).toBe(picoUsd(0.0021))
  })
})
