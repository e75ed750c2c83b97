import { afterEach, expect, test } from 'vitest'
import { z } from 'zod'
import type { Asked } from '../../../evals/models/open-dialect-server.ts'
import { call, say } from '../../../evals/models/steps.ts'
import { runEnded } from '../../../evals/worlds/tab.ts'
import { askedInUse, openTwoModelLab, type TwoModelLab } from '../../support/two-model-lab.ts'

let lab: TwoModelLab
afterEach(() => lab.close())

/** A model on this machine files a request, and tells how it ended; so does the one in the cloud. */
async function start(): Promise<void> {
  lab = await openTwoModelLab({
    near: ({ text }) =>
      text.includes('[decided') || text.includes('No longer')
        ? say('Near tells: it is recorded.')
        : call('netbox_propose_record', { item_id: 'item-1', print: false }, 'call_7'),
    far: ({ text }) =>
      text.includes('where is it now') ? say('Far knows: on the shelf.') : say('Far tells: it is recorded.'),
  })
}
async function ask(text: string): Promise<void> {
  lab.tab.chunks.splice(0)
  const answer = await lab.tab.send(text)
  if (answer.kind === 'refused') throw new Error(answer.why)
  await lab.tab.until(runEnded)
}
async function decide(decision: 'approve' | 'decline'): Promise<void> {
  const [change] = lab.app.approvals.open()
  lab.tab.chunks.splice(0)
  const body = { changeId: change?.id ?? '', digest: change?.digest ?? '', decision, leaveOut: [] }
  expect((await lab.tab.ask('change-decide', body)).kind).toBe('ok')
  const { begun } = lab.app.executor
  for (const { stepId } of begun.splice(0))
    lab.app.approvals.finishStep(stepId, { kind: 'done', words: 'HW-00001 is in the inventory.' })
  await lab.tab.until(runEnded)
}
const lastAnswer = () => [...lab.tab.messages.values()].findLast(({ role }) => role === 'advisor')

const wireCall = z.looseObject({
  id: z.string(),
  function: z.looseObject({ name: z.string(), arguments: z.string() }),
})
/** Calls and results as they went over the wire. */
function historyOf(asked: Asked | undefined): { calls: unknown[]; results: unknown[] } {
  const messages = asked?.messages ?? []
  const calls = messages.flatMap(({ tool_calls }) => z.array(wireCall).catch([]).parse(tool_calls))
  return {
    calls: calls.map((one) => ({
      id: one.id,
      name: one.function.name,
      args: JSON.parse(one.function.arguments),
    })),
    results: messages.flatMap(({ role, tool_call_id, content }) =>
      role === 'tool' ? [{ id: tool_call_id, content }] : [],
    ),
  }
}

test('a request of a local model, decided after /use cloud, is told by the cloud with call and outcome in its history', async () => {
  await start()
  await ask('please put this shelf on record for me')
  expect(lab.tab.chunks.at(-1)?.body).toMatchObject({ outcome: 'waiting' })
  await ask('/use cloud')
  await decide('approve')
  expect(lab.tab.advisorText()).toContain('Far tells: it is recorded.')
  expect(lastAnswer()?.answeredBy).toMatchObject({ where: 'cloud' })
  const { calls, results } = historyOf(askedInUse(lab.far)[0])
  expect(calls).toMatchObject([
    { name: 'netbox_propose_record', args: { item_id: 'item-1', print: false } },
    // “/use cloud” was answered by Commands, without a tool.
  ])
  expect(results).toHaveLength(1)
  expect(results).toMatchObject([{ id: z.object({ id: z.string() }).parse(calls[0]).id }])
  expect(JSON.stringify(results)).toContain('HW-00001 is in the inventory.')
  await ask('and where is it now, do you know?')
  expect(lab.tab.advisorText()).toContain('Far knows: on the shelf.')
  expect(askedInUse(lab.near).filter(({ text }) => text.includes('[decided'))).toEqual([])
})

test('without another wish, the model that asked tells how it ended', async () => {
  await start()
  await ask('please put this shelf on record for me')
  await decide('approve')
  expect(lab.tab.advisorText()).toContain('Near tells: it is recorded.')
  expect(askedInUse(lab.far)).toEqual([])
})

test('what was asked in the cloud is not told there once everything stays on this network', async () => {
  lab = await openTwoModelLab({
    near: () => say('Near has nothing to say.'),
    far: ({ text }) =>
      text.includes('[decided')
        ? say('Leaked.')
        : call('netbox_propose_record', { item_id: 'item-1', print: false }),
  })
  await ask('/use cloud')
  await ask('please put this shelf on record for me')
  await ask('/use auto')
  await lab.tab.ask('route-rules', { keepLocal: true, photosToCloud: false })
  const before = lab.far.asked.length
  await decide('decline')
  expect(lab.far.asked).toHaveLength(before)
  expect(lastAnswer()?.answeredBy).toMatchObject({ where: 'commands' })
})
