import { expect, test } from 'vitest'
import { commandsModel } from '../../agent/models/commands-model.ts'
import { pairsOf } from '../../evals/live/compare-models.ts'
import { boardRow, type Verdict } from '../../evals/live/leaderboard.ts'
import type { Result } from '../../evals/live/run-folder.ts'

const capabilities = {
  ...{ tools: 'streamed' as const, schema: true, smallestTextPixels: null, windowTokens: 8192 },
  ...{ countsTokens: false, logprobs: false, tokensPerSecond: 10 },
}
const entry = {
  ...commandsModel({ connections: async () => [], remembered: () => [] }),
  ...{ key: 'a/model', name: 'model (A)', where: 'local' as const, tier: 1, capabilities },
}
const tried = { entry, server: { name: 'Ollama', version: '0.34.2' }, stopped: null }

const base: Result = {
  ...{ model: 'a/model', suite: 'tools', name: 'case', epoch: 1, end: 'passed', why: '', right: {} },
  ...{ turnMs: [4000], outputTokens: 60, costUsd: 0, toolCalls: 1, misused: 0, salvaged: 0 },
}

/** Every case three times; `how` says what differs. */
function results(
  suite: string,
  count: number,
  how: (at: number, epoch: number) => Partial<Result>,
): Result[] {
  return Array.from({ length: count }, (_, at) =>
    [1, 2, 3].map((epoch) => ({ ...base, suite, name: `${suite} ${at}`, epoch, ...how(at, epoch) })),
  ).flat()
}

const always = (of: Partial<Result>) => () => of
const restrained = results('restraint', 12, always({ toolCalls: 0 }))

test.each<[string, Result[], Verdict]>([
  ['everything right, and quick', [...results('tools', 14, always({})), ...restrained], 'Ready'],
  ['everything right, but on few trials', [...results('tools', 3, always({})), ...restrained], 'Assisted'],
  [
    'everything right, but slow',
    [...results('tools', 14, always({ turnMs: [45_000] })), ...restrained],
    'Assisted',
  ],
  [
    'calls that are found only in the text',
    [...results('tools', 14, always({ salvaged: 1 })), ...restrained],
    'Assisted',
  ],
  [
    'every case wrong one time in three',
    [...results('tools', 14, (_, epoch) => (epoch === 2 ? { end: 'failed' } : {})), ...restrained],
    'Assisted',
  ],
  [
    'changes things that nobody asked for',
    [
      ...results('tools', 14, always({})),
      ...results('restraint', 12, (at) => (at % 3 ? {} : { end: 'failed' })),
    ],
    'Not suitable',
  ],
  [
    'calls tools that are not there',
    [...results('tools', 14, (at) => (at % 4 ? {} : { misused: 1 })), ...restrained],
    'Not suitable',
  ],
  ['a handful of trials', results('tools', 1, always({})), 'Not enough tried'],
])('%s', (_, all, verdict) => {
  expect(boardRow(tried, all).verdict).toBe(verdict)
})

test('the interval is drawn over cases: three times the same case is no three cases', () => {
  const half = boardRow(
    tried,
    results('tools', 6, (at) => (at % 2 ? {} : { end: 'failed' })),
  )
  expect(half.passAt1?.share).toBe(0.5)
  expect((half.passAt1?.interval.high ?? 0) - (half.passAt1?.interval.low ?? 0)).toBeGreaterThan(0.5)
})

test('an answer that nobody gave counts for nothing but money', () => {
  const row = boardRow(tried, [
    ...results('tools', 2, always({})),
    { ...base, end: 'no-answer', costUsd: 0.01 },
  ])
  expect(row).toMatchObject({ n: 6, costUsd: 0.01, p50Seconds: 4, tokensPerSecond: 15 })
})

test('two models are compared case by case, and small differences are no differences', () => {
  const other = (of: Result[]) => of.map((one) => ({ ...one, model: 'b/model' }))
  const first = results('tools', 12, (at) => (at % 2 ? {} : { end: 'failed' }))
  const alike = other(results('tools', 12, (at) => (at % 2 || at === 4 ? {} : { end: 'failed' })))
  const better = other(results('tools', 12, always({})))
  expect(pairsOf(['a/model', 'b/model'], [...first, ...alike])).toMatchObject([
    { cases: 12, verdict: 'not distinguishable' },
  ])
  expect(pairsOf(['a/model', 'b/model'], [...first, ...better])).toMatchObject([{ verdict: 'better' }])
})
