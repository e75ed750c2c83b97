import { describe } from 'vitest'
import { openEmbeddedNetbox } from '../../../../mcp-servers/netbox/embedded/open-embedded-netbox.ts'
import { inventoryFaults } from '../../../support/inventory-faults.ts'
import { labDatabase, moveUntil, photo } from '../outbox/queue-world.ts'

describe('the embedded inventory', () => {
  inventoryFaults(40, 20261121, async () => {
    const database = labDatabase()
    return {
      fetch: openEmbeddedNetbox({ database, nowMs: () => Date.now() }),
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
