import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Client, type ClientOptions, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { Client as FormerClient } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport as FormerStdio } from '@modelcontextprotocol/sdk/client/stdio.js'
import { StreamableHTTPClientTransport as FormerHttp } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { uploadAnswerSchema } from '../../agent/protocol/uploads.ts'
import { signIn } from '../../evals/worlds/tab.ts'
import {
  callTool,
  callUntilLink,
  legacyWithLinks,
  modernPlain,
  modernWithLinks,
} from '../support/mcp-clients.ts'
import { plainEnvironment, type RunningHwlab, runHwlab } from '../support/run-hwlab.ts'

/** Real programs and a real photo, which takes its time on a busy machine. */
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const root = join(import.meta.dirname, '..', '..')
const servers = ['netbox', 'devices', 'searxng']

let stateDir: string
let lab: RunningHwlab
let cookie: string
const open: { close(): Promise<void> }[] = []
beforeAll(async () => {
  stateDir = mkdtempSync(join(tmpdir(), 'hwlab-others-'))
  lab = await runHwlab({ stateDir, port: 0 })
  cookie = (await signIn(lab.signInUrl)).cookie
})
afterAll(async () => {
  for (const client of open) await client.close()
  await lab.stop('SIGTERM')
  rmSync(stateDir, { recursive: true })
})

const environment = (folder: string) => ({
  ...plainEnvironment(),
  HWLAB_STATE_DIR: folder,
  HWLAB_PORT: '0',
})

async function hwlab(...words: string[]): Promise<string> {
  const words_ = [join(root, 'agent', 'cli.ts'), ...words]
  const { stdout } = await promisify(execFile)(process.execPath, words_, { env: environment(stateDir) })
  return stdout.trim()
}

async function overHttp(token: string, server: string, options: ClientOptions): Promise<Client> {
  const client = new Client({ name: 'outside', version: '1' }, options)
  const requestInit = { headers: { authorization: `Bearer ${token}` } }
  await client.connect(new StreamableHTTPClientTransport(new URL(`/mcp/${server}`, lab.url), { requestInit }))
  open.push(client)
  return client
}

async function uploadPhoto(): Promise<string> {
  const body = new FormData()
  const jpeg = readFileSync(join(root, 'mcp-servers', 'netbox', 'photo', 'sample', 'sample-label.jpg'))
  body.append('photo', new Blob([new Uint8Array(jpeg)], { type: 'image/jpeg' }), 'label.jpg')
  const response = await fetch(new URL('/uploads', lab.url), {
    method: 'POST',
    headers: { cookie, origin: lab.url },
    body,
  })
  const [file] = uploadAnswerSchema.parse(await response.json()).files
  if (file?.kind !== 'stored') throw new Error(JSON.stringify(file))
  return file.attachmentId
}

/** Opens the page of the change as the signed-in person and presses “approve”. */
async function approveOnPage(url: string): Promise<number> {
  const html = await (await fetch(url, { headers: { cookie, accept: 'text/html' } })).text()
  const fields = new URLSearchParams()
  for (const [, name = '', value = ''] of html.matchAll(
    /<input\s+type="hidden"\s+name="(\w+)"\s+value="([^"]*)"/g,
  ))
    fields.append(name, value)
  for (const [, value = ''] of html.matchAll(
    /<input\s+type="checkbox"\s+name="do"\s+value="(\d+)"\s+checked/g,
  ))
    fields.append('do', value)
  fields.set('decision', 'approve')
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      cookie,
      origin: lab.url,
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: fields.toString(),
    redirect: 'manual',
  })
  await response.text()
  return response.status
}

const startedSchema = z.looseObject({
  item_id: z.string(),
  may_propose: z.boolean(),
  fields: z.array(z.looseObject({ field: z.string(), value: z.string() })),
})
const waitingSchema = z.looseObject({ outcome: z.string(), change_id: z.string(), url: z.string() })

const tokensOf = (value: unknown) => Math.ceil(JSON.stringify(value).length / 4)

