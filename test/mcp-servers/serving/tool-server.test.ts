import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { decide, type EchoLab, openEchoLab, openEchoServer } from '../../support/echo-lab.ts'
import {
  callOnce,
  callTool,
  callUntilLink,
  connectInProcess,
  legacyWithLinks,
  modernPlain,
  modernWithLinks,
} from '../../support/mcp-clients.ts'

let lab: EchoLab
beforeEach(() => {
  lab = openEchoLab()
})
afterEach(() => lab.close())

const call = { name: 'store_word', arguments: { word: 'apple' } }

describe.each([
  ['the 2026 revision', modernPlain],
  ['the 2025 revision', legacyWithLinks],
])('a client of %s', (_, options) => {
  test('finds the tools of the folder, each with an honest description of what it may do', async () => {
    const { server } = await openEchoServer(lab)
    const client = await connectInProcess(server.fetch, options)
    const { tools } = await client.listTools()
    expect(Object.fromEntries(tools.map(({ name, annotations }) => [name, annotations]))).toEqual({
      change_status: { readOnlyHint: true, openWorldHint: false },
      echo_text: { readOnlyHint: true, openWorldHint: false },
      note_draft: { readOnlyHint: false, destructiveHint: false, openWorldHint: false },
      store_word: { readOnlyHint: false, destructiveHint: false, openWorldHint: false },
      shout_word: { readOnlyHint: false, destructiveHint: true, openWorldHint: false },
    })
    for (const tool of tools) expect(tool.outputSchema, tool.name).toBeDefined()
  })

  test('gets an answer as structure and as text', async () => {
    const { server } = await openEchoServer(lab)
    const client = await connectInProcess(server.fetch, options)
    const said = await callTool(client, 'echo_text', { text: 'hello' })
    expect(said).toMatchObject({ isError: false, structured: { text: 'hello' } })
    expect(JSON.parse(said.text)).toEqual(said.structured)
  })

  test('gets a refusal as a sentence', async () => {
    const { server } = await openEchoServer(lab)
    const client = await connectInProcess(server.fetch, options)
    expect(await callTool(client, 'echo_text', { text: 'nothing' })).toEqual({
      isError: true,
      text: 'There is nothing to echo. Say something.',
      structured: null,
    })
    expect(await callTool(client, 'store_word', { word: '' })).toMatchObject({ isError: true })
    expect(lab.approvals.open()).toEqual([])
  })

  test('gets our sentence, never the cause, when a tool breaks', async () => {
    const secret = new Error('ECONNREFUSED token=hunter2 at /srv/lab/client.ts')
    const { server, faults } = await openEchoServer(lab, {
      domain: { beforeAnswer: () => Promise.reject(secret) },
    })
    const client = await connectInProcess(server.fetch, options)
    const said = await callTool(client, 'echo_text', { text: 'hello' })
    expect(said.isError).toBe(true)
    expect(said.text).not.toMatch(/ECONNREFUSED|hunter2|srv/)
    expect(faults).toEqual([{ tool: 'echo_text', cause: secret }])
  })

  test('is told to wait for a person, and nothing happens meanwhile', async () => {
    const { server } = await openEchoServer(lab)
    const client = await connectInProcess(server.fetch, options)
    const said = await callTool(client, 'store_word', { word: 'apple' })
    const [change] = lab.approvals.open()
    expect(said.structured).toMatchObject({
      outcome: 'waiting',
      change_id: change?.id,
      item_id: null,
      url: `http://127.0.0.1:4610/c/${change?.id}`,
    })
    expect(change).toMatchObject({ state: 'proposed', server: 'netbox', tool: 'store_word' })
    expect(lab.store.begun).toEqual([])
  })

  test('gets the same request when it asks for the same again', async () => {
    const { server } = await openEchoServer(lab)
    const client = await connectInProcess(server.fetch, options)
    const first = await callTool(client, 'store_word', { word: 'apple' })
    const second = await callTool(client, 'store_word', { word: 'apple' })
    expect(second.structured).toEqual(first.structured)
    expect(lab.approvals.open()).toHaveLength(1)
  })

  test('learns what became of its request, step by step', async () => {
    const { server } = await openEchoServer(lab)
    const client = await connectInProcess(server.fetch, options)
    await callTool(client, 'store_word', { word: 'apple' })
    const [change] = lab.approvals.open()
    if (!change) throw new Error('nothing was filed')
    const outcome = async () => (await callTool(client, 'change_status', { change_id: change.id })).structured
    expect(await outcome()).toMatchObject({ outcome: 'waiting' })
    await decide(lab.approvals, change)
    expect(await outcome()).toMatchObject({ outcome: 'working' })
    lab.approvals.finishStep(change.steps[0]?.id ?? '', { kind: 'done', words: 'Stored as word 1.' })
    expect(await outcome()).toMatchObject({
      outcome: 'done',
      words: 'Stored as word 1.',
    })
    expect(await callTool(client, 'change_status', { change_id: 'nope' })).toMatchObject({ isError: true })
  })

  test('sees no tool that files anything in read-only mode, and cannot call one', async () => {
    const { server } = await openEchoServer(lab, { readOnly: true })
    const client = await connectInProcess(server.fetch, options)
    const names = (await client.listTools()).tools.map(({ name }) => name)
    expect(names).toEqual(['echo_text', 'note_draft', 'change_status'])
    await expect(client.callTool(call)).rejects.toThrow()
    expect(lab.approvals.open()).toEqual([])
  })
})

