import type { Endpoint } from '../../mcp-servers/netbox/client/endpoints.ts'
import type { Inventory } from '../../mcp-servers/netbox/client/inventory.ts'

/**
 * Removes what a suite made in a NetBox. Devices take their interfaces, photos and notes with them; custom fields stay,
 * as they would for a person. Throws when the suite's records cannot be listed.
 */
export async function removeMade(inventory: Inventory, prefix: string): Promise<void> {
  const { rest } = inventory
  const devices = await rest.list('dcim/devices', { asset_tag__regex: `^${prefix}` })
  if (devices.kind === 'failed') throw new Error(devices.why)
  for (const { id } of devices.rows) await rest.call({ method: 'DELETE', path: `dcim/devices/${id}/` })
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
