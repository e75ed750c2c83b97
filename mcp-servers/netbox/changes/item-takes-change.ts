import type { Approvals } from '../../approval/approvals.ts'
import type { IntakeStore } from '../intake/intake-store.ts'
import type { FieldName } from '../intake/item.ts'
import { takeRecorded } from '../intake/take-recorded.ts'
import type { Outbox } from '../outbox/open-outbox.ts'
import type { OperationHistory } from '../outbox/operation-history.ts'
import type { FieldEdits, FieldValue } from './merge-fields.ts'
import { recordChangeSchema } from './record-change.ts'
import { modelSchema } from './record-shapes.ts'
import { itemFieldOf, itemOf } from './recorded-item.ts'
import { descriptionIn } from './wishes-of-item.ts'

interface Deps {
  approvals: Approvals
  store: IntakeStore
  outbox: Outbox
  history: OperationHistory
}

/** What was written and read back is what HWLab's own item says from then on; what needs a person shows on its card. */
export function keepItemsTrue({ approvals, store, outbox, history }: Deps): void {
  outbox.onSettled(({ id, operationKey, operation, outcome }) => {
    const settled = operation === 'change_record' ? history.find(id) : null
    if (!settled || settled.state === 'superseded') return
    const { target, fields } = recordChangeSchema.parse(settled.intent)
    const itemId = itemOf(store, target.assetTag)
    if (itemId === null || (target.hwlabId !== null && target.hwlabId !== itemId)) return
    const trouble = outcome.kind === 'needs-human' ? outcome.why : null
    store.items.set(itemId, 'trouble', trouble, store.clock.nowMs())
    store.changed(itemId)
    if (outcome.kind !== 'confirmed') return
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
  const model = modelSchema.safeParse(fields.device_type?.mine)
  if (model.success) Object.assign(values, model.data)
  const { comments } = fields
  const description = comments && descriptionIn({ base: textOf(comments.base), mine: textOf(comments.mine) })
  return typeof description === 'string' ? { ...values, description } : values
}

function textOf(value: FieldValue): string {
  return value === null ? '' : String(value)
}
