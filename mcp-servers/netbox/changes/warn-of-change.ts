import { inWords, quoted } from '../intake/field-words.ts'
import type { FieldName } from '../intake/item.ts'
import { fieldsOf, recordedValue } from '../intake/item-fields.ts'
import { placePath } from '../parts/place-path.ts'
import { knownModel } from './known-names.ts'
import { type FieldEdits, type FieldValue, isSame } from './merge-fields.ts'
import type { PlanningDeps } from './plan-change.ts'
import { openChanges } from './queued-changes.ts'
import { comparable, fieldValues, type LiveRow, placeText } from './read-record.ts'
import type { ChangeTarget } from './record-change.ts'
import { isRetired, labelOf, modelSchema } from './record-shapes.ts'
import { itemFieldOf, itemOf } from './recorded-item.ts'

/** What a person should know before deciding, beside the lines themselves. */
export async function warningsAbout(
  deps: PlanningDeps,
  { target, live, edits }: { target: ChangeTarget; live: LiveRow; edits: FieldEdits },
): Promise<string[]> {
  const warnings = differsFromItem(deps, { target, live, fields: Object.keys(edits) })
  if (isRetired(target.kind, edits.status?.mine))
    warnings.push(
      `The record stays in NetBox, and ${target.assetTag} is never given to another thing. HWLab does not delete it.`,
    )
  if (target.hwlabId === null) warnings.push('HWLab did not make this record.')
  if (openChanges(deps.history, target).length > 0)
    warnings.push('An earlier change of it still waits in the queue; this one goes after it.')
  warnings.push(...(await newModel(deps, edits.device_type?.mine)))
  const serial = edits.serial?.mine
  if (typeof serial === 'string') warnings.push(...(await sameSerial(deps, target, serial)))
  return warnings
}

function differsFromItem(
  { store }: PlanningDeps,
  { target, live, fields }: { target: ChangeTarget; live: LiveRow; fields: string[] },
): string[] {
  const itemId = itemOf(store, target.assetTag)
  if (itemId === null) return []
  const scored = fieldsOf(store.evidence.of(itemId))
  const now = fieldValues(target.kind, live, fields)
  return fields.flatMap((field) => {
    const own = itemFieldOf[field]
    const known = own === undefined ? null : knownValue(recordedValue(scored, own), own)
    const says = now[field] ?? null
    if (known === null || isSame(known, says)) return []
    const label = labelOf(target.kind, field)
    return [
      `${label} was changed in NetBox: it says ${says === null ? 'nothing' : quoted(String(says))} now, HWLab last saw ${quoted(String(known))}.`,
    ]
  })
}

async function newModel({ inventory }: PlanningDeps, value: unknown): Promise<string[]> {
  const model = modelSchema.safeParse(value)
  if (!model.success) return []
  const words = quoted(`${model.data.manufacturer} ${model.data.model}`, 80)
  const known = await knownModel(inventory.rest, model.data)
  const isNew = known.kind === 'model' && known.isNew
  return [
    ...(isNew ? [`${words} is a new device type there; it is created without rack units.`] : []),
    'The label on the thing still says the old model. Print it again afterwards.',
  ]
}

async function sameSerial(
  { inventory }: PlanningDeps,
  target: ChangeTarget,
  serial: string,
): Promise<string[]> {
  const looked = await inventory.findBySerial(serial)
  const others = (looked.kind === 'looked' ? looked.records : []).filter(
    (record) => record.kind !== target.kind || record.id !== target.id,
  )
  if (others.length === 0) return []
  const names = others.slice(0, 3).map((record) => record.assetTag ?? quoted(record.display))
  return [`${inWords(names)} in the inventory has the same serial number.`]
}

function knownValue(value: string | null, field: FieldName): FieldValue {
  return field === 'location' ? placeText(placePath(value ?? '')) : comparable(value)
}