test('the four ends of a request are four outcomes to the client', async () => {
  const { server } = await openEchoServer(lab)
  const client = await connectInProcess(server.fetch, modernPlain)
  const ids: string[] = []
  for (const word of ['declined', 'cancelled', 'expired']) {
    await callTool(client, 'store_word', { word })
    ids.push(lab.approvals.open().at(-1)?.id ?? '')
  }
  const [declined, cancelled] = ids.map((id) => lab.approvals.get(id))
  if (declined) await decide(lab.approvals, declined, 'decline')
  if (cancelled) lab.approvals.cancel(cancelled.id, 'The item is gone.', 'operator:operator')
  lab.clock.advance(24 * 60 * 60 * 1000)
  const outcomes = ids.map((change_id) => callTool(client, 'change_status', { change_id }))
  expect((await Promise.all(outcomes)).map(({ structured }) => structured)).toMatchObject([
    { outcome: 'declined' },
    { outcome: 'cancelled', words: expect.stringContaining('The item is gone.') },
    { outcome: 'expired' },
  ])
})

test('a client that can open links is given one, and learns the outcome by asking again', async () => {
  const { server } = await openEchoServer(lab)
  const client = await connectInProcess(server.fetch, modernWithLinks)
  const asked = await callUntilLink(client, call)
  const [change] = lab.approvals.open()
  if (!change) throw new Error('nothing was filed')
  expect(asked.inputRequests).toMatchObject({
    decision: {
      method: 'elicitation/create',
      params: { mode: 'url', url: `http://127.0.0.1:4610/c/${change.id}` },
    },
  })
  await decide(lab.approvals, change)
  lab.approvals.finishStep(change.steps[0]?.id ?? '', { kind: 'done', words: 'Stored.' })
  const again = {
    ...call,
    requestState: asked.requestState,
    inputResponses: { decision: { action: 'accept' } },
  }
  expect(await callOnce(client, again)).toMatchObject({
    structured: { outcome: 'done', change_id: change.id },
  })
  expect(await callOnce(client, again)).toMatchObject({ structured: { outcome: 'done' } })
  expect(lab.store.begun).toHaveLength(1)
})

