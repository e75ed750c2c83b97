import { describe } from 'vitest'
import { openInventory } from '../../../../mcp-servers/netbox/client/open-inventory.ts'
import { inventoryContract } from '../../../support/inventory-contract.ts'
import { labDatabase, photo } from '../outbox/queue-world.ts'

describe('the embedded inventory', () => {
  inventoryContract(async () => {
    const database = labDatabase()
    return {
      inventory: openInventory({ kind: 'embedded', database }),
      prefix: 'suite',
      photo: await photo,
      outboxDatabase: () => labDatabase(),
      cleanUp: async () => void database.close(),
    }
  })
})
