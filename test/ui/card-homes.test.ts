import { expect, test } from 'vitest'
import type { Message } from '../../agent/protocol/messages.ts'
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
  const photo = { attachmentId: 'p1', name: 'label.jpg', widthPixels: 1, heightPixels: 1 }
  const elsewhere = { ...photo, attachmentId: 'p2' }
  const begunHere = fakeItem({ id: 'i1', conversationId: 'c', photos: [] })
  const mentioned = fakeItem({ id: 'i2', conversationId: 'c', photos: [photo] })
  const other = fakeItem({ id: 'i3', conversationId: null, photos: [elsewhere] })
  const photographedHere = fakeItem({ id: 'i4', conversationId: null, photos: [photo] })
  const question: Message = {
    ...about('m1', []),
    role: 'operator',
    parts: [{ kind: 'photo', attachmentId: 'p1', name: 'label.jpg' }],
  }
  const messages = [question, about('m2', [{ itemId: 'i2' }])]
  const items = [begunHere, mentioned, other, photographedHere]
  expect(homelessItems(items, { id: 'c', messages }, cardHomes(messages))).toEqual([
    begunHere,
    photographedHere,
  ])
})