test('a program with an access token goes from photo to record; the person decides on the confirm page', async () => {
  const token = await hwlab('token', 'create', '--name', 'desktop')
  const client = await overHttp(token, 'netbox', modernPlain)
  const attachmentId = await uploadPhoto()
  const started = await callTool(client, 'start_intake', { attachment_ids: [attachmentId] })
  const { item_id, may_propose, fields } = startedSchema.parse(started.structured)
  const serial = fields.find(({ field }) => field === 'serial')?.value ?? ''
  expect(may_propose, started.text).toBe(true)
  expect(tokensOf(started.structured), 'a typical answer').toBeLessThanOrEqual(600)

  const reader = await overHttp(
    await hwlab('token', 'create', '--name', 'reader', '--scope', 'read'),
    'netbox',
    modernPlain,
  )
  const names = (await reader.listTools()).tools.map(({ name }) => name)
  expect(names).toContain('find_item')
  for (const name of ['start_intake', 'correct_field', 'add_reading', 'propose_record'])
    expect(names).not.toContain(name)
  await expect(
    reader.callTool({ name: 'propose_record', arguments: { item_id, print: false } }),
  ).rejects.toThrow('propose_record')

  const proposed = await callTool(client, 'propose_record', { item_id, print: false })
  const { change_id, url, outcome } = waitingSchema.parse(proposed.structured)
  expect(outcome).toBe('waiting')
  const status = async () =>
    waitingSchema.parse((await callTool(client, 'change_status', { change_id })).structured).outcome
  expect(await status()).toBe('waiting')
  const strange = await (await fetch(url)).text()
  expect(strange, 'a stranger sees nothing of it').not.toContain(serial)

  expect(await approveOnPage(url)).toBeLessThan(400)
  await vi.waitFor(async () => expect(await status()).toBe('done'), { timeout: 20_000 })
  const evidence = await callTool(client, 'look_at_evidence', { item_id })
  const item = await callTool(client, 'get_item', { item: item_id })
  const found = await callTool(client, 'find_item', { text: serial })
  for (const answer of [evidence, item, found, proposed])
    expect(tokensOf(answer.structured), answer.text).toBeLessThanOrEqual(600)
  expect(found.text).toContain('HW-00001')
})

test('the tools of all three servers fit into 3,500 tokens', async () => {
  const token = await hwlab('token', 'create', '--name', 'counter')
  let sum = 0
  for (const server of servers) {
    const client = await overHttp(token, server, modernWithLinks)
    for (const { name, description, inputSchema, outputSchema, annotations } of (await client.listTools())
      .tools)
      sum += tokensOf({ name, description, inputSchema, outputSchema, annotations })
  }
  expect(sum).toBeLessThanOrEqual(3500)
})

test('the former official client sees the same over HTTP', async () => {
  const token = await hwlab('token', 'create', '--name', 'former')
  for (const server of servers) {
    const client = new FormerClient({ name: 'former', version: '1' })
    const requestInit = { headers: { authorization: `Bearer ${token}` } }
    const transport = new FormerHttp(new URL(`/mcp/${server}`, lab.url), { requestInit })
    await client.connect(transport)
    expect((await client.listTools()).tools.length).toBeGreaterThan(0)
    await client.close()
  }
})

test('a token that is not known gets nothing', async () => {
  await expect(overHttp('hwl_wrong', 'netbox', legacyWithLinks)).rejects.toThrow()
})

describe('npx hwlab mcp', () => {
  const command = (server: string, folder: string) => ({
    command: process.execPath,
    args: [join(root, 'agent', 'cli.ts'), 'mcp', server],
    env: environment(folder),
    stderr: 'ignore' as const,
  })

  test.each(servers)('%s on stdio reaches the HWLab that runs', async (server) => {
    const client = new Client({ name: 'stdio', version: '1' }, modernWithLinks)
    await client.connect(new StdioClientTransport(command(server, stateDir)))
    open.push(client)
    expect((await client.listTools()).tools.length).toBeGreaterThan(0)
    if (server !== 'netbox') return
    const begun = await callTool(client, 'start_intake', { attachment_ids: [await uploadPhoto()] })
    const { item_id } = startedSchema.parse(begun.structured)
    const refused = await callTool(client, 'propose_record', { item_id, print: true })
    expect(refused.text, 'the very same thing is in the inventory').toContain('HW-00001')
  })

  test.each(servers)(
    '%s on stdio without a running HWLab is one itself, for either client',
    async (server) => {
      const folder = mkdtempSync(join(tmpdir(), 'hwlab-alone-'))
      const client = new Client({ name: 'stdio', version: '1' }, modernPlain)
      await client.connect(new StdioClientTransport(command(server, folder)))
      expect((await client.listTools()).tools.length).toBeGreaterThan(0)
      const second = new FormerClient({ name: 'second', version: '1' })
      await second.connect(new FormerStdio(command(server, folder)))
      expect((await second.listTools()).tools.length, 'bridged to the first').toBeGreaterThan(0)
      await second.close()
      await client.close()
      rmSync(folder, { recursive: true, force: true })
    },
  )

  test('a client that can open links is asked for one', async () => {
    const client = new Client({ name: 'linker', version: '1' }, modernWithLinks)
    await client.connect(new StdioClientTransport(command('devices', stateDir)))
    open.push(client)
    const asked = await callUntilLink(client, {
      name: 'print_label',
      arguments: { tag: 'HW-00001', printer_id: 'png' },
    })
    expect(JSON.stringify(asked.inputRequests)).toContain(`${lab.url}/c/`)
  })
})
