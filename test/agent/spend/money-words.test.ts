import { afterEach, beforeEach, expect, test } from 'vitest'
import { listedFacts } from '../../../agent/models/servers/openrouter.ts'
import { calendarOf } from '../../../agent/spend/calendar-day.ts'
import { exportSpend } from '../../../agent/spend/export-spend.ts'
import { costOfTokens, inputCostAtMost, isSamePrice, priceWords } from '../../../agent/spend/price.ts'
import { picoUsd, usdWords } from '../../../agent/spend/usd.ts'
import { agentMigrations } from '../../../agent/store/migrations-owner.ts'
import { type CallRow, modelCallsTable } from '../../../agent/store/model-calls.ts'
import { type LabDatabase, openDatabase } from '../../../mcp-servers/serving/database.ts'

let database: LabDatabase
beforeEach(() => {
  database = openDatabase(':memory:', [agentMigrations])
})
afterEach(() => database.close())

test.each([
  [0, '$0'],
  [0.000_000_2, 'under 0.01 cents'],
  [0.001_234, '0.12 cents'],
  [0.009_94, '0.99 cents'],
  [0.009_96, '$0.01'],
  [0.0264, '$0.026'],
  [0.05, '$0.05'],
  [0.4999, '$0.50'],
  [12.345, '$12.35'],
])('%d dollars are written as %s', (dollars, words) => {
  expect(usdWords(picoUsd(dollars))).toBe(words)
})

test('a price is told for a million tokens, and a free model is free', () => {
  const price = { inputUsdPerMillion: 0.1, outputUsdPerMillion: 0.4, imageUsd: 0 }
  expect(priceWords(price)).toBe('$0.10 in, $0.40 out per million tokens')
  expect(priceWords({ ...price, imageUsd: 0.0013 })).toContain('0.13 cents per picture')
  expect(priceWords({ ...price, requestUsd: 0.005 })).toContain('0.5 cents per call')
  expect(priceWords({ inputUsdPerMillion: 0, outputUsdPerMillion: 0, imageUsd: 0 })).toBe('free')
})

test('a day is the operator’s, also when clocks are set', () => {
  const calendar = calendarOf('Europe/Berlin')
  expect(calendar.day(Date.UTC(2026, 9, 24, 21, 59))).toBe('2026-10-24')
  expect(calendar.day(Date.UTC(2026, 9, 24, 22))).toBe('2026-10-25')
  expect(calendar.day(Date.UTC(2026, 9, 25, 22, 59))).toBe('2026-10-25')
  expect(calendar.day(Date.UTC(2026, 9, 25, 23))).toBe('2026-10-26')
})

const row: CallRow = {
  ...{ id: '01A', atMs: Date.UTC(2026, 10, 21, 12), day: '2026-11-21', queryId: 'q', conversationId: null },
  ...{ place: 'cloud', tier: 2, modelKey: 'openrouter/=cmd("x")', modelRequested: '=cmd("x")' },
  ...{ modelUsed: null, generationId: 'gen-1', state: 'settled', reservedPicoUsd: picoUsd(0.026) },
  ...{ costPicoUsd: picoUsd(0.000_000_1), costSource: 'usage' },
  ...{
    inputUsdPerMillion: 0.1,
    outputUsdPerMillion: 0.4,
    imageUsd: 0,
    requestUsd: null,
    estimatedInputTokens: 100,
  },
  ...{ outputTokensMax: 1000, images: 0, inputTokens: 9, outputTokens: 1, cachedTokens: null },
  ...{ reasoningTokens: null, latencyMs: 700, firstTokenMs: 200, outcome: 'ok', looks: 0, lookAtMs: null },
}

test('the ledger leaves HWLab with exact money, and with no formula for a spreadsheet', () => {
  const calls = modelCallsTable(database)
  calls.insert(row)
  const [header = '', line = ''] = exportSpend(calls, 'csv').split('\r\n')
  const cells = new Map(
    header.split(',').map((name, at) => [name, line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/)[at]]),
  )
  expect(cells.get('cost_usd')).toBe('0.0000001')
  expect(cells.get('reserved_usd')).toBe('0.026')
  expect(cells.get('model_requested')).toBe('"\'=cmd(""x"")"')
  expect(JSON.parse(exportSpend(calls, 'json'))).toMatchObject([
    { at: '2026-11-21T12:00:00.000Z', provider: 'openrouter', cost_usd: '0.0000001', generation_id: 'gen-1' },
  ])
})

test('a fee for the call itself is read from OpenRouter’s list, and counts in reservations and in what only tokens tell', () => {
  const listed = listedFacts({
    ...{ context_length: 8192, supported_parameters: [], architecture: { input_modalities: ['text'] } },
    pricing: { prompt: '0.000001', completion: '0.000002', request: '0.005' },
  })
  expect(listed?.price).toMatchObject({ inputUsdPerMillion: 1, requestUsd: 0.005 })
  const price = { inputUsdPerMillion: 1, outputUsdPerMillion: 2, imageUsd: 0.01, requestUsd: 0.005 }
  expect(inputCostAtMost(price, { tokensAtMost: 1000, images: 2 })).toBe(picoUsd(0.001 + 0.02 + 0.005))
  expect(costOfTokens(price, { input: 1000, output: 500, images: 0 })).toBe(picoUsd(0.001 + 0.001 + 0.005))
  expect(isSamePrice(price, { ...price, requestUsd: 0.006 })).toBe(false)
})

test('a call is settled once', () => {
  const calls = modelCallsTable(database)
  calls.insert({ ...row, state: 'reserved', costPicoUsd: null, costSource: null })
  calls.settle('01A', 5, 'usage')
  calls.settle('01A', 7, 'generation')
  calls.lookLater('01A', 1, 0)
  expect(calls.get('01A')).toMatchObject({ state: 'settled', costPicoUsd: 5, costSource: 'usage' })
})
