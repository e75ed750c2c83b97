import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { labTables } from '../../mcp-servers/lab.ts'
import { openDatabase } from '../../mcp-servers/serving/database.ts'
import { openStateFolder } from '../../mcp-servers/serving/state-folder.ts'
import { intent } from '../mcp-servers/netbox/outbox/queue-world.ts'
import { runHwlab } from '../support/run-hwlab.ts'

test('a second HWLab on the same folder refuses, and its queue sends nothing; when the first is gone, it does', async () => {
  const stateDir = mkdtempSync(join(tmpdir(), 'hwlab-second-'))
  const asked: string[] = []
  const netbox = createServer((request, answer) => {
    asked.push(request.url ?? '')
    answer.writeHead(503).end()
  }).listen(0, '127.0.0.1')
  await once(netbox, 'listening')
  const address = netbox.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const environment = { NETBOX_URL: `http://127.0.0.1:${port}`, NETBOX_TOKEN: 'x'.repeat(40) }
  const first = await openStateFolder(stateDir)
  if (first.kind !== 'owner') throw new Error(`not taken: ${first.kind}`)
  first.folder.announce('http://127.0.0.1:4610')
  const database = openDatabase(first.folder.databasePath, labTables)
  database
    .prepare(
      `insert into outbox_operations (id, operation_key, kind, subject, intent, state, created_at_ms, updated_at_ms)
       values ('01OP', 'step-1', 'create_item', 'HW-00001', ?, 'queued', 0, 0)`,
    )
    .run(JSON.stringify(intent(1)))
  const second = runHwlab({ stateDir, port: 0, environment })
  await expect(second).rejects.toThrow(/before it was ready/)
  const states = () => database.prepare('select state, maybe_sent from outbox_operations').all()
  expect([asked, states()]).toEqual([[], [{ state: 'queued', maybe_sent: 0 }]])
  first.folder.close()
  const third = await runHwlab({ stateDir, port: 0, environment })
  await expect.poll(() => asked.length, { timeout: 10_000 }).toBeGreaterThan(0)
  await third.stop('SIGTERM')
  database.close()
  netbox.close()
  rmSync(stateDir, { recursive: true })
})
