import { expect, test } from 'vitest'
import { measuredOnce } from '../../agent/measured-once.ts'

function counting() {
  let times = 0
  const measure = measuredOnce((text) => {
    times += 1
    return text.length
  })
  return { measure, times: () => times }
}

test('a history that is sent again is not measured again, and a new message of it is', () => {
  const { measure, times } = counting()
  const history = ['It hangs in slot 12.', 'Which one?']
  for (const text of [...history, ...history, 'The upper one.']) expect(measure(text)).toBe(text.length)
  expect(times()).toBe(3)
})

test('however much is said, what is kept stays small and every size stays right', () => {
  const { measure, times } = counting()
  const long = Array.from({ length: 400 }, (_, at) => `${at} `.repeat(5000))
  for (const text of [...long, ...long]) expect(measure(text)).toBe(text.length)
  expect(times()).toBe(800)
})
