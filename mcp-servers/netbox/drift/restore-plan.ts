import type { ChangePlan } from '../../approval/change-request.ts'
import { type Refusal, refused } from '../../serving/tool.ts'
import { type FieldEdits, type FieldValue, fieldValueSchema } from '../changes/merge-fields.ts'
import type { RecordChange } from '../changes/record-change.ts'
import { customFieldIn, ruleOf } from '../changes/record-shapes.ts'
import type { RecordKind, RecordSeen } from '../client/record-seen.ts'
import { inWords, quoted } from '../intake/field-words.ts'
import { type FieldDrift, fieldDrifts } from './managed-fields.ts'

/** Where it was and where it is, as paths of locations; null: nowhere, or not known as a path. */
export interface PlacePaths {
  kind: 'paths'
  before: FieldValue
  now: FieldValue
}

/** Puts back what HWLab last saw, as a change that a person decides; fields that it cannot write are told. */
export function restorePlan(
  seen: RecordSeen,
  now: RecordSeen,
  how: { target: string; place: PlacePaths },
): { kind: 'plan'; plan: ChangePlan } | Refusal {
  const drifts = fieldDrifts(seen, now)
  const { target, place } = how
  const back = drifts.filter(({ field, hwlab }) =>
    field === 'location' ? canPutBack(now.kind, hwlab, place) : canWrite(now.kind, field),
  )
  const kept = drifts.filter((drift) => !back.includes(drift))
  const tag = seen.assetTag ?? now.assetTag
  if (tag === null)
    return refused('HWLab knows no tag of this record, so it cannot restore it. Do it in NetBox.')
  if (back.length === 0)
    return refused(`HWLab cannot write ${wordsFor(kept)} of ${tag}. Change it in NetBox, or take NetBox’s.`)
  const name = quoted(`${seen.manufacturer} ${seen.model}`, 200)
  const intent: RecordChange = {
    target: {
      kind: now.kind,
      id: now.id,
      assetTag: tag,
      // A record that lost HWLab's id gets it back with this very change.
      hwlabId: now.hwlabId === seen.hwlabId ? now.hwlabId : null,
      name,
    },
    fields: Object.assign({}, ...back.map(({ field }) => editsOf(field, seen, { now, place }))),
    journal: null,
  }
  return {
    kind: 'plan',
    plan: {
      title: `Restore what HWLab recorded of ${tag}`,
      tier: 'write',
      itemId: null,
      steps: [
        {
          kind: 'netbox.change_record',
          title: `Change ${tag} in ${target}`,
          payload: intent,
          waitsFor: null,
          optional: false,
        },
      ],
      lines: back.map(({ label, hwlab, netbox }) => ({ label, before: netbox, after: hwlab })),
      warnings: kept.length === 0 ? [] : [`This stays as NetBox has it: ${wordsFor(kept)}.`],
    },
  }
}

/** A rack, or a bay, is no place that a change of the record leads back to. */
function canPutBack(kind: RecordKind, location: string | null, { before, now }: PlacePaths): boolean {
  const isKnown = location === null || before !== null
  return ruleOf(kind, 'location') !== null && isKnown && before !== now
}

function canWrite(kind: RecordKind, field: string): boolean {
  // HWLab last saw only the innermost location, which may lie elsewhere by now.
  if (field === 'location') return false
  const isLabel = kind === 'cable' && field === 'asset_tag'
  return isLabel || field === 'tags' || customFieldIn(field) !== null || ruleOf(kind, field) !== null
}

function wordsFor(fields: FieldDrift[]): string {
  return inWords(fields.map(({ label }) => label.toLowerCase()))
}

function editsOf(
  field: string,
  seen: RecordSeen,
  { now, place }: { now: RecordSeen; place: PlacePaths },
): FieldEdits {
  if (field === 'location') return { location: { base: place.now, mine: place.before } }
  if (field === 'asset_tag' && now.kind === 'cable')
    return { label: { base: valueIn(now, field), mine: valueIn(seen, field) } }
  if (field !== 'tags') return { [field]: { base: valueIn(now, field), mine: valueIn(seen, field) } }
  const slugs = new Set([...(seen.tags ?? []), ...(now.tags ?? [])])
  const has = (record: RecordSeen, slug: string) => record.tags?.includes(slug) ?? false
  return Object.fromEntries(
    [...slugs]
      .filter((slug) => has(seen, slug) !== has(now, slug))
      .map((slug) => [`tags.${slug}`, { base: has(now, slug), mine: has(seen, slug) }]),
  )
}

/** As `change_record` compares it: empty is null, blanks at the ends do not count. */
function valueIn(record: RecordSeen, field: string): FieldValue {
  const custom = customFieldIn(field)
  if (custom === 'hwlab_id') return record.hwlabId
  if (custom !== null) return fieldValueSchema.parse(record.customFields?.[custom] ?? null)
  const natives: Record<string, string | null> = {
    asset_tag: record.assetTag,
    serial: record.serial,
    name: record.name,
    role: record.role,
    status: record.status,
    comments: record.comments,
  }
  const text = (natives[field] ?? '').replaceAll('\r\n', '\n').trim()
  return text === '' ? null : text
}
