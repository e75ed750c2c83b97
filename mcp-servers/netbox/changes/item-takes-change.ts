import type { Approvals } from '../../approval/approvals.ts'
import type { IntakeStore } from '../intake/intake-store.ts'
import type { FieldName } from '../intake/item.ts'
import { takeRecorded } from '../intake/take-recorded.ts'
import type { Outbox } from '../outbox/open-outbox.ts'
import type { OperationHistory } from '../outbox/operation-history.ts'
import type { FieldEdits, FieldValue } from './merge-fields.ts'
import { recordChangeSchema } from './record-change.ts'
import { itemFieldOf, itemOf } from './recorded-item.ts'
import { descriptionIn } from './wishes-of-item.ts'

interface Deps {
  approvals: Approvals
  store: IntakeStore
  outbox: Outbox
  history: OperationHistory
}

/** What was written and read back is what HWLab's own item says from then on. */
export function keepItemsTrue({ approvals, store, outbox, history }: Deps): void {
  outbox.onSettled(({ id, operationKey, operation, outcome }) => {
    const written = outcome.kind === 'confirmed' && operation === 'change_record' ? history.find(id) : null
    if (outcome.kind !== 'confirmed' || written?.state !== 'confirmed') return
    const { target, fields } = recordChangeSchema.parse(written.intent)
    const itemId = itemOf(store, target.assetTag)
    if (itemId === null || (target.hwlabId !== null && target.hwlabId !== itemId)) return
    const by = approvals.ofStep(operationKey)?.decidedBy ?? 'operator'
    takeRecorded({ store, audit: approvals.audit }, itemId, {
      values: itemValues(fields),
      record: outcome.record,
      who: `operator:${by}`,
    })
  })
}

function itemValues(fields: FieldEdits): Partial<Record<FieldName, string>> {
  const values: Partial<Record<FieldName, string>> = {}
  for (const [field, { mine }] of Object.entries(fields)) {
    const own = itemFieldOf[field]
    if (own !== undefined) values[own] = textOf(mine)
  }
  const { comments } = fields
  const description = comments && descriptionIn({ base: textOf(comments.base), mine: textOf(comments.mine) })
  return typeof description === 'string' ? { ...values, description } : values
}

function textOf(value: FieldValue): string {
  return value === null ? '' : String(value)
}
