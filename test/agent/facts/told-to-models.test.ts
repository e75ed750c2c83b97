import { afterEach, expect, test } from 'vitest'
import type { Price } from '../../../agent/models/model-entry.ts'
import { ended, openTab, type Tab } from '../../../evals/worlds/tab.ts'
import { type ModelReply, openModelServer, type ModelServer as Scripted } from '../../support/model-server.ts'
import { namedServer } from '../../support/named-providers.ts'
import { type AgentApp, openAgentApp } from '../../support/open-agent-app.ts'

let app: AgentApp
let tab: Tab
const servers: Scripted[] = []
const price: Price = { inputUsdPerMillion: 0.1, outputUsdPerMillion: 0.4, imageUsd: 0 }
const says = (text: string) => (): ModelReply => ({ kind: 'text', text })

/** One model on this network and one in the cloud, both ready. */
async function start(cloud: (body: string) => ModelReply): Promise<void> {
  const near = await openModelServer({ models: ['near'], reply: says('From the house.') })
  const far = await openModelServer({ models: ['far'], reply: cloud })
  servers.push(near, far)
  app = await openAgentApp({
    modelServers: [
      namedServer({ baseUrl: near.baseUrl, id: 'house', name: 'House' }),
      namedServer({ baseUrl: far.baseUrl, id: 'far-off', name: 'Cloud', where: 'cloud', price }),
    ],
  })
  tab = await openTab(app.app.url, app.cookie)
  await tab.open()
  await tab.until((one) => {
    const view = one.sections.findLast(({ section }) => section === 'routing')
    return (
      view?.section === 'routing' && view.value.choices.filter(({ wish }) => wish.includes('/')).length === 2
    )
  })
}
afterEach(async () => {
  tab.close()
  await app.close()
  for (const server of servers.splice(0)) await server.close()
})
async function say(text: string): Promise<void> {
  const before = tab.chunks.filter((chunk) => chunk.body.kind === 'run-end').length
  await tab.send(text)
  await tab.until((one) => ended(one, before + 1))
}
const lastAsked = (at: number) => JSON.stringify(servers[at]?.asked.at(-1))

test('a model is told what is remembered; one in the cloud is not told what stays on this network', async () => {
  await start(says('From the cloud.'))
  await tab.ask('fact-add', { text: 'labels go on 29x90', isPrivate: false })
  await tab.ask('fact-add', { text: 'the rack key hangs in the hall', isPrivate: true })
  await say('what is on shelf two?')
  expect(lastAsked(0)).toContain('labels go on 29x90')
  expect(lastAsked(0)).toContain('the rack key hangs in the hall')
  await say('do you know that the rack key hangs in the hall?')
  await say('/use cloud')
  await say('what is on shelf three?')
  expect(lastAsked(1)).toContain('labels go on 29x90')
  expect(lastAsked(1)).toContain('do you know that (kept on this network)')
  expect(lastAsked(1)).not.toContain('hangs in the hall')
})

test('a sentence that a model proposes shows who wrote it, and is told to nobody before a person agrees', async () => {
  const sentence = 'print every label twice'
  await start((body) =>
    body.includes('which labels wait') && !body.includes(sentence)
      ? { kind: 'tool', name: 'hwlab_remember', args: { sentence } }
      : { kind: 'text', text: 'I ask you on the card.' },
  )
  await say('/use cloud')
  await say('look up which labels wait for the printer')
  await tab.until((one) => one.sections.some((view) => view.section === 'changes' && view.value.length > 0))
  const view = tab.sections.findLast(({ section }) => section === 'changes')
  const [card] = view?.section === 'changes' ? view.value : []
  expect(card).toMatchObject({
    lines: [
      { label: 'Sentence', after: sentence },
      { label: 'From', after: 'far (Cloud), in words of its own' },
    ],
    warnings: [expect.stringContaining('You did not write this sentence')],
    requester: 'far (Cloud)',
  })
  const other = await tab.ask('conversation-new', {})
  if (other.kind === 'refused') throw new Error(other.why)
  await tab.open(other.value.conversationId)
  await say('what is on shelf two?')
  expect(lastAsked(0)).not.toContain(sentence)
})

test('what was taught to stay on this network stays there, also when it is deleted', async () => {
  await start(says('From the cloud.'))
  await say('remember that the door code is 4711')
  await tab.until((one) => one.sections.some((view) => view.section === 'changes' && view.value.length > 0))
  const shown = tab.sections.findLast((view) => view.section === 'changes')
  const [card] = shown?.section === 'changes' ? shown.value : []
  if (!card) throw new Error('there is no card')
  const { id: changeId, digest } = card
  await tab.ask('change-decide', { changeId, digest, decision: 'approve', leaveOut: [1] })
  await tab.until((one) => ended(one, 2))
  expect(await tab.ask('fact-forget', { factId: changeId })).toMatchObject({ kind: 'ok' })
  await say('/use cloud')
  await say('what is on shelf three?')
  expect(lastAsked(1)).toContain('(kept on this network)')
  expect(lastAsked(1)).not.toContain('4711')
})
