import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { openInventory } from '../../../../mcp-servers/netbox/client/open-inventory.ts'
import { inventoryContract } from '../../../support/inventory-contract.ts'
import { inventoryFaults } from '../../../support/inventory-faults.ts'
import { inventoryRecordsContract } from '../../../support/inventory-records-contract.ts'
import { inventoryWorldContract } from '../../../support/inventory-world-contract.ts'
import { removeMade } from '../../../support/remove-made.ts'
import { labDatabase, moveUntil, photo } from '../outbox/queue-world.ts'

const { NETBOX_URL: url = '', NETBOX_TOKEN: token = '', NETBOX_CA_FILE: caFile = null } = process.env

/** Run only against the NetBox that the environment names; they make nothing but objects with a random prefix. */
describe.runIf(url && token)('a real NetBox (NETBOX_URL)', () => {
  const prefix = () => `hwlabtest${randomBytes(4).toString('hex')}`

  const open = async () => {
    const inventory = openInventory({ kind: 'netbox', url, token, caFile })
    const own = prefix()
    return {
      inventory,
      prefix: own,
      photo: await photo,
      outboxDatabase: () => labDatabase(),
      cleanUp: () => removeMade(inventory, own),
    }
  }
  inventoryContract(open)
  inventoryWorldContract(open)
  inventoryRecordsContract(open)

  inventoryFaults(40, 20261122, async () => {
    const own = prefix()
    return {
      fetch: (request) => fetch(request),
      url,
      token,
      prefix: own,
      photo: await photo,
      outboxDatabase: labDatabase(),
      moveUntil,
      cleanUp: (inventory) => removeMade(inventory, own),
    }
  })

  test('a wrong token and a wrong address are told apart, and nothing of the token is repeated', async () => {
    const wrong = `${token.slice(0, -4)}0000`
    const probe = (at: { url: string; token: string }) =>
      openInventory({ kind: 'netbox', caFile, ...at }).probe()
    const refusedToken = await probe({ url, token: wrong })
    expect(refusedToken).toMatchObject({ kind: 'refused', why: expect.stringContaining('token') })
    expect(JSON.stringify(refusedToken)).not.toContain(wrong.slice(-12))
    expect(await probe({ url: `${url}/nothing`, token })).toMatchObject({
      kind: 'refused',
      why: expect.stringContaining('NETBOX_URL'),
    })
  })
})
