import { mkdtempSync, rmSync } from 'node:fs'
import { Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAdaptorServer } from '@hono/node-server'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ItemView } from '../../agent/protocol/items.ts'
import type { QueueView } from '../../agent/protocol/queue.ts'
import { openTab, signIn, type Tab } from '../../evals/worlds/tab.ts'
import type { Fetch } from '../../mcp-servers/netbox/client/rest.ts'
import { openEmbeddedNetbox } from '../../mcp-servers/netbox/embedded/open-embedded-netbox.ts'
import { netboxTables } from '../../mcp-servers/netbox/netbox-tables.ts'
import { openDatabase } from '../../mcp-servers/serving/database.ts'
import { runHwlab } from '../support/run-hwlab.ts'

/** Real programs and a real photo, which takes its time on a busy machine. */
vi.setConfig({ testTimeout: 60_000 })

let stateDir: string
let netbox: Server
let answer: Fetch
beforeEach(async () => {
  stateDir = mkdtempSync(join(tmpdir(), 'hwlab-wrong-netbox-'))
  const server = createAdaptorServer({ fetch: (request) => answer(request) })
  if (!(server instanceof Server)) throw new Error('not a plain server')
  netbox = server
  await new Promise<void>((resolve) => netbox.listen(0, '127.0.0.1', resolve))
})
afterEach(async () => {
  netbox.closeAllConnections()
  await new Promise((resolve) => netbox.close(resolve))
  rmSync(stateDir, { recursive: true })
})

async function start() {
  const address = netbox.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  const environment = { NETBOX_URL: `http://127.0.0.1:${port}`, NETBOX_TOKEN: 'not-the-right-one' }
  return runHwlab({ stateDir, port: 0, environment })
}

function itemOf(tab: Tab): ItemView | undefined {
  const section = tab.sections.findLast((candidate) => candidate.section === 'items')
  return section?.section === 'items' ? section.value[0] : undefined
}

function queueOf(tab: Tab): QueueView | undefined {
  const section = tab.sections.findLast((candidate) => candidate.section === 'queue')
  return section?.section === 'queue' ? section.value : undefined
}

const webPage = async () => new Response('<h1>Welcome</h1>', { headers: { 'content-type': 'text/html' } })
const wrongToken = async () => Response.json({ detail: 'Invalid v1 token' }, { status: 403 })
const signInElsewhere = async () => new Response(null, { status: 302, headers: { location: '/login' } })

test.each([
  ['answers with a web page', webPage],
  ['refuses the token', wrongToken],
  ['sends everybody to a sign-in page', signInElsewhere],
])(
  'NetBox %s: the job is done up to there, nothing is lost, and it is written when that is mended',
  async (_, broken) => {
    answer = broken
    const first = await start()
    const { cookie } = await signIn(first.signInUrl)
    const tab = await openTab(first.url, cookie)
    const conversationId = await tab.open()
    await tab.ask('sample-start', { conversationId, requestId: 'sample' })
    await tab.until(() => itemOf(tab)?.change?.state === 'proposed')
    const change = itemOf(tab)?.change
    if (!change) throw new Error('nothing to confirm')
    const { id: changeId, digest } = change
    expect(
      await tab.ask('change-decide', { changeId, digest, decision: 'approve', leaveOut: [1] }),
    ).toMatchObject({
      kind: 'ok',
    })
    await tab.until(() => (queueOf(tab)?.operations.length ?? 0) > 0 && queueOf(tab)?.tone === 'bad')
    expect(queueOf(tab)?.words).toContain('NetBox')
    expect(itemOf(tab)?.record).toBeNull()
    expect(await first.stop('SIGTERM')).toBe(0)
    tab.close()

    const database = openDatabase(':memory:', netboxTables)
    answer = openEmbeddedNetbox({ database, nowMs: () => Date.now() })
    const second = await start()
    const again = await openTab(second.url, cookie)
    await again.until(() => itemOf(again)?.state === 'complete')
    expect(itemOf(again)?.record).not.toBeNull()
    expect(
      database.prepare("select count(*) as count from embedded_objects where model = 'dcim/devices'").get(),
    ).toEqual({ count: 1 })
    again.close()
    await second.stop('SIGTERM')
    database.close()
  },
)
