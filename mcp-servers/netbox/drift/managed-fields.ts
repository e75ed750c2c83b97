import type { RecordSeen } from '../client/record-seen.ts'
import { customFields } from '../custom-fields.ts'

/** One field that NetBox says otherwise than HWLab last saw. null: empty. */
export interface FieldDrift {
  /** NetBox's own name where it has one: `serial`, `custom_fields.hwlab_spec`. */
  field: string
  label: string
  hwlab: string | null
  netbox: string | null
}

const labels: [string, string, (record: RecordSeen) => string | null][] = [
  ['record', 'Record', ({ kind, id }) => `${kind} ${id}`],
  ['asset_tag', 'Tag', ({ assetTag }) => assetTag],
  ['custom_fields.hwlab_id', 'HWLab id', ({ hwlabId }) => hwlabId],
  ['serial', 'Serial number', ({ serial }) => serial],
  ['name', 'Name', ({ name }) => name],
  ['manufacturer', 'Manufacturer', ({ manufacturer }) => manufacturer],
  ['model', 'Model', ({ model }) => model],
  ['role', 'Role', ({ role }) => role],
  ['status', 'Status', ({ status }) => status],
  ['site', 'Site', ({ site }) => site],
  ['location', 'Location', ({ location }) => location],
  ['comments', 'Comments', ({ comments }) => comments],
  ['tags', 'Tags', ({ tags }) => tags?.join(', ') ?? null],
]

/** Every field that HWLab keeps an eye on, by NetBox's name; a field that was not read is left out. */
export function managedFields(record: RecordSeen): Map<string, string | null> {
  const fields = new Map<string, string | null>()
  for (const [field, , read] of labels) {
    const isUnread = (field === 'comments' || field === 'tags') && record[field] === null
    if (!isUnread) fields.set(field, plain(read(record)))
  }
  if (record.customFields !== null)
    for (const { name } of customFields)
      if (name !== 'hwlab_id') fields.set(`custom_fields.${name}`, plain(record.customFields[name]))
  return fields
}

function plain(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const trimmed = text.replaceAll('\r\n', '\n').trim()
  return trimmed === '' ? null : trimmed
}

/** Where NetBox says something else than was last seen, in the order of the card. */
export function fieldDrifts(seen: RecordSeen, now: RecordSeen): FieldDrift[] {
  const netbox = managedFields(now)
  return [...managedFields(seen)].flatMap(([field, before]) => {
    const after = netbox.get(field)
    if (after === undefined || after === before) return []
    return [{ field, label: labelOf(field), hwlab: before, netbox: after }]
  })
}

export function labelOf(field: string): string {
  const known = labels.find(([name]) => name === field)?.[1]
  const own = customFields.find(({ name }) => field === `custom_fields.${name}`)?.label
  return known ?? own ?? field
}

/**
 * The record as HWLab knows it after writing only these fields (`tags.spare` for one tag): what somebody else changed
 * beside them is still new.
 */
export function knownAfter(seen: RecordSeen, written: ReadonlySet<string>, readBack: RecordSeen): RecordSeen {
  const from = (field: string) => (written.has(field) ? readBack : seen)
  return {
    ...readBack,
    assetTag: from('asset_tag').assetTag,
    hwlabId: from('custom_fields.hwlab_id').hwlabId,
    serial: from('serial').serial,
    name: from('name').name,
    manufacturer: from('manufacturer').manufacturer,
    model: from('model').model,
    role: from('role').role,
    status: from('status').status,
    site: from('site').site,
    location: from('location').location,
    comments: from('comments').comments,
    tags: seen.tags && tagsAfter(seen.tags, written, readBack.tags ?? []),
    customFields: seen.customFields && customFieldsAfter(seen.customFields, written, readBack.customFields),
  }
}

function tagsAfter(seen: string[], written: ReadonlySet<string>, readBack: string[]): string[] {
  const isWritten = (slug: string) => written.has(`tags.${slug}`)
  return [...seen.filter((slug) => !isWritten(slug)), ...readBack.filter(isWritten)].sort()
}

type CustomValues = NonNullable<RecordSeen['customFields']>

function customFieldsAfter(
  seen: CustomValues,
  written: ReadonlySet<string>,
  readBack: CustomValues | null,
): CustomValues {
  const values = customFields.flatMap(({ name }): [string, unknown][] => {
    const value = (written.has(`custom_fields.${name}`) ? readBack : seen)?.[name]
    return value === undefined ? [] : [[name, value]]
  })
  return Object.fromEntries(values)
}
