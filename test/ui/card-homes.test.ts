import { expect, test } from 'vitest'
import type { Message } from '../../agent/protocol.ts'
import { cardAt, cardHomes, homelessItems } from '../../ui/chat/card-homes.ts'
import { fakeItem, startedAt } from '../support/fake-lab-things.ts'

function about(id: string, calls: { itemId?: string; changeId?: string }[]): Message {
  const parts = calls.map(({ itemId = null, changeId = null }, index) => ({
    kind: 'tool-call' as const,
    callId: `${id}-${index}`,
    server: 'netbox',
    tool: 'start_intake',
    title: 'Start an intake',
    input: '{}',
    state: 'done' as const,
    outcome: null,
    itemId,
    changeId,
    result: null,
  }))
  return { id, role: 'advisor', createdAt: startedAt, parts, answeredBy: null }
}

test('a card is drawn once, in the last message about its item, at the first mention there', () => {
  const first = about('m1', [{ itemId: 'i1' }])
  const second = about('m2', [{ itemId: 'i1' }, { itemId: 'i1', changeId: 'c1' }])
  const homes = cardHomes([first, second])
  expect(cardAt(first, 0, homes)).toEqual({ kind: 'none' })
  expect(cardAt(second, 0, homes)).toEqual({ kind: 'item', id: 'i1' })
  expect(cardAt(second, 1, homes)).toEqual({ kind: 'none' })
})

test('a request without an item has a card of its own', () => {
  const message = about('m1', [{ changeId: 'c1' }])
  expect(cardAt(message, 0, cardHomes([message]))).toEqual({ kind: 'change', id: 'c1' })
})

test('an item that is still being read is shown before any message is about it', () => {
  const here = fakeItem({ id: 'i1', conversationId: 'c' })
  const mentioned = fakeItem({ id: 'i2', conversationId: 'c' })
  const elsewhere = fakeItem({ id: 'i3', conversationId: 'other' })
  const homes = cardHomes([about('m1', [{ itemId: 'i2' }])])
  expect(homelessItems([here, mentioned, elsewhere], 'c', homes)).toEqual([here])
})
