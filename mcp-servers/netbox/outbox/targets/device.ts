import { deviceRowSchema, deviceSeen } from '../../client/device-row.ts'
import { recordPlaces } from '../../client/record-seen.ts'
import { customFieldsWritten } from '../../client/write-values.ts'
import { findOwn } from '../find-own.ts'
import type { InventoryTarget } from './inventory-target.ts'

/** A device of status “inventory”: what NetBox by itself can keep. */
export const deviceTarget: InventoryTarget = {
  kind: 'device',
  place: recordPlaces.device,
  sayable: (item) => item,
  find: findOwn,
  created: (item, references) => ({
    ...(item.name === null ? {} : { name: item.name }),
    device_type: references.deviceType,
    role: references.role,
    site: references.site,
    ...(references.location === null ? {} : { location: references.location }),
    serial: item.serial ?? '',
    asset_tag: item.assetTag,
    status: item.status,
    comments: item.comments,
    tags: references.tags,
    custom_fields: customFieldsWritten({ ...item.customFields, hwlab_id: item.hwlabId }),
  }),
  patched: (values) => values,
  read(body) {
    const row = deviceRowSchema.safeParse(body)
    return row.success ? { row: row.data, record: deviceSeen(row.data) } : null
  },
}
