import { expect, test } from 'vitest'
import { openIntent } from '../../../agent/routing/intent.ts'
import { shippedExamples } from '../../../agent/routing/shipped-examples.ts'
import routing from '../../../evals/suites/routing.ts'
import { isRoutingCase } from '../../../evals/worlds/measure-routing.ts'
import { loadFolder } from '../../../mcp-servers/serving/load-folder.ts'

const read = openIntent(shippedExamples)

test.each([
  ['tell me about the concept of cluster computing', 'explain'],
  ['are any machines down?', 'lookup'],
  ['explain the concept of grid computing', 'explain'],
  ['which machines are offline?', 'lookup'],
  ["don't search the web, just file it", 'action'],
  ['look online for the datasheet of the R720', 'research'],
])('“%s” is read as %s', (text, task) => {
  expect(read(text)).toBe(task)
})

test('what is like nothing that is known is not guessed', () => {
  expect(read('zzz qqq')).toBeNull()
})

test('an example that a person adds changes how its like is read', () => {
  const odd = 'kindly frobnicate the quux for me'
  const taught = openIntent([...shippedExamples, { text: odd, task: 'action' }])
  expect(read(odd)).not.toBe('action')
  expect(taught('kindly frobnicate another quux for me')).toBe('action')
})

test('none of the labelled turns is among the shipped examples', async () => {
  const cases = await loadFolder(`${import.meta.dirname}/../../../evals/cases/routing`, isRoutingCase)
  const plain = (text: string) =>
    text
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, ' ')
      .trim()
  const shipped = new Set(shippedExamples.map(({ text }) => plain(text)))
  const turns = cases.flatMap(({ groups }) => groups.flat())
  expect(turns.filter(({ text }) => shipped.has(plain(text)))).toEqual([])
  expect(
    cases.filter(({ split }) => split === 'test').flatMap(({ groups }) => groups.flat()).length,
  ).toBeGreaterThan(200)
})

test('the suite tells the router from one that asks the same model always', async () => {
  const { beside = [] } = await routing.run({ quick: true, progress() {} })
  const hits = (way: string, rate: string) => beside.find(({ name }) => name === way)?.rates[rate]?.hits ?? 0
  for (const rate of ['tier acceptable', 'both'])
    for (const way of ['always local', 'always cloud'])
      expect(hits('examples alone', rate)).toBeGreaterThan(hits(way, rate))
  expect(hits('oracle', 'both')).toBe(beside[0]?.n)
})
