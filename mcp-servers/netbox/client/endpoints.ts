/**
 * The endpoints that HWLab uses and the only filters that it may send to each: NetBox ignores an unknown filter and
 * answers with the whole table. Source: NetBox 4.6.8 OpenAPI; `cf_…` are custom-field filters.
 */
export const endpoints = {
  'dcim/manufacturers': ['slug', 'name'],
  'dcim/device-types': ['slug', 'model', 'manufacturer_id'],
  'dcim/device-roles': ['slug', 'name'],
  'dcim/sites': ['slug', 'name'],
  'dcim/locations': ['slug', 'name', 'site_id'],
  'dcim/devices': ['id', 'asset_tag', 'asset_tag__regex', 'serial', 'name', 'q', 'cf_hwlab_id'],
  'dcim/modules': ['id', 'asset_tag', 'asset_tag__regex', 'serial', 'q'],
  'dcim/interfaces': ['device_id', 'name'],
  'dcim/mac-addresses': ['mac_address', 'interface_id', 'device_id'],
  'extras/tags': ['slug', 'name'],
  'extras/custom-fields': ['name'],
  'extras/custom-field-choice-sets': ['name'],
  'extras/image-attachments': ['object_type', 'object_id'],
  'extras/journal-entries': ['assigned_object_type', 'assigned_object_id'],
} as const satisfies Record<string, readonly string[]>

export type Endpoint = keyof typeof endpoints
export type Filters<Name extends Endpoint> = {
  [filter in (typeof endpoints)[Name][number]]?: string | number
}
