import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { openInventory } from '../../../../mcp-servers/netbox/client/open-inventory.ts'
import { openOutbox } from '../../../../mcp-servers/netbox/outbox/open-outbox.ts'
import { systemClock } from '../../../../mcp-servers/serving/clock.ts'
import { labDatabase, photo, recordSettlements } from './queue-world.ts'

/**
 * Files the write at argv[5] and carries it out in the NetBox at argv[3], with its queue in the database at argv[2]. At
 * the step named in argv[4] it says so on stdout and waits to be killed.
 */
const [, , databasePath = '', url = '', stopAt = '', writePath = ''] = process.argv
const write = z
  .object({ kind: z.string(), intent: z.unknown() })
  .parse(JSON.parse(readFileSync(writePath, 'utf8')))
const alive = setInterval(() => undefined, 1_000)

function standStill(step: string): void {
  if (step !== stopAt) return
  process.stdout.write(`${step}\n`)
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
}

const database = labDatabase(databasePath)
const inventory = openInventory({ kind: 'netbox', url, token: 'x'.repeat(40), caFile: null })
const outbox = openOutbox({ database, clock: systemClock, inventory, photoBytes: () => photo })
outbox.onSettled((settled) => {
  recordSettlements(database, settled)
  standStill('inside settling')
})
outbox.start()
standStill('before the intent')
database.transaction(() => {
  outbox.enqueue('step-1', write.kind, write.intent)
  standStill('inside the intent')
})()
standStill('after the intent')
outbox.onChange(() => {
  const [row] = outbox.view()
  if (row?.state === 'in_flight') standStill('in flight')
  if (row?.state !== 'confirmed') return
  standStill('after settling')
  process.stdout.write('confirmed\n')
  clearInterval(alive)
})
