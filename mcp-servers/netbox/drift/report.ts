import { quoted } from '../intake/field-words.ts'
import { type FieldDrift, fieldDrifts } from './managed-fields.ts'
import type { Change, Watched } from './records-table.ts'
import type { Stranger } from './strangers-table.ts'

export type FindingKind = 'gone' | 'says-less' | 'changed' | 'tag-taken' | 'unknown-tag'
export type FindingAction = 'take' | 'restore' | 'record-again' | 'forget'

/** One thing about which HWLab and NetBox do not agree. */
export interface Finding {
  /** `record:<id>` or `stranger:<kind>:<id>`. */
  id: string
  kind: FindingKind
  tag: string | null
  title: string
  url: string
  /** One sentence. */
  words: string
  fields: FieldDrift[]
  change: Change | null
  actions: FindingAction[]
}

/** What HWLab itself knows about a tag. */
export interface TagKnowledge {
  /** The item that holds the tag, whatever became of it. */
  ownerOf(tag: string): string | null
  /** HWLab is just writing to the thing with this tag. */
  isBusy(tag: string): boolean
}

/** Pure: the findings, the gravest kind first, in the order of tags. */
export function driftReport(
  watched: readonly Watched[],
  strangers: readonly Stranger[],
  tags: TagKnowledge,
): Finding[] {
  const idle = watched.filter(({ tag }) => tag === null || !tags.isBusy(tag))
  const findings = [...idle.flatMap(recordFinding), ...strangers.flatMap((one) => strangerFinding(one, tags))]
  const rank = (kind: FindingKind) => kinds.indexOf(kind)
  const byTag = (a: Finding, b: Finding) => ((a.tag ?? '~') < (b.tag ?? '~') ? -1 : 1)
  return findings.sort((a, b) => rank(a.kind) - rank(b.kind) || byTag(a, b))
}

const kinds: FindingKind[] = ['gone', 'tag-taken', 'says-less', 'changed', 'unknown-tag']

export const kindWords: Record<FindingKind, string> = {
  gone: 'Gone from NetBox',
  'tag-taken': 'Our tag on another record',
  'says-less': 'NetBox no longer says it',
  changed: 'Changed in NetBox',
  'unknown-tag': 'A tag that HWLab did not give',
}

function recordFinding(watched: Watched): Finding[] {
  const { id, tag, seen, now, change, isGone } = watched
  const base = {
    id: `record:${id}`,
    tag,
    title: quoted(`${seen.manufacturer} ${seen.model}`, 80),
    url: (now ?? seen).url,
    change: change?.by === '' ? null : change,
  }
  if (isGone)
    return [
      {
        ...base,
        kind: 'gone',
        words: `${tag ?? 'Its record'} was in NetBox as ${seen.kind} ${seen.id} and is not there any more.`,
        fields: [],
        actions: ['record-again', 'forget'],
      },
    ]
  const fields = now === null ? [] : fieldDrifts(seen, now)
  if (fields.length === 0) return []
  const isLess = fields.some(({ netbox }) => netbox === null)
  const labels = fields.map(({ label }) => label.toLowerCase()).join(', ')
  return [
    {
      ...base,
      kind: isLess ? 'says-less' : 'changed',
      words: isLess
        ? `NetBox no longer says everything that HWLab recorded: ${labels}.`
        : `NetBox says otherwise than HWLab last saw: ${labels}.`,
      fields,
      actions: ['take', 'restore'],
    },
  ]
}

function strangerFinding(stranger: Stranger, tags: TagKnowledge): Finding[] {
  const { kind, recordId, tag, hwlabId, display, url } = stranger
  if (tag === null) return []
  const owner = tags.ownerOf(tag)
  // The item's own record, which HWLab is writing or was writing when it was interrupted.
  if (owner !== null && owner === hwlabId && tags.isBusy(tag)) return []
  const where = `“${quoted(display, 60)}” (${kind} ${recordId})`
  const isTaken = owner !== null
  return [
    {
      id: `stranger:${kind}:${recordId}`,
      kind: isTaken ? 'tag-taken' : 'unknown-tag',
      tag,
      title: quoted(display, 80),
      url,
      words: isTaken
        ? `${tag} is also on ${where}, which HWLab did not write. Change it there, or forget it.`
        : `${tag} is on ${where}. HWLab here did not give this tag.`,
      fields: [],
      change: null,
      actions: ['forget'],
    },
  ]
}
