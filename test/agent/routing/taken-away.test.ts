import { afterEach, expect, test } from 'vitest'
import { fault, hold, say } from '../../../evals/models/steps.ts'
import { ended } from '../../../evals/worlds/tab.ts'
import { askedInUse, openTwoModelLab, type TwoModelLab } from '../../support/two-model-lab.ts'

let lab: TwoModelLab
afterEach(() => lab.close())

test('what is told to stay on this network while a local model answers goes to no cloud model when that one fails', async () => {
  const gate = Promise.withResolvers<void>()
  lab = await openTwoModelLab({
    near: () => [hold(gate.promise), fault({ kind: 'cut' })],
    far: () => say('Far knows.'),
  })
  await lab.tab.send('where is the core switch?')
  await expect.poll(() => askedInUse(lab.near).length).toBe(1)
  await lab.tab.ask('route-rules', { keepLocal: true, photosToCloud: false })
  gate.resolve()
  await lab.tab.until((tab) => ended(tab, 1))
  expect(askedInUse(lab.far)).toEqual([])
  const answer = [...lab.tab.messages.values()].findLast(({ role }) => role === 'advisor')
  expect(answer?.answeredBy?.model).toBe('Commands')
  const opened = await lab.tab.ask('route-open', { messageId: answer?.id ?? '' })
  expect(JSON.stringify(opened)).toContain('what you ask stays on this network by now')
})
