import type { Approvals } from '../../approval/approvals.ts'
import type { CardLine, ChangePlan, PlannedStep } from '../../approval/change-request.ts'
import { type Refusal, refused } from '../../serving/tool.ts'
import { inWords, quoted } from '../intake/field-words.ts'
import type { Operation } from '../outbox/operation-row.ts'
import { tagNumber, tagText } from '../tags/tag-text.ts'
import { editLines, journalOf } from './change-words.ts'
import { type FieldEdits, isSame, mergeFields } from './merge-fields.ts'
import type { PlanningDeps } from './plan-change.ts'
import { valuesToBe } from './queued-changes.ts'
import { isAnother, readRecord } from './read-record.ts'
import { type RecordChange, recordChangeSchema } from './record-change.ts'
import { isRetired, labelOf, valueWords } from './record-shapes.ts'
import { itemOf } from './recorded-item.ts'
import { type UndoPayload, undoneWords, undoStepKind } from './undo-executor.ts'
import type { UndoneOperations } from './undone-operations.ts'

export interface UndoDeps extends PlanningDeps {
  approvals: Pick<Approvals, 'get'>
  undone: UndoneOperations
}

interface Part {
  operation: Operation
  step: PlannedStep
  tier: ChangePlan['tier']
  lines: CardLine[]
  warnings: string[]
}

/** What would be restored. `what`: a tag (its last write), the id of a change request, or of an operation in the queue. */
export async function planUndo(
  deps: UndoDeps,
  what: string,
): Promise<{ kind: 'plan'; plan: ChangePlan } | Refusal> {
  const chosen = operationsMeant(deps, what.trim())
  if (chosen.kind === 'refused') return chosen
  const parts: Part[] = []
  for (const operation of chosen.operations) {
    const part = await undoPart(deps, operation)
    if (part.kind === 'refused') return part
    parts.push(part.part)
  }
  const titles = parts.map(({ operation }) => operation.kind.title(operation.intent))
  const subjects = new Set(parts.map(({ operation }) => operation.subject))
  const [tag] = subjects
  const isMany = parts.length > 1
  return {
    kind: 'plan',
    plan: {
      title: quoted(`Take back: ${inWords(titles.slice(0, 3))}`, 200),
      tier: isMany || parts.some(({ tier }) => tier !== 'write') ? 'bulk-or-destructive' : 'write',
      itemId: subjects.size === 1 && tag !== undefined ? itemOf(deps.store, tag) : null,
      steps: parts.map(({ step }) => step),
      lines: parts.flatMap(({ operation, lines }) =>
        isMany ? lines.map((line) => ({ ...line, label: `${operation.subject}: ${line.label}` })) : lines,
      ),
      warnings: [...new Set(parts.flatMap(({ warnings }) => warnings))],
    },
  }
}

function operationsMeant(deps: UndoDeps, what: string): { kind: 'meant'; operations: Operation[] } | Refusal {
  const number = tagNumber(what)
  if (number !== null) return lastOf(deps, tagText(number))
  const operation = deps.history.find(what)
  if (operation) return undoable(deps, [operation])
  const change = deps.approvals.get(what)
  if (!change) return refused('Name a tag such as HW-00001, or the id of a change that was done.')
  const written = change.steps.flatMap(({ id }) => deps.history.byKey(id) ?? [])
  if (written.length === 0) return refused(`“${quoted(change.title, 80)}” wrote nothing to the inventory.`)
  // Last done, first taken back.
  return undoable(deps, written.toReversed())
}

function lastOf(
  { history, undone }: UndoDeps,
  tag: string,
): { kind: 'meant'; operations: Operation[] } | Refusal {
  const operations = history.ofSubject(tag, 100)
  const open = operations.find(({ state }) => state !== 'confirmed' && state !== 'cancelled')
  if (open)
    return refused(`A write to ${tag} still waits in the queue. Cancel it there, or let it end first.`)
  const last = operations.find(
    ({ id, operationKey, state, undo }) =>
      state === 'confirmed' && undo !== null && !undone.isUndone(id) && !undone.isUndo(operationKey),
  )
  return last
    ? { kind: 'meant', operations: [last] }
    : refused(`HWLab wrote nothing to ${tag} that it could take back.`)
}

