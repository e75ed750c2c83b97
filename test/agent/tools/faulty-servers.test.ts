import timers from 'node:timers/promises'
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server'
import { afterEach, expect, test } from 'vitest'
import { z } from 'zod'
import type { Progress } from '../../../agent/tools/connect-server.ts'
import { openToolbox, type Toolbox } from '../../../agent/tools/toolbox.ts'

let toolbox: Toolbox
const failures: unknown[] = []
const aborted: string[] = []
/** What a call that never ends waits for. */
const never = new Promise<never>(() => {})

/** A server of somebody else: each of its tools goes wrong in a way of its own. */
function strangeServer(): McpServer {
  const server = new McpServer({ name: 'strange', version: '1' })
  const plain = { description: 'Goes wrong.', inputSchema: z.object({}) }
  server.registerTool('silent', plain, (_, { mcpReq }) => {
    mcpReq.signal.addEventListener('abort', () => aborted.push('silent'))
    return never
  })
  server.registerTool('endless', plain, async (_, { mcpReq }) => {
    const progressToken = mcpReq._meta?.progressToken ?? ''
    for (let progress = 1; !mcpReq.signal.aborted; progress += 1) {
      const params = { progressToken, progress, total: 1_000_000, message: `Part ${progress}` }
      await mcpReq.notify({ method: 'notifications/progress', params }).catch(() => never)
      await timers.setImmediate()
    }
    return never
  })
  server.registerTool('throwing', plain, () => {
    throw new Error('secret-detail-of-the-disk')
  })
  server.registerTool('huge', plain, () => ({
    content: [{ type: 'text', text: 'x'.repeat(5_000_000) }],
    structuredContent: { words: 'y'.repeat(5_000_000), rows: 'z'.repeat(5_000_000) },
  }))
  server.registerTool('picture', plain, () => ({
    content: [
      { type: 'text', text: 'The floor plan.' },
      { type: 'image', data: 'AAAA', mimeType: 'image/png' },
    ],
  }))
  return server
}

async function open(limits = { silentMs: 2000, totalMs: 4000 }): Promise<void> {
  const handler = createMcpHandler(strangeServer)
  toolbox = await openToolbox([{ name: 'strange', fetch: (request) => handler.fetch(request) }], {
    ...{ version: '0.1.0', limits },
    onFailure: (error) => failures.push(error),
  })
}
afterEach(async () => {
  await toolbox.close()
  failures.length = 0
  aborted.length = 0
})
const call = (tool: string, seen: Progress[] = []) =>
  toolbox.call(
    `strange_${tool}`,
    {},
    { signal: new AbortController().signal, onProgress: (progress) => seen.push(progress) },
  )

test('a tool that never answers is stopped at the limit, is told so, and nothing is made of it', async () => {
  await open({ silentMs: 60, totalMs: 4000 })
  const outcome = await call('silent')
  expect(outcome).toMatchObject({
    kind: 'refused',
    why: expect.stringContaining('did not come to an end and was stopped, so its answer is not known'),
  })
  await expect.poll(() => aborted).toEqual(['silent'])
})

test('a tool that reports for ever is stopped as well, and what it reported was shown', async () => {
  await open({ silentMs: 2000, totalMs: 150 })
  const seen: Progress[] = []
  expect(await call('endless', seen)).toMatchObject({ why: expect.stringContaining('was stopped') })
  expect(seen[0]).toEqual({ words: 'Part 1', share: 1 / 1_000_000 })
})

test('a tool that throws is a sentence', async () => {
  await open()
  expect(await call('throwing')).toMatchObject({ kind: 'refused' })
})

test('15 MB of an answer are kept in part, and it says so itself', async () => {
  await open()
  const outcome = await call('huge')
  if (outcome.kind !== 'answer') throw new Error(outcome.kind)
  expect(outcome.text.length).toBeLessThan(65_000)
  expect(outcome.text).toContain('more characters, which were not kept')
  expect(outcome.words.length).toBeLessThanOrEqual(300)
  expect(outcome.result).toBeNull()
})

test('an answer with a picture says that there is more of it than its text', async () => {
  await open()
  expect(await call('picture')).toMatchObject({
    text: 'The floor plan.\n(1 more of it that is no text, such as pictures, does not get here.)',
  })
})

test('after all of these the server is asked as before', async () => {
  await open({ silentMs: 60, totalMs: 150 })
  for (const tool of ['silent', 'endless', 'throwing', 'huge']) await call(tool)
  expect(await call('picture')).toMatchObject({ kind: 'answer' })
})
