import { afterEach, expect, test } from 'vitest'
import { call, fault, say, think } from '../../../evals/models/steps.ts'
import { runEnded } from '../../../evals/worlds/tab.ts'
import { askedInUse, openTwoModelLab, type TwoModelLab } from '../../support/two-model-lab.ts'

let lab: TwoModelLab
afterEach(() => lab.close())

const partsOf = (role: 'advisor') =>
  [...lab.tab.messages.values()].filter((message) => message.role === role).flatMap(({ parts }) => parts)

async function ask(text: string): Promise<void> {
  lab.tab.chunks.splice(0)
  await lab.tab.send(text)
  await lab.tab.until(runEnded)
}

test('what a model thinks is kept beside its answer, and no model reads it again, in the same turn or later', async () => {
  let step = 0
  lab = await openTwoModelLab({
    near() {
      step += 1
      if (step === 1) return [think('SECRET-THOUGHT one'), call('netbox_find_item', { text: 'rack' })]
      return step === 2 ? [think('SECRET-THOUGHT two'), say('You have one rack.')] : say('As I said: one.')
    },
    far: () => say('One rack.'),
  })
  await ask('how many racks do I own?')
  expect(partsOf('advisor')).toMatchObject([
    { kind: 'reasoning', text: 'SECRET-THOUGHT one', elapsedMs: expect.any(Number) },
    { kind: 'tool-call', tool: 'find_item', state: 'done' },
    { kind: 'reasoning', text: 'SECRET-THOUGHT two', elapsedMs: expect.any(Number) },
    { kind: 'text', text: 'You have one rack.' },
  ])
  await ask('how many racks do I own, again?')
  await ask('/use cloud')
  await ask('how many racks do I own, once more?')
  expect(askedInUse(lab.near)).toHaveLength(3)
  expect(askedInUse(lab.far)).toHaveLength(1)
  for (const { text } of [...lab.near.asked, ...lab.far.asked]) expect(text).not.toContain('SECRET-THOUGHT')
  const stored = await lab.tab.ask('conversation-open', { conversationId: null, runId: null, afterSeq: 0 })
  expect(JSON.stringify(stored)).toContain('SECRET-THOUGHT two')
})

test('the thoughts of a model that then failed are not shown beside the answer of the next', async () => {
  lab = await openTwoModelLab({
    near: () => [
      think('LOST-THOUGHT'),
      fault({ kind: 'error-event', status: 500, message: 'out of memory' }),
    ],
    far: () => [think('my own thought'), say('You have one rack.')],
  })
  await ask('how many racks do I own?')
  expect(lab.tab.advisorText()).toContain('You have one rack.')
  const thoughts = partsOf('advisor').filter((part) => part.kind === 'reasoning' && part.text !== '')
  expect(thoughts).toMatchObject([{ text: 'my own thought' }])
})
