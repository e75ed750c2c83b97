import { createRequire } from 'node:module'
import { vendorName } from './vendor-names.ts'

let registry: Map<string, string> | null = null

/** The maker that the IEEE assigned a MAC address's first half to, in the catalogue's spelling, or null. */
export function ouiVendor(mac: string): string | null {
  const organisation = organisations().get(
    mac
      .replace(/[^0-9A-F]/gi, '')
      .slice(0, 6)
      .toUpperCase(),
  )
  return organisation === undefined ? null : vendorName(organisation)
}

/** 5 MB of JSON: read when the first MAC address is seen, not at start. */
function organisations(): Map<string, string> {
  if (registry) return registry
  const data: unknown = createRequire(import.meta.url)('oui-data')
  const entries = typeof data === 'object' && data !== null ? Object.entries(data) : []
  registry = new Map(entries.map(([prefix, text]) => [prefix, String(text).split('\n', 1)[0] ?? '']))
  return registry
}
