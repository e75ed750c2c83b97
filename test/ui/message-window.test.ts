import { expect, test } from 'vitest'
import { around, boundsOf, earlier, later, newest } from '../../ui/chat/message-window.ts'

test('a long conversation opens at its newest messages and follows new ones', () => {
  expect(boundsOf(newest, 5000)).toEqual({ start: 4940, end: 5000 })
  expect(boundsOf(newest, 5001)).toEqual({ start: 4941, end: 5001 })
  expect(boundsOf(newest, 7)).toEqual({ start: 0, end: 7 })
})

test('however far somebody reads back and forth, no more than 180 messages are drawn, and none is skipped', () => {
  const count = 5000
  let range = newest
  let reached = boundsOf(range, count).start
  for (let step = 0; step < 100; step++) {
    range = earlier(range, count)
    const { start, end } = boundsOf(range, count)
    expect(end - start).toBeLessThanOrEqual(180)
    expect(end).toBeGreaterThanOrEqual(reached)
    reached = start
  }
  expect(reached).toBe(0)
  let shownTo = boundsOf(range, count).end
  for (let step = 0; step < 100; step++) {
    range = later(range, count)
    const { start, end } = boundsOf(range, count)
    expect(end - start).toBeLessThanOrEqual(180)
    expect(start).toBeLessThanOrEqual(shownTo)
    shownTo = end
  }
  expect(boundsOf(range, count).end).toBe(count)
  expect(range.to).toBeNull()
})

test('what a search found is drawn with what was said around it, at either end as well', () => {
  for (const index of [0, 5, 2500, 4975, 4999]) {
    const { start, end } = boundsOf(around(index, 5000), 5000)
    expect(start).toBeLessThanOrEqual(index)
    expect(end).toBeGreaterThan(index)
    expect(end - start).toBeLessThanOrEqual(60)
  }
  expect(around(4990, 5000).to).toBeNull()
  expect(boundsOf(around(2, 3), 3)).toEqual({ start: 0, end: 3 })
})
