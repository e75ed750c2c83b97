import { describe } from 'vitest'
import { openInventory } from '../../../../mcp-servers/netbox/client/open-inventory.ts'
import { release } from '../../../../mcp-servers/netbox/embedded/release.ts'
import { inventoryContract } from '../../../support/inventory-contract.ts'
import { inventoryRecordsContract } from '../../../support/inventory-records-contract.ts'
import { inventoryWorldContract } from '../../../support/inventory-world-contract.ts'
import { labDatabase, photo } from '../outbox/queue-world.ts'

describe.each([
  ['its own release', null],
  ['NetBox 4.4 with assets', release('4.4.10', '2.4.1')],
  ['NetBox 4.6 with assets', release('4.6.8', '2.6.1')],
  ['NetBox 4.7 with assets', release('4.7.3', '2.7.1')],
] as const)('the embedded inventory, speaking like %s', (_name, speaks) => {
  const open = async () => {
    const database = labDatabase()
    return {
      inventory: openInventory({ kind: 'embedded', database, ...(speaks ? { release: speaks } : {}) }),
      prefix: 'suite',
      photo: await photo,
      outboxDatabase: () => labDatabase(),
      cleanUp: async () => void database.close(),
    }
  }
  inventoryContract(open)
  inventoryWorldContract(open)
  inventoryRecordsContract(open)
})
