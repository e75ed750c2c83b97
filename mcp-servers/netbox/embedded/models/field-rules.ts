/** Field rules and unique rules that many models of NetBox share. */
export const slug = { kind: 'text', most: 100, required: true, pattern: /^[-a-zA-Z0-9_]+$/ } as const
export const name = { kind: 'text', most: 100, required: true } as const
export const description = { kind: 'text', most: 200 } as const
export const comments = { kind: 'text', most: 1_000_000 } as const
export const tags = { kind: 'tags' } as const
export const custom_fields = { kind: 'custom-fields' } as const
export const common = { description, comments, tags, custom_fields } as const
export const serial = { kind: 'text', most: 50 } as const
export const asset_tag = { kind: 'text', most: 50, nullable: true } as const
export const taken = (what: string, field: string) => `${what} with this ${field} already exists.`
export const nameAndSlug = (what: string) => [
  { fields: ['name'], ignoreCase: false, message: { name: [taken(what, 'name')] } },
  { fields: ['slug'], ignoreCase: false, message: { slug: [taken(what, 'slug')] } },
]
export const uniqueTag = (what: string) => ({
  fields: ['asset_tag'],
  ignoreCase: false,
  message: { asset_tag: [taken(what, 'asset tag')] },
})
/** `names`: what NetBox calls the attributes. */
export const uniqueSet = (what: string, fields: string[], names: string) => ({
  fields,
  ignoreCase: false,
  message: { __all__: [`${what} with this ${names} already exists.`] },
})
export const named = {
  brief: ['name', 'slug', 'description'],
  displayFrom: 'name',
  searched: ['name', 'slug'],
} as const
