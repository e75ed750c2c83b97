import { expect, test } from 'vitest'
import { type PlacedWord, voteOnWords } from '../../../../mcp-servers/netbox/photo/word-votes.ts'

const word = (text: string, confidence: number, from = 0, to = 1): PlacedWord => ({
  text,
  confidence,
  from,
  to,
  top: 0,
  bottom: 1,
})
const vote = (...readings: PlacedWord[][]) => voteOnWords(readings)[0]

test('a word that all readings share is believed more', () => {
  expect(vote([word('S/N', 0.8)], [word('S/N', 0.9)])?.confidence).toBeGreaterThan(0.9)
})

test('a word that one of three reads differently keeps the majority’s text and loses confidence', () => {
  const result = vote([word('FOC2133VOAB', 0.95)], [word('FOC2133V0AB', 0.8)], [word('FOC2133V0AB', 0.8)])
  expect(result?.text).toBe('FOC2133V0AB')
  expect(result?.confidence).toBeLessThan(0.7)
})

test('where each reading differs, letters vote and the word is hardly believed', () => {
  const result = vote([word('A8C0', 0.9)], [word('ABCO', 0.8)], [word('AB00', 0.7)])
  expect(result?.text).toBe('ABC0')
  expect(result?.confidence).toBeLessThan(0.5)
})

test('words are compared by their place, so a split word still counts as another reading', () => {
  const result = vote([word('AB12', 0.9)], [word('AB', 0.9, 0, 0.5), word('12', 0.9, 0.5, 1)])
  expect(result).toMatchObject({ text: 'AB12' })
  expect(result?.confidence).toBeGreaterThan(0.9)
})

test('a word that only one of two readings has is not trusted', () => {
  expect(vote([word('GHOST', 0.9)], [])?.confidence).toBeLessThan(0.5)
})
