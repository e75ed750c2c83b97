import { join } from 'node:path'
import { openInventory } from '../mcp-servers/netbox/client/open-inventory.ts'
import { openOutbox } from '../mcp-servers/netbox/outbox/open-outbox.ts'
import { systemClock } from '../mcp-servers/serving/clock.ts'
import { openDatabase } from '../mcp-servers/serving/database.ts'

/** `child <database>`: a process that starts with that queue and a NetBox that is away; prints its resident bytes. */
const [, , path = ''] = process.argv
const folder = join(import.meta.dirname, '../mcp-servers/netbox/outbox/migrations')
const database = openDatabase(path, [{ owner: 'outbox', folder }])
const inventory = openInventory({
  ...{ kind: 'netbox', url: 'http://127.0.0.1:9', token: 'bench', caFile: null },
  fetch: () => Promise.reject(new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } })),
})
const photoBytes = async () => new Uint8Array()
const outbox = openOutbox({ database, clock: systemClock, inventory, photoBytes })
outbox.start()
await outbox.check()
for (let look = 0; look < 50; look += 1) {
  outbox.view()
  outbox.status()
}
process.stdout.write(String(process.memoryUsage().rss))
await outbox.stop()
database.close()
