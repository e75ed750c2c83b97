import { expect, test } from 'vitest'
import { conversationTitle } from '../../../agent/conversation/conversation-title.ts'

test('a short question is the title as it is', () => {
  expect(conversationTitle('Which rack has room?')).toBe('Which rack has room?')
})

test('a long one ends after a whole word, with three dots', () => {
  expect(
    conversationTitle('What should I know about the R640 before I put it into the rack in the hall?'),
  ).toBe('What should I know about the R640 before I put it into the…')
})

test('one long word is cut where there is room', () => {
  const title = conversationTitle('7XK9QZ2'.repeat(20))
  expect(title).toHaveLength(60)
  expect(title.endsWith('…')).toBe(true)
})
