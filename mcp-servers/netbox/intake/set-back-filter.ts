import type { LabDatabase } from '../../serving/database.ts'
import { type Refusal, refused } from '../../serving/tool.ts'
import { defaultRole } from './desired-item.ts'
import { quoted } from './field-words.ts'
import { isSameValue, trustedProbability } from './gate.ts'
import type { IntakeStore } from './intake-store.ts'
import { type EvidenceKind, evidenceKinds, type GateState, gateStates, type ScoredField } from './item.ts'
import { fieldNamed, fieldsOf, recordedValue } from './item-fields.ts'
import type { Item } from './items-table.ts'
import { obstacleToSetBack } from './set-back-item.ts'

/** As a person or a client asks for it; what is left out does not narrow. */
export interface SetBackWish {
  state?: string | undefined
  role?: string | undefined
  /** A part of manufacturer and model. */
  model?: string | undefined
  /** 0 to 1: manufacturer or model less sure than this. */
  below?: number | undefined
  /** ISO date: taken in on or after it. */
  since?: string | undefined
  /** The strongest evidence for manufacturer or model is of this kind. */
  evidence?: string | undefined
  /** A part of the name of a model that read it. */
  read_by?: string | undefined
  /** The beginning of the hash of the prompt that it was read with. */
  prompt?: string | undefined
}

const wishNames = ['state', 'role', 'model', 'below', 'since', 'evidence', 'read_by', 'prompt'] as const

/** `["state=complete", "below=0.8"]` as a wish. */
export function setBackWish(where: readonly string[]): { kind: 'wish'; wish: SetBackWish } | Refusal {
  const wish: SetBackWish = {}
  for (const criterion of where) {
    const at = criterion.indexOf('=')
    const name = wishNames.find((one) => one === criterion.slice(0, at).trim())
    const value = criterion.slice(at + 1).trim()
    if (at < 0 || !name)
      return refused(`“${quoted(criterion, 40)}” is not understood. Use: ${wishNames.join('=, ')}=.`)
    if (name !== 'below') wish[name] = value
    else {
      const below = Number(value)
      if (!(below >= 0 && below <= 1)) return refused('“below” is a number from 0 to 1, for example 0.8.')
      wish.below = below
    }
  }
  return { kind: 'wish', wish }
}

/** Every criterion holds; null does not narrow. */
export interface SetBackFilter {
  state: GateState | null
  role: string | null
  model: string | null
  below: number | null
  sinceMs: number | null
  evidence: EvidenceKind | null
  readBy: string | null
  prompt: string | null
}

export function setBackFilter(wish: SetBackWish): { kind: 'filter'; filter: SetBackFilter } | Refusal {
  const state = gateStates.find((one) => one === wish.state) ?? null
  if (wish.state && (state === null || state === 'draft'))
    return refused(
      `There is no state “${quoted(wish.state, 30)}”. States are: ${gateStates.slice(1).join(', ')}.`,
    )
  const evidence = evidenceKinds.find((one) => one === wish.evidence) ?? null
  if (wish.evidence && evidence === null)
    return refused(
      `There is no evidence “${quoted(wish.evidence, 30)}”. Kinds are: ${evidenceKinds.join(', ')}.`,
    )
  const sinceMs = wish.since ? Date.parse(wish.since) : null
  if (sinceMs !== null && Number.isNaN(sinceMs))
    return refused('The date is not understood. Write it as 2026-11-21.')
  const filter: SetBackFilter = {
    state,
    role: textOf(wish.role),
    model: textOf(wish.model),
    below: wish.below ?? null,
    sinceMs,
    evidence,
    readBy: textOf(wish.read_by),
    prompt: textOf(wish.prompt),
  }
  return Object.values(filter).every((criterion) => criterion === null)
    ? refused('Say which items: by state, role, model, sureness, date, evidence, or what read them.')
    : { kind: 'filter', filter }
}

function textOf(text: string | undefined): string | null {
  const trimmed = text?.trim().toLowerCase() ?? ''
  return trimmed === '' ? null : trimmed
}

/** Items that the filter means and that can go back to draft now, newest first. */
export function itemsToSetBack(
  { store, most }: { store: IntakeStore; most: number },
  filter: SetBackFilter,
): Item[] {
  const replied = itemsReadBy(store.database, filter)
  return store.items
    .list(most)
    .filter((item) => obstacleToSetBack(item) === null && (replied === null || replied.has(item.id)))
    .filter((item) => isMeant(item, fieldsOf(store.evidence.of(item.id)), filter))
}

function isMeant(item: Item, fields: ScoredField[], filter: SetBackFilter): boolean {
  const value = (name: 'manufacturer' | 'model' | 'role') => recordedValue(fields, name) ?? ''
  const thing = bare(`${value('manufacturer')}${value('model')}`)
  const role = (value('role') || defaultRole).toLowerCase()
  const identity = [fieldNamed(fields, 'manufacturer'), fieldNamed(fields, 'model')]
  const { below, evidence } = filter
  return (
    (filter.state === null || item.state === filter.state) &&
    (filter.role === null || role === filter.role) &&
    (filter.model === null || thing.includes(bare(filter.model))) &&
    (filter.sinceMs === null || item.createdAtMs >= filter.sinceMs) &&
    (below === null || identity.some((field) => trustedProbability(field) < below)) &&
    (evidence === null || identity.some((field) => strongestOf(field) === evidence))
  )
}

/** Blanks and hyphens in a model's name are written this way and that. */
function bare(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}

/** The strongest kind of evidence for the very value. */
function strongestOf({ value, evidence }: ScoredField): EvidenceKind | null {
  if (value === null) return null
  const kinds = new Set(evidence.filter((row) => isSameValue(row.value, value)).map(({ kind }) => kind))
  return evidenceKinds.find((kind) => kinds.has(kind)) ?? null
}

function itemsReadBy(database: LabDatabase, { readBy, prompt }: SetBackFilter): Set<string> | null {
  if (readBy === null && prompt === null) return null
  const rows = database
    .prepare<{ readBy: string; prompt: string }, { item_id: string }>(
      `select distinct item_id from model_replies
       where instr(lower(model), @readBy) > 0 and instr(lower(prompt_hash), @prompt) = 1`,
    )
    .all({ readBy: readBy ?? '', prompt: prompt ?? '' })
  return new Set(rows.map(({ item_id }) => item_id))
}
