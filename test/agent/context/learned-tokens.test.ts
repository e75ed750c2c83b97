import { afterEach, beforeEach, expect, test } from 'vitest'
import { learnedTokens } from '../../../agent/context/learned-tokens.ts'
import { agentMigrations } from '../../../agent/store/migrations-owner.ts'
import { tokenCorrectionsTable } from '../../../agent/store/token-corrections.ts'
import { systemClock } from '../../../mcp-servers/serving/clock.ts'
import { type LabDatabase, openDatabase } from '../../../mcp-servers/serving/database.ts'

let database: LabDatabase
beforeEach(() => {
  database = openDatabase(':memory:', [agentMigrations])
})
afterEach(() => database.close())
const open = (modelKey = 'ollama/gemma4') =>
  learnedTokens(modelKey, { corrections: tokenCorrectionsTable(database), clock: systemClock })

test('a few reports of a server are enough, and they outlast a restart', () => {
  const tokens = open()
  for (let call = 0; call < 4; call += 1) tokens.learn(1400, 1000)
  expect(tokens.expected(1000)).toBeCloseTo(1400)
  expect(open().expected(1000)).toBeCloseTo(1400)
})

test('each server and model is learned by itself', () => {
  open().learn(1400, 1000)
  expect(open('lm-studio/gemma4').expected(1000)).toBe(1000)
})

test('the margin is smaller once something is learned', () => {
  const before = open().estimateWithin(4096)
  for (let call = 0; call < 3; call += 1) open().learn(1000, 1000)
  expect(open().estimateWithin(4096)).toBeGreaterThan(before)
})

test.each([
  ['only what was not in its cache', 300],
  ['nothing of use', 11],
  ['ten times too many', 10_000],
])('a server that reports %s teaches nothing', (_, reported) => {
  open().learn(reported, 1000)
  expect(open().expected(1000)).toBe(1000)
})

test('a cut prompt is told from an estimate that was too high', () => {
  const tokens = open()
  expect(tokens.isTooFew(2051, 15_750)).toBe(true)
  expect(tokens.isTooFew(3200, 4000)).toBe(false)
  for (let call = 0; call < 3; call += 1) tokens.learn(4000, 4000)
  expect(tokens.isTooFew(3200, 4000)).toBe(true)
  expect(tokens.isTooFew(300, 1000)).toBe(false)
})
