import type { Audit } from '../../approval/audit.ts'
import type { RecordSeen } from '../client/record-seen.ts'
import type { IntakeStore } from './intake-store.ts'
import { type FieldName, fieldNames } from './item.ts'
import { fieldsOf, recordedValue } from './item-fields.ts'

/** What stands in the inventory now, on a person's decision. */
interface Recorded {
  /** Empty text: the field is empty there. */
  values: Partial<Record<FieldName, string>>
  /** As it was read back; null: not read. */
  record: RecordSeen | null
  /** `operator:<name>`. */
  who: string
}

/** A recorded item says what its record says. Runs inside the caller's transaction, as far as there is one. */
export function takeRecorded(
  { store, audit }: { store: IntakeStore; audit: Audit },
  itemId: string,
  { values, record, who }: Recorded,
): void {
  const item = store.items.find(itemId)
  if (!item) return
  store.database.transaction(() => {
    const nowMs = store.clock.nowMs()
    const known = fieldsOf(store.evidence.of(itemId))
    for (const field of fieldNames) {
      const value = values[field]
      if (value === undefined || value === (recordedValue(known, field) ?? '')) continue
      const word = { kind: 'operator', source: who, quote: 'changed in the inventory' } as const
      const unread = { syntax: 'plain', readerConfidence: null, attachmentId: null, box: null } as const
      store.evidence.add(itemId, { field, value, ...word, ...unread }, nowMs)
    }
    if (record) {
      store.items.set(itemId, 'record_name', record.display, nowMs)
      store.items.set(itemId, 'record_status', record.status, nowMs)
    }
    audit.append({
      who,
      channel: 'server',
      what: 'item follows its record',
      about: itemId,
      details: { values },
    })
  })()
  store.changed(itemId)
}
