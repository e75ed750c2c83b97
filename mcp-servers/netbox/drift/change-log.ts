import { z } from 'zod'
import type { Failure } from '../client/failure.ts'
import { type RecordKind, recordPlaces } from '../client/record-seen.ts'
import type { Rest } from '../client/rest.ts'
import { quoted } from '../intake/field-words.ts'
import { microsOf } from './netbox-time.ts'
import type { Change } from './records-table.ts'

const entrySchema = z.object({
  changed_object_type: z.string(),
  changed_object_id: z.number(),
  user_name: z.string(),
  time: z.string(),
  message: z.string().default(''),
  action: z.object({ value: z.string() }),
})
const entryFields = Object.keys(entrySchema.shape)

/** HWLab marks what it writes; see `changelog_message` in the outbox. */
const ownMark = /^hwlab:/i
const mostEntries = 20

/** The last change of a record that somebody else made at or after this time; null: the log does not tell. */
export async function lastChange(
  rest: Rest,
  about: { kind: RecordKind; recordId: number; sinceTime: string },
  signal: AbortSignal,
): Promise<{ kind: 'told'; change: Change | null } | Failure> {
  const { objectType } = recordPlaces[about.kind]
  const answer = await rest.list(
    'core/object-changes',
    {
      changed_object_type: objectType,
      changed_object_id: about.recordId,
      time_after: about.sinceTime,
    },
    { ordering: '-time', limit: mostEntries, fields: entryFields, signal },
  )
  if (answer.kind === 'failed') return answer
  for (const row of answer.rows) {
    const entry = entrySchema.safeParse(row)
    if (!entry.success) continue
    const { changed_object_id, changed_object_type, message } = entry.data
    const isIts = changed_object_id === about.recordId && changed_object_type === objectType
    if (isIts && !ownMark.test(message)) return { kind: 'told', change: changeOf(entry.data) }
  }
  return { kind: 'told', change: null }
}

export interface Deletion {
  recordId: number
  change: Change
}

/** What was deleted since, and NetBox's time of the newest entry in microseconds. */
export async function deletions(
  rest: Rest,
  kind: RecordKind,
  sinceTime: string,
  signal: AbortSignal,
): Promise<{ kind: 'told'; deletions: Deletion[]; newestMicros: number | null } | Failure> {
  const { objectType } = recordPlaces[kind]
  const found: Deletion[] = []
  let newestMicros: number | null = null
  const filters = { changed_object_type: objectType, action: 'delete', time_after: sinceTime }
  for await (const page of rest.pages('core/object-changes', filters, { fields: entryFields, signal })) {
    if (page.kind === 'failed') return page
    for (const row of page.rows) {
      const entry = entrySchema.safeParse(row)
      if (!entry.success || entry.data.changed_object_type !== objectType) continue
      if (entry.data.action.value !== 'delete') continue
      newestMicros = Math.max(newestMicros ?? 0, microsOf(entry.data.time) ?? 0)
      found.push({ recordId: entry.data.changed_object_id, change: changeOf(entry.data) })
    }
  }
  return { kind: 'told', deletions: found, newestMicros }
}

function changeOf({ user_name, time, message }: z.infer<typeof entrySchema>): Change {
  return { by: quoted(user_name, 60), at: time, message: quoted(message, 200) }
}
