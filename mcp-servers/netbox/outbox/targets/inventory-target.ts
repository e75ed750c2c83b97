import type { DeviceRow } from '../../client/device-row.ts'
import type { RecordPlace, RecordSeen } from '../../client/record-seen.ts'
import type { Rest } from '../../client/rest.ts'
import type { Own } from '../find-own.ts'
import type { DesiredItem } from '../item-intent.ts'
import type { References } from '../references.ts'

/** Where a loose item is kept: how it is found, created, patched and read back there. */
export interface InventoryTarget {
  kind: 'device' | 'asset'
  /** Its list, and NetBox's name of its type: photos and notes hang on that. */
  place: RecordPlace
  /** The item as such a record can say it. */
  sayable(item: DesiredItem): DesiredItem
  find(rest: Rest, item: DesiredItem, signal: AbortSignal): Promise<Own>
  created(item: DesiredItem, references: References): Record<string, unknown>
  /** Values under a device's names, as this record is patched. */
  patched(values: Record<string, unknown>): Record<string, unknown>
  /** In the shape in which items are compared; null: not understood. */
  read(body: unknown, wanted: Wanted): { row: DeviceRow; record: RecordSeen } | null
}

export interface Wanted {
  item: DesiredItem
  references: References
}
