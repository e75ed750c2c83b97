import { randomBytes } from 'node:crypto'
import { describe } from 'vitest'
import type { Endpoint } from '../../../../mcp-servers/netbox/client/endpoints.ts'
import type { Inventory } from '../../../../mcp-servers/netbox/client/inventory.ts'
import { openInventory } from '../../../../mcp-servers/netbox/client/open-inventory.ts'
import { inventoryContract } from '../../../support/inventory-contract.ts'
import { labDatabase, photo } from '../outbox/queue-world.ts'

const { NETBOX_URL: url, NETBOX_TOKEN: token, NETBOX_CA_FILE: caFile } = process.env

/** Runs only against the NetBox that the environment names; makes nothing but objects with a random prefix. */
describe.runIf(url && token)('a real NetBox (NETBOX_URL)', () => {
  inventoryContract(async () => {
    const inventory = openInventory({
      kind: 'netbox',
      url: url ?? '',
      token: token ?? '',
      caFile: caFile ?? null,
    })
    const prefix = `hwlabtest${randomBytes(4).toString('hex')}`
    return {
      inventory,
      prefix,
      photo: await photo,
      outboxDatabase: () => labDatabase(),
      cleanUp: () => removeAll(inventory, prefix),
    }
  })
})

/** Devices take their interfaces, photos and notes with them; custom fields stay, as they would for a person. */
async function removeAll(inventory: Inventory, prefix: string): Promise<void> {
  const { rest } = inventory
  const found = await inventory.search(prefix, 100)
  if (found.kind === 'looked')
    for (const record of found.records.filter(({ assetTag }) => assetTag?.startsWith(prefix)))
      await rest.call({ method: 'DELETE', path: `dcim/devices/${record.id}/` })
  const endpoints = [
    'dcim/device-types',
    'dcim/manufacturers',
    'dcim/device-roles',
    'dcim/sites',
    'extras/tags',
  ] as const satisfies readonly Endpoint[]
  for (const endpoint of endpoints) {
    const answer = await rest.list(endpoint, {})
    if (answer.kind === 'failed') throw new Error(answer.why)
    for (const row of answer.rows.filter(({ slug }) => String(slug).startsWith(prefix)))
      await rest.call({ method: 'DELETE', path: `${endpoint}/${row.id}/` })
  }
}
