import type { ChangePlan } from '../../approval/change-request.ts'
import { type Refusal, refused } from '../../serving/tool.ts'
import type { Inventory } from '../client/inventory.ts'
import type { IntakeStore } from '../intake/intake-store.ts'
import type { OperationHistory } from '../outbox/operation-history.ts'
import { editLines, journalOf, labelsOf } from './change-words.ts'
import { findTarget } from './find-target.ts'
import { type FieldEdits, type FieldValues, isSame } from './merge-fields.ts'
import { valuesToBe } from './queued-changes.ts'
import type { LiveRow } from './read-record.ts'
import type { ChangeTarget, RecordChange } from './record-change.ts'
import { isRetired } from './record-shapes.ts'
import { itemOf } from './recorded-item.ts'
import { warningsAbout } from './warn-of-change.ts'
import { type FieldWish, wishedFields } from './wished-fields.ts'

export interface PlanningDeps {
  inventory: Inventory
  history: OperationHistory
  store: IntakeStore
}

export interface ChangeWish {
  tag: string
  wishes(live: LiveRow): FieldWish[]
  /** What an undecided request for the same record wants already: the new one takes its place and keeps it. */
  waiting: RecordChange | null
}

/** Reads the record and draws the difference; sends nothing but GETs. */
export async function planChange(
  deps: PlanningDeps,
  { tag, wishes, waiting }: ChangeWish,
): Promise<{ kind: 'plan'; plan: ChangePlan } | { kind: 'unchanged'; why: string } | Refusal> {
  const found = await findTarget(deps.inventory, tag)
  if (found.kind === 'refused') return found
  const { target, live } = found
  const asked = wishes(live.row)
  if (asked.length === 0) return refused('Say what is to change: at least one field and its value.')
  const isSameRecord = waiting?.target.kind === target.kind && waiting.target.id === target.id
  const about = { kind: target.kind, row: live.row, wanted: isSameRecord ? wishesOf(waiting) : {} }
  const wished = await wishedFields(deps.inventory.rest, about, asked)
  if (wished.kind === 'refused') return wished
  const { values } = wished
  const now = valuesToBe(deps.history, target, live.row, Object.keys(values))
  const edits = editsBetween(now, values)
  if (Object.keys(edits).length === 0)
    return { kind: 'unchanged', why: `${target.assetTag} says so already; nothing would change.` }
  return { kind: 'plan', plan: await changePlan(deps, { target, live: live.row, edits }) }
}

function wishesOf({ fields }: RecordChange): FieldValues {
  return Object.fromEntries(Object.entries(fields).map(([field, { mine }]) => [field, mine]))
}

function editsBetween(now: FieldValues, wanted: FieldValues): FieldEdits {
  const edits = Object.entries(wanted).map(
    ([field, mine]) => [field, { base: now[field] ?? null, mine }] as const,
  )
  return Object.fromEntries(edits.filter(([, { base, mine }]) => !isSame(base, mine)))
}

async function changePlan(
  deps: PlanningDeps,
  facts: { target: ChangeTarget; live: LiveRow; edits: FieldEdits },
): Promise<ChangePlan> {
  const { target, edits } = facts
  const retires = isRetired(target.kind, edits.status?.mine)
  const { assetTag, name } = target
  const labels = labelsOf(target, Object.keys(edits))
  const payload: RecordChange = { target, fields: edits, journal: journalOf(target, edits) }
  return {
    title: retires ? `Retire ${name} (${assetTag})` : `Change ${labels} of ${name} (${assetTag})`,
    tier: 'write',
    itemId: itemOf(deps.store, assetTag),
    steps: [
      {
        kind: 'netbox.change_record',
        title: `Change ${assetTag} in ${deps.inventory.describe()}`,
        payload,
        waitsFor: null,
        optional: false,
      },
    ],
    lines: editLines(target, edits),
    warnings: await warningsAbout(deps, facts),
  }
}
