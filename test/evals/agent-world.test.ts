import { afterEach, expect, test } from 'vitest'
import { ableToCall, answerProbe } from '../../evals/models/answer-probe.ts'
import { type DialectServer, openDialectServer, type Script } from '../../evals/models/open-dialect-server.ts'
import { call, say } from '../../evals/models/steps.ts'
import { type AgentWorld, openAgentWorld } from '../../evals/worlds/agent-world.ts'
import { makeHomelab } from '../../evals/worlds/homelab.ts'

let model: DialectServer
let world: AgentWorld
afterEach(async () => {
  await world.close()
  await model.close()
})

async function start(reply: Script['reply']): Promise<void> {
  model = await openDialectServer('ollama', {
    models: [{ contextTokens: 32_768 }],
    reply: async (asked, count) => (await answerProbe(asked.text, ableToCall)) ?? reply(asked, count),
  })
  world = await openAgentWorld({
    models: [{ name: 'Attic', baseUrl: model.baseUrl }],
    inventory: (make) => makeHomelab(make),
  })
}

test('a question goes to the model, its call to the inventory, and the answer says what it cost', async () => {
  await start(({ messages }) =>
    messages.at(-1)?.role === 'tool'
      ? say('In the cellar.')
      : call('netbox_find_item', { text: 'core-switch' }),
  )
  const said = await world.say('where is the core switch?')
  expect(said).toMatchObject({
    ...{ kind: 'answered', outcome: 'done', text: 'In the cellar.', costUsd: 0 },
    calls: [{ tool: 'netbox_find_item', state: 'done', outcome: expect.stringContaining('1') }],
    answeredBy: { model: 'scripted (Attic)', where: 'local' },
  })
  const messageId = said.kind === 'answered' ? said.messageId : ''
  expect(await world.routeOf(messageId)).toMatchObject({ task: 'lookup' })
  expect(model.asked.at(-1)?.text).toContain('JW0218420011')
})

test('a change is written when it is approved, not before, and the model that asked tells of it', async () => {
  await start(({ messages }) =>
    JSON.stringify(messages.at(-1)).includes('[decided')
      ? say('It is written.')
      : call('netbox_propose_change', { tag: 'HW-00104', fields: ['serial=SN-77'] }),
  )
  const before = world.state().inventoryWrites
  const said = await world.say('set the serial number of HW-00104 to SN-77')
  const [change] = world.state().changes
  expect(said).toMatchObject({ outcome: 'waiting', calls: [{ state: 'waiting', changeId: change?.id }] })
  expect(world.state().inventoryWrites).toBe(before)
  expect(await world.decide(change?.id ?? '', 'approve')).toMatchObject({ state: 'done' })
  expect(world.state().records['dcim/devices']).toContainEqual(
    expect.objectContaining({ asset_tag: 'HW-00104', serial: 'SN-77' }),
  )
  expect(world.tab.advisorText()).toContain('It is written.')
})
