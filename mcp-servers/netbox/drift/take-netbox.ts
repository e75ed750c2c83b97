import type { Approvals } from '../../approval/approvals.ts'
import type { RecordSeen } from '../client/record-seen.ts'
import type { IntakeStore } from '../intake/intake-store.ts'
import type { FieldName } from '../intake/item.ts'
import type { FieldDrift } from './managed-fields.ts'

/** NetBox's fields that are an item's own as well. */
const itemFields: Record<string, FieldName> = {
  serial: 'serial',
  name: 'name',
  role: 'role',
  manufacturer: 'manufacturer',
  model: 'model',
  location: 'location',
}

/** A person takes over what NetBox says: it becomes the operator's word about the item. Inside the caller's transaction. */
export function takeIntoItem(
  { store, audit }: { store: IntakeStore; audit: Approvals['audit'] },
  taken: { itemId: string | null; recordId: string; fields: readonly FieldDrift[]; now: RecordSeen },
  operator: string,
): void {
  const { itemId, fields, now } = taken
  const who = `operator:${operator}`
  const item = itemId === null ? null : store.items.find(itemId)
  const nowMs = store.clock.nowMs()
  if (item) {
    for (const { field, netbox } of fields) {
      const own = itemFields[field]
      if (!own) continue
      store.evidence.add(
        item.id,
        {
          field: own,
          value: netbox ?? '',
          kind: 'operator',
          source: who,
          quote: 'Taken from NetBox',
          syntax: 'plain',
          readerConfidence: null,
          attachmentId: null,
          box: null,
        },
        nowMs,
      )
    }
    if (item.record)
      store.items.setRecord(item.id, {
        ...item.record,
        kind: now.kind,
        id: now.id,
        name: now.display,
        url: now.url,
      })
  }
  audit.append({
    who,
    channel: 'chat-card',
    what: 'NetBox’s values taken',
    about: itemId ?? taken.recordId,
    details: { fields },
  })
}
