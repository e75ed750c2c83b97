import type { Inventory, Looked } from './client/inventory.ts'
import { tagNumber } from './tags/tag-text.ts'

/** Records by tag, MAC address or serial number where the text is one, else by the inventory's own search. */
export async function findRecords(inventory: Inventory, text: string, limit: number): Promise<Looked> {
  const exact = await findExactly(inventory, text)
  if (exact.kind === 'away' || exact.records.length > 0) return bounded(exact, limit)
  return bounded(await inventory.search(text, limit), limit)
}

async function findExactly(inventory: Inventory, text: string): Promise<Looked> {
  if (tagNumber(text) !== null) return inventory.findByTag(text.toUpperCase())
  if (/^[0-9a-f]{2}([:.\s-]?[0-9a-f]{2}){5}$/i.test(text)) {
    const byMac = await inventory.findByMac(text)
    if (byMac.kind === 'away' || byMac.records.length > 0) return byMac
  }
  return /\s/.test(text) || text.length > 50 ? { kind: 'looked', records: [] } : inventory.findBySerial(text)
}

function bounded(looked: Looked, limit: number): Looked {
  return looked.kind === 'away' ? looked : { kind: 'looked', records: looked.records.slice(0, limit) }
}
