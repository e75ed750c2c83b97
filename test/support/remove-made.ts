import type { Endpoint } from '../../mcp-servers/netbox/client/endpoints.ts'
import type { Inventory } from '../../mcp-servers/netbox/client/inventory.ts'
import type { Row } from '../../mcp-servers/netbox/client/rest.ts'

/** What suites make, in an order in which nothing is needed any more when it goes. */
const tables = [
  'dcim/cables',
  'plugins/inventory/assets',
  'ipam/ip-addresses',
  'ipam/prefixes',
  'dcim/devices',
  'dcim/racks',
  'dcim/locations',
  'dcim/module-types',
  'dcim/device-types',
  'dcim/manufacturers',
  'dcim/device-roles',
  'dcim/sites',
  'extras/tags',
  'extras/custom-fields',
  'extras/custom-field-choice-sets',
] as const satisfies readonly Endpoint[]

/**
 * Removes what a suite made in a NetBox, by the prefix of its tags and names. Devices take their parts, interfaces, photos
 * and notes with them; HWLab's own custom fields stay, as they would for a person. Throws when a table cannot be listed.
 */
export async function removeMade(inventory: Inventory, prefix: string): Promise<void> {
  const { rest } = inventory
  const known = await inventory.features()
  if (known.kind === 'away') throw new Error(known.why)
  for (const table of tables) {
    if (table === 'plugins/inventory/assets' && !known.features.assets) continue
    const made: number[] = []
    for await (const page of rest.pages(table, {})) {
      if (page.kind === 'failed') throw new Error(page.why)
      made.push(...page.rows.filter((row) => isMade(row, prefix)).map((row) => row.id))
    }
    for (const id of made) await rest.call({ method: 'DELETE', path: `${table}/${id}/` })
  }
}

function isMade(row: Row, prefix: string): boolean {
  const texts = [row.asset_tag, row.slug, row.name, row.label, row.description, row.model]
  return texts.some((text) => typeof text === 'string' && text.startsWith(prefix))
}
