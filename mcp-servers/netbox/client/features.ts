import { z } from 'zod'

/** What the NetBox at hand can do, from its version and plugins. Source: NetBox release notes 4.4 to 4.7. */
export interface Features {
  version: string
  /** Single objects carry an ETag and a PATCH may say `If-Match` (4.6). */
  etag: boolean
  /** `add_tags` and `remove_tags` beside `tags`, which replaces all (4.6). */
  addTags: boolean
  /** `?start=<id>` (4.6). */
  cursorPaging: boolean
  /** How selections among custom fields are read: raw up to 4.6, `{value, label}` from 4.7. They are written raw. */
  selectShape: 'raw' | 'object'
  /** The plugin netbox-inventory keeps assets. */
  assets: boolean
}

export const statusSchema = z.object({
  'netbox-version': z.string(),
  plugins: z.record(z.string(), z.unknown()).default({}),
})

/** null: a version before 4.4, or none at all. */
export function featuresOf(status: z.infer<typeof statusSchema>): Features | null {
  const version = status['netbox-version']
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10))
  const since = (wanted: number) => major > 4 || (major === 4 && minor >= wanted)
  if (!since(4)) return null
  return {
    version,
    etag: since(6),
    addTags: since(6),
    cursorPaging: since(6),
    selectShape: since(7) ? 'object' : 'raw',
    assets: Object.hasOwn(status.plugins, 'netbox_inventory'),
  }
}
