import { z } from 'zod'
import type { Approvals } from '../../approval/approvals.ts'
import type { ChangeRequest } from '../../approval/change-request.ts'
import { type ChangeCard, changeCard } from '../../approval/change-view.ts'
import type { Attachments } from '../attachments/attachments.ts'
import type { WaitingTogether } from '../bulk/waiting-together.ts'
import { isRetired } from '../changes/record-shapes.ts'
import { editableFields } from '../changes/wishes-of-item.ts'
import { describeStanding } from '../identify/describe-standing.ts'
import { tagOfItem } from '../tags/tags.ts'
import { defaultRole } from './desired-item.ts'
import { type EvidenceCard, evidenceCard } from './evidence-words.ts'
import { fieldLabels, quoted } from './field-words.ts'
import { gate, judge, trustedProbability, valuesRead } from './gate.ts'
import type { IntakeStore } from './intake-store.ts'
import { type FieldName, fieldNames, type GateState, type ScoredField } from './item.ts'
import type { Duplicate } from './item-duplicates-table.ts'
import { fieldNamed, fieldsOf } from './item-fields.ts'
import type { Stage } from './item-stages-table.ts'
import type { Item } from './items-table.ts'
import { nextAction } from './next-action.ts'

type Tone = 'ask' | 'working' | 'good' | 'bad' | 'muted'

export interface FieldCard {
  field: FieldName
  label: string
  value: string | null
  probability: number
  standing: string
  conflict: boolean
  alternatives: string[]
  choices: string[]
  evidence: EvidenceCard[]
}

/** An item in words, as a card shows it. Times are ISO 8601 UTC. */
export interface ItemCard {
  id: string
  tag: string | null
  title: string
  sample: boolean
  state: GateState
  stateWords: string
  tone: Tone
  nextAction: string
  conversationId: string | null
  photos: { attachmentId: string; widthPixels: number; heightPixels: number; name: string }[]
  stages: Stage[]
  fields: FieldCard[]
  duplicates: Duplicate[]
  change: ChangeCard | null
  /** The waiting or last request about its record. */
  edit: ChangeCard | null
  /** `editable`: names of fields that can be changed on the card. */
  record: { url: string; words: string; confirmedAt: string; retired: boolean; editable: string[] } | null
  labelPreviewUrl: string | null
  printerId: string | null
  createdAt: string
  updatedAt: string
}

export interface ViewDeps {
  store: IntakeStore
  approvals: Approvals
  attachments: Attachments
  threshold: number
  /** Roles that are offered when the role is edited. */
  roles: string[]
  together: WaitingTogether
}

export function itemCard(deps: ViewDeps, item: Item): ItemCard {
  const { store } = deps
  const evidence = store.evidence.of(item.id)
  const fields = fieldsOf(evidence)
  const tag = tagOfItem(store.database, item.id)
  const change = changeOf(deps, item)
  const edit = editOf(deps, item, change)
  const together = change?.state === 'proposed' ? null : openTogether(deps, item)
  const stages = store.stages.of(item.id)
  const duplicates = store.duplicates.of(item.id)
  const photos = photosOf(deps, item.id)
  return {
    id: item.id,
    tag,
    title: itemTitle(item, fields),
    sample: item.sample,
    state: item.state,
    ...standingOf(item, duplicates, edit),
    nextAction:
      together ??
      nextAction({
        item,
        verdict: judge(fields, deps.threshold),
        stages,
        duplicates,
        photoCount: photos.length,
        evidenceCount: evidence.length,
        change,
      }),
    conversationId: item.conversationId,
    photos,
    stages,
    fields: fieldNames.map((name) => fieldCard(fieldNamed(fields, name), deps.roles)),
    duplicates,
    change: change && changeCard(change),
    edit: edit && changeCard(edit),
    record: item.record && {
      url: item.record.url,
      words: 'Every field was read back and is the same.',
      confirmedAt: new Date(item.record.confirmedAtMs).toISOString(),
      retired: isRetiredRecord(item),
      editable: editableFields(item.record.kind),
    },
    labelPreviewUrl: tag === null || item.discardedAtMs !== null ? null : `/labels/items/${item.id}.svg`,
    printerId: printerOf(item, change),
    createdAt: new Date(item.createdAtMs).toISOString(),
    updatedAt: new Date(item.updatedAtMs).toISOString(),
  }
}

