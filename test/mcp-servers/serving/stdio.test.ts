import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client, type ClientOptions } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { Client as FormerClient } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport as FormerStdio } from '@modelcontextprotocol/sdk/client/stdio.js'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { decide, openEchoLab } from '../../support/echo-lab.ts'
import {
  callOnce,
  callTool,
  callUntilLink,
  legacyWithLinks,
  modernPlain,
  modernWithLinks,
} from '../../support/mcp-clients.ts'

let folder: string
let open: { close(): Promise<void> }[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hwlab-stdio-'))
  open = []
})
afterEach(async () => {
  for (const client of open) await client.close()
  rmSync(folder, { recursive: true })
})

const childPath = join(import.meta.dirname, '../../support/echo-stdio-child.ts')
const command = () => ({ command: process.execPath, args: [childPath, join(folder, 'hwlab.db')] })

async function start(options: ClientOptions): Promise<Client> {
  const client = new Client({ name: 'desktop', version: '1' }, options)
  open.push(client)
  await client.connect(new StdioClientTransport(command()))
  return client
}

test.each([
  ['2026', modernPlain],
  ['2025', legacyWithLinks],
])('a server on stdio serves a client of the %s revision', async (_, options) => {
  const client = await start(options)
  expect((await client.listTools()).tools).toHaveLength(5)
  expect(await callTool(client, 'echo_text', { text: 'hello' })).toMatchObject({
    structured: { text: 'hello', client: 'desktop' },
  })
  expect(await callTool(client, 'store_word', { word: 'apple' })).toMatchObject({
    structured: { outcome: 'waiting' },
  })
})

test('the former official client works over stdio as well', async () => {
  const client = new FormerClient({ name: 'former', version: '1' }, { capabilities: { elicitation: {} } })
  open.push(client)
  await client.connect(new FormerStdio(command()))
  expect((await client.listTools()).tools.map(({ name }) => name)).toContain('store_word')
  expect(await client.callTool({ name: 'store_word', arguments: { word: 'apple' } })).toMatchObject({
    structuredContent: { outcome: 'waiting' },
  })
})

test('a request survives the server process that filed it, and the next one tells the outcome', async () => {
  const call = { name: 'store_word', arguments: { word: 'apple' } }
  const first = await start(modernWithLinks)
  const { requestState } = await callUntilLink(first, call)
  await first.close()

  const lab = openEchoLab({ path: join(folder, 'hwlab.db') })
  const [change] = lab.approvals.open()
  if (!change) throw new Error('the request is lost')
  lab.clock.advance(change.createdAtMs + 1 - lab.clock.nowMs())
  expect(await decide(lab.approvals, change)).toMatchObject({ kind: 'decided' })
  lab.approvals.finishStep(change.steps[0]?.id ?? '', { kind: 'done', words: 'Stored.' })
  lab.close()

  const second = await start(modernWithLinks)
  expect(await callOnce(second, { ...call, requestState })).toMatchObject({ structured: { outcome: 'done' } })
})