test('a client that asks again before anybody decided is told that it waits, and is not asked twice', async () => {
  const { server } = await openEchoServer(lab)
  const client = await connectInProcess(server.fetch, modernWithLinks)
  const asked = await callUntilLink(client, call)
  for (const action of ['accept', 'decline', 'cancel']) {
    const again = { ...call, requestState: asked.requestState, inputResponses: { decision: { action } } }
    expect(await callOnce(client, again)).toMatchObject({ structured: { outcome: 'waiting' } })
  }
  expect(lab.approvals.open()).toHaveLength(1)
})

test('the state that a client keeps is good after a restart of the server', async () => {
  const first = await openEchoServer(lab)
  const client = await connectInProcess(first.server.fetch, modernWithLinks)
  const asked = await callUntilLink(client, call)
  const [change] = lab.approvals.open()
  if (change) await decide(lab.approvals, change, 'decline')
  const second = await openEchoServer(lab)
  const later = await connectInProcess(second.server.fetch, modernWithLinks)
  const again = { ...call, requestState: asked.requestState }
  expect(await callOnce(later, again)).toMatchObject({ structured: { outcome: 'declined' } })
})

test('a tool that takes too long is stopped with a sentence', async () => {
  const { promise: stopped, resolve: stop } = Promise.withResolvers<unknown>()
  const { promise: started, resolve: start } = Promise.withResolvers<void>()
  const { server } = await openEchoServer(lab, {
    domain: {
      beforeAnswer: (_, { signal }) => {
        signal.addEventListener('abort', () => stop(signal.reason))
        start()
        return new Promise(() => {})
      },
    },
  })
  const client = await connectInProcess(server.fetch, modernPlain)
  const answer = callTool(client, 'echo_text', { text: 'slow' })
  await started
  lab.clock.advance(1000)
  expect(await answer).toMatchObject({ isError: true, text: expect.stringContaining('took longer than 1 s') })
  expect(String(await stopped)).toContain('echo_text took longer')
})

test('a client that hangs up stops the tool', async () => {
  const { promise: stopped, resolve: stop } = Promise.withResolvers<void>()
  const { promise: started, resolve: start } = Promise.withResolvers<void>()
  const { server } = await openEchoServer(lab, {
    domain: {
      beforeAnswer: (_, { signal }) => {
        signal.addEventListener('abort', () => stop())
        start()
        return new Promise(() => {})
      },
    },
  })
  const client = await connectInProcess(server.fetch, modernPlain)
  const hangUp = new AbortController()
  const answer = client.callTool(
    { name: 'echo_text', arguments: { text: 'slow' } },
    { signal: hangUp.signal },
  )
  await started
  hangUp.abort()
  await expect(answer).rejects.toThrow()
  await stopped
})

test('a client that wants progress is told the stages in words', async () => {
  const { server } = await openEchoServer(lab)
  const client = await connectInProcess(server.fetch, modernPlain)
  const stages: unknown[] = []
  await client.callTool(
    { name: 'echo_text', arguments: { text: 'hello' } },
    { onprogress: ({ message }) => void stages.push(message) },
  )
  expect(stages).toEqual(['Listening…'])
})

test('the card names the client by plain letters only', async () => {
  const { server } = await openEchoServer(lab)
  const client = await connectInProcess(server.fetch, modernPlain, { name: 'Claude <b>\u202Enice</b>\n' })
  await callTool(client, 'store_word', { word: 'apple' })
  expect(lab.approvals.open()[0]?.requester).toBe('client:Claude b nice /b')
})

test('a flood of requests from one client is refused with a sentence', async () => {
  const { server } = await openEchoServer(lab)
  const client = await connectInProcess(server.fetch, modernPlain)
  for (let count = 0; count < 20; count++) await callTool(client, 'store_word', { word: `word ${count}` })
  expect(await callTool(client, 'store_word', { word: 'one more' })).toMatchObject({
    isError: true,
    text: expect.stringContaining('20 changes'),
  })
  expect(lab.approvals.open()).toHaveLength(20)
})
