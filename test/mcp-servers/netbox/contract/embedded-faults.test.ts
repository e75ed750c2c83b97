import { describe } from 'vitest'
import { openEmbeddedNetbox } from '../../../../mcp-servers/netbox/embedded/open-embedded-netbox.ts'
import { release } from '../../../../mcp-servers/netbox/embedded/release.ts'
import { changeRecords } from '../../../support/fault-work/change-records.ts'
import { connectCables } from '../../../support/fault-work/connect-cables.ts'
import { createItems } from '../../../support/fault-work/create-items.ts'
import { moveParts } from '../../../support/fault-work/move-parts.ts'
import { noteTests } from '../../../support/fault-work/note-tests.ts'
import { renameInterfaces } from '../../../support/fault-work/rename-interfaces.ts'
import { inventoryFaults } from '../../../support/inventory-faults.ts'
import { labDatabase, moveUntil, photo } from '../outbox/queue-world.ts'

for (const [version, plugin, operations] of [
  ['4.4.10', null, 15],
  ['4.6.8', null, 40],
  ['4.7.3', '2.7.1', 15],
] as const)
  describe(`the embedded inventory as NetBox ${version}${plugin === null ? '' : ' with assets'}`, () => {
    for (const work of [createItems, changeRecords, moveParts, connectCables, renameInterfaces, noteTests])
      inventoryFaults({ work, operations, seed: 20261121 }, async () => {
        const database = labDatabase()
        const speaks = release(version, plugin)
        return {
          fetch: openEmbeddedNetbox({ database, nowMs: () => Date.now(), release: speaks }),
          url: 'http://netbox.test',
          token: 'x'.repeat(40),
          prefix: 'suite',
          photo: await photo,
          outboxDatabase: labDatabase(),
          moveUntil,
          cleanUp: async () => void database.close(),
        }
      })
  })
