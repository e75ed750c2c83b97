import type { Approvals } from '../../approval/approvals.ts'
import { type Refusal, refused } from '../../serving/tool.ts'
import { tagNumber } from '../tags/tag-text.ts'
import { tagOfItem } from '../tags/tags.ts'
import { fieldLabels, quoted } from './field-words.ts'
import type { IntakeStore } from './intake-store.ts'
import { type FieldName, fieldNames, type Reading } from './item.ts'
import { lookInPhoto } from './look-in-photos.ts'
import { insertModelReply } from './model-replies-table.ts'
import { obstacleTo } from './record-draft.ts'
import { settleGate } from './settle-gate.ts'

interface Deps {
  store: IntakeStore
  approvals: Approvals
  threshold: number
}

export interface Correction {
  itemId: string
  field: string
  /** Empty: leave it empty, whatever was read. */
  value: string
}

type Outcome = { kind: 'taken' } | Refusal

const valueLimit = 2000
/** Rows of one item; keeps a client that never stops from filling the disk. */
const mostSaid = 120

/** The operator's word: counts above everything read, and is looked up in the photos for support. */
export function correctAsOperator(deps: Deps, correction: Correction, operator: string): Outcome {
  const { store, approvals } = deps
  const checked = checkCorrection(store, correction)
  if (checked.kind === 'refused') return checked
  const { field, value } = checked
  const who = `operator:${operator}`
  store.database.transaction(() => {
    const nowMs = store.clock.nowMs()
    store.evidence.add(
      correction.itemId,
      wordOf({ field, value, kind: 'operator', source: who, quote: '' }),
      nowMs,
    )
    for (const { attachmentId } of store.photos.of(correction.itemId)) {
      const photo = store.readings.find(attachmentId)
      const support = photo ? lookInPhoto(photo, { field, value, attachmentId }) : []
      for (const reading of support) store.evidence.add(correction.itemId, reading, nowMs)
    }
    store.items.touch(correction.itemId, nowMs)
    approvals.audit.append({
      who,
      channel: 'chat-card',
      what: 'field corrected',
      about: correction.itemId,
      details: { field, value },
    })
    settleGate({ ...deps, audit: approvals.audit }, correction.itemId, {
      who,
      channel: 'chat-card',
      mayAdvance: true,
    })
  })()
  store.changed(correction.itemId)
  return { kind: 'taken' }
}

export interface ModelReading {
  itemId: string
  values: Partial<Record<FieldName, string>>
  model: string
  /** Empty when no prompt of ours was asked. */
  promptHash: string
  /** The reply as it came. */
  raw: string
  client: string
}

/** What a model or a client says: kept as `said`, which can hold an item back and never carries it on. */
export function addSaid(deps: Deps, said: ModelReading): { kind: 'taken'; fields: number } | Refusal {
  const { store, approvals, threshold } = deps
  const given: { field: FieldName; value: string }[] = []
  for (const [field, value] of Object.entries(said.values)) {
    const checked = checkCorrection(store, { itemId: said.itemId, field, value: value ?? '' })
    if (checked.kind === 'refused') return checked
    if (checked.value !== '') given.push(checked)
  }
  const obstacle = obstacleTo(store.items.find(said.itemId))
  if (obstacle !== null) return refused(obstacle)
  const saidSoFar = store.evidence.of(said.itemId).filter((row) => row.kind === 'said').length
  if (saidSoFar + given.length > mostSaid)
    return refused('Enough has been said about this item. The operator decides on its card.')
  const who = `client:${said.client}`
  store.database.transaction(() => {
    const nowMs = store.clock.nowMs()
    insertModelReply(store.database, said, nowMs)
    for (const { field, value } of given)
      store.evidence.add(
        said.itemId,
        wordOf({ field, value, kind: 'said', source: quoted(said.model), quote: value }),
        nowMs,
      )
    if (said.promptHash !== '')
      store.stages.put(said.itemId, {
        name: 'model',
        words: `${quoted(said.model)}: ${given.length === 1 ? '1 field' : `${given.length} fields`}`,
        status: 'done',
      })
    store.items.touch(said.itemId, nowMs)
    approvals.audit.append({
      who,
      channel: 'mcp',
      what: 'reading added',
      about: said.itemId,
      details: { model: said.model, promptHash: said.promptHash, fields: given },
    })
    settleGate({ store, audit: approvals.audit, threshold }, said.itemId, {
      who,
      channel: 'mcp',
      mayAdvance: false,
    })
  })()
  store.changed(said.itemId)
  return { kind: 'taken', fields: given.length }
}

function wordOf(given: Pick<Reading, 'field' | 'value' | 'kind' | 'source' | 'quote'>): Reading {
  return { ...given, syntax: 'plain', readerConfidence: null, attachmentId: null, box: null }
}

/** The field by its name and the value in one line, or the sentence that says what is wrong with them. */
function checkCorrection(
  store: IntakeStore,
  { itemId, field: name, value: text }: Correction,
): { kind: 'checked'; field: FieldName; value: string } | Refusal {
  const obstacle = obstacleTo(store.items.find(itemId))
  if (obstacle !== null) return refused(obstacle)
  const field = fieldNames.find((candidate) => candidate === name)
  if (!field) return refused(`There is no field “${quoted(name, 40)}”. Fields are: ${fieldNames.join(', ')}.`)
  if (text.length > valueLimit)
    return refused(`${fieldLabels[field]} may have up to ${valueLimit} characters. Shorten it.`)
  const value = text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()
  if (field === 'mac_address' && value !== '') {
    const mac = macOf(value)
    return mac === null
      ? refused('A MAC address has twelve hexadecimal digits, for example 00:11:22:AA:BB:CC.')
      : { kind: 'checked', field, value: mac }
  }
  return field === 'asset_tag' && value !== ''
    ? checkTag(tagOfItem(store.database, itemId), value.toUpperCase())
    : { kind: 'checked', field, value }
}

function checkTag(
  own: string | null,
  value: string,
): { kind: 'checked'; field: 'asset_tag'; value: string } | Refusal {
  if (tagNumber(value) === null)
    return refused('A tag looks like HW-00001. Leave it empty to get the next free one.')
  if (own !== null && own !== value)
    return refused(
      `This item is ${own} already, and an item keeps its tag. Put it aside and start again to use ${value}.`,
    )
  return { kind: 'checked', field: 'asset_tag', value }
}

function macOf(text: string): string | null {
  const digits = text.replace(/[\s:.-]/g, '').toUpperCase()
  return /^[0-9A-F]{12}$/.test(digits) ? (digits.match(/../g) ?? []).join(':') : null
}