/** The request that recorded it, or would; unless it was written by one about many things. */
function changeOf({ approvals }: ViewDeps, { id, operationKey }: Item): ChangeRequest | null {
  const change = operationKey === null ? approvals.latestForItem(id) : approvals.ofStep(operationKey)
  return change?.itemId === id ? change : null
}

/** The last request about the record, beside the one that created it. */
function editOf(
  { approvals }: ViewDeps,
  { id, record }: Item,
  created: ChangeRequest | null,
): ChangeRequest | null {
  const last = record === null ? null : approvals.latestForItem(id)
  return last && last.id !== created?.id ? last : null
}

function isRetiredRecord({ record, recordStatus }: Item): boolean {
  return record !== null && isRetired(record.kind, recordStatus)
}

/** Where the item waits for a decision together with others, or null. */
function openTogether({ together }: ViewDeps, item: Item): string | null {
  if (item.state !== 'researched' || item.operationKey !== null) return null
  const title = together.titleOf(item.id)
  return title && `It waits in the request “${title}”. Decide there, or propose it by itself.`
}

/** While a request waits or works, where its label really goes; else what was chosen last. */
function printerOf(item: Item, change: ChangeRequest | null): string | null {
  const planned = change && plannedPrinter(change)
  const isOpen = change !== null && ['proposed', 'approved', 'executing'].includes(change.state)
  return isOpen ? (planned ?? item.printerId) : (item.printerId ?? planned)
}

const printPayloadSchema = z.object({ printerId: z.string() })

/** The printer that a request's label goes to. */
export function plannedPrinter(change: ChangeRequest): string | null {
  const print = change.steps.find((step) => step.kind === 'devices.print_label')
  const planned = printPayloadSchema.safeParse(print?.payload)
  return planned.success ? planned.data.printerId : null
}

/** "Ubiquiti USW-Lite-16-PoE", or what is known so far. */
export function itemTitle(item: Item, fields: ScoredField[]): string {
  const named = (['manufacturer', 'model'] as const)
    .map((name) => fieldNamed(fields, name))
    .filter((field) => !field.conflict && field.value !== null)
    .map((field) => quoted(field.value ?? '', 60))
  if (named.length > 0) return named.join(' ')
  return item.note === '' ? 'New item' : quoted(item.note, 60)
}

function standingOf(
  item: Item,
  duplicates: Duplicate[],
  edit: ChangeRequest | null,
): { stateWords: string; tone: Tone } {
  if (item.discardedAtMs !== null) return { stateWords: 'Put aside', tone: 'muted' }
  if (item.trouble !== null) return { stateWords: 'Needs you', tone: 'bad' }
  if (item.operationKey !== null && item.state !== 'complete')
    return { stateWords: 'Being written', tone: 'working' }
  if (item.state === 'researched' && duplicates.some((duplicate) => duplicate.certain))
    return { stateWords: 'You own this already', tone: 'ask' }
  if (item.state === 'complete' && edit?.state === 'proposed')
    return { stateWords: 'A change waits for you', tone: 'ask' }
  if (isRetiredRecord(item)) return { stateWords: 'Retired', tone: 'muted' }
  const { words, tone } = gate[item.state]
  return { stateWords: words, tone }
}

function photosOf({ store, attachments }: ViewDeps, itemId: string): ItemCard['photos'] {
  return store.photos.of(itemId).flatMap(({ attachmentId }) => {
    const attachment = attachments.find(attachmentId)
    if (!attachment) return []
    const { widthPixels, heightPixels, name } = attachment
    return [{ attachmentId, widthPixels, heightPixels, name }]
  })
}

function fieldCard(field: ScoredField, roles: string[]): FieldCard {
  const isDefaultRole = field.field === 'role' && field.value === null && field.evidence.length === 0
  return {
    field: field.field,
    label: fieldLabels[field.field],
    value: isDefaultRole ? defaultRole : field.value,
    probability: trustedProbability(field),
    standing: isDefaultRole ? 'the default' : describeStanding(field),
    conflict: field.conflict,
    alternatives: valuesRead(field).filter((value) => value !== field.value),
    choices: field.field === 'role' ? roles : [],
    evidence: field.evidence.map(evidenceCard),
  }
}