function undoable(
  { undone }: UndoDeps,
  operations: Operation[],
): { kind: 'meant'; operations: Operation[] } | Refusal {
  const left = operations.filter(({ id }) => !undone.isUndone(id))
  if (left.length === 0) return refused(undoneWords)
  const open = left.find(({ state }) => state !== 'confirmed')
  if (open?.state === 'cancelled') return refused('It was cancelled and never written.')
  if (open?.state === 'superseded')
    return refused(`It was written together with a later change of ${open.subject}. Take that one back.`)
  if (open) return refused('It is not written yet. Cancel it in the queue instead.')
  const without = left.find(({ undo }) => undo === null)
  return without
    ? refused(`“${quoted(without.kind.title(without.intent), 80)}” cannot be taken back by HWLab.`)
    : { kind: 'meant', operations: left }
}

async function undoPart(
  deps: UndoDeps,
  operation: Operation,
): Promise<{ kind: 'part'; part: Part } | Refusal> {
  const { undo } = operation
  if (undo === null) return refused(undoneWords)
  const change = undo.kind === 'change_record' ? recordChangeSchema.parse(undo.intent) : null
  const drawn = change
    ? await changeBack(deps, operation, change)
    : { kind: 'drawn' as const, ...{ intent: undo.intent, lines: undo.lines }, warnings: [] }
  if (drawn.kind === 'refused') return drawn
  const payload: UndoPayload = { operationId: operation.id, kind: undo.kind, intent: drawn.intent }
  const step: PlannedStep = {
    kind: undoStepKind,
    title: `Take back in ${deps.inventory.describe()}: ${operation.kind.title(operation.intent)}`,
    payload,
    waitsFor: null,
    optional: false,
  }
  return {
    kind: 'part',
    part: { operation, step, tier: undo.tier, lines: drawn.lines, warnings: drawn.warnings },
  }
}

/** Three ways again: what was changed since HWLab wrote it stays, unless the person chooses otherwise afterwards. */
async function changeBack(
  deps: UndoDeps,
  operation: Operation,
  { target, fields }: RecordChange,
): Promise<{ kind: 'drawn'; intent: RecordChange; lines: CardLine[]; warnings: string[] } | Refusal> {
  const live = await readRecord(deps.inventory.rest, target)
  if (live.kind === 'failed')
    return refused(
      live.cause === 'gone'
        ? `${target.assetTag} was deleted in NetBox; there is nothing to take back.`
        : live.why,
    )
  if (isAnother(target, live))
    return refused(`${target.assetTag} was moved to another record since. Take the move back first.`)
  const now = valuesToBe(deps.history, target, live.row, Object.keys(fields))
  const merged = mergeFields(fields, now)
  const left = Object.entries(fields).filter(([field, { mine }]) => !isSame(now[field] ?? null, mine))
  if (left.length === 0) return refused(`${target.assetTag} is as it was before already.`)
  const edits: FieldEdits = Object.fromEntries(left)
  const shown = left.map(([field, { mine }]) => [field, { base: now[field] ?? null, mine }] as const)
  const warnings = merged.conflicts.map(
    (field) =>
      `${labelOf(target.kind, field)} was changed since: HWLab wrote ${wordsOf(field, fields[field]?.base)}, it says ${wordsOf(field, now[field])} now. You choose what counts when this runs.`,
  )
  if (operation.kind.kind === 'create_item' && isRetired(target.kind, fields.status?.mine))
    warnings.push(
      `HWLab does not delete it: the record stays in NetBox as retired, and ${target.assetTag} is never given to another thing.`,
    )
  const lines = editLines(target, Object.fromEntries(shown))
  return {
    kind: 'drawn',
    intent: { target, fields: edits, journal: journalOf(target, edits) },
    lines,
    warnings,
  }

  function wordsOf(field: string, value: FieldEdits[string]['base'] | undefined): string {
    return quoted(valueWords(target.kind, field, value ?? null) ?? 'nothing', 60)
  }
}
