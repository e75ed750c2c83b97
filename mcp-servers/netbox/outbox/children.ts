import { type Failure, failed } from '../client/failure.ts'
import type { Rest, Row } from '../client/rest.ts'
import type { JournalLevel } from '../notes/addition-intent.ts'
import type { CreateItem } from './item-intent.ts'

/** What a thing hangs on: `dcim.device` and its id. */
export interface Parent {
  objectType: string
  id: number
}

/** What hangs on a record and has no unique key in NetBox: it carries a mark of ours instead. */
export interface Child {
  words: string
  isIt(row: Row): boolean
  create(parent: Parent): Promise<{ json: unknown } | { form: FormData }>
}

export interface ChildKind {
  endpoint: 'extras/image-attachments' | 'extras/journal-entries'
  children: Child[]
}

/** One image per photo, marked with its content's hash in `name` (NetBox allows 50 characters). */
export function photosOf(
  photos: CreateItem['photos'],
  photoBytes: (id: string) => Promise<Uint8Array>,
): ChildKind {
  return {
    endpoint: 'extras/image-attachments',
    children: photos.map((photo) => {
      const { attachmentId, sha256 } = photo
      const name = photoName(photo)
      return {
        words: 'the photo',
        isIt: (row) => row.name === name,
        async create(parent) {
          const form = new FormData()
          form.set('object_type', parent.objectType)
          form.set('object_id', String(parent.id))
          form.set('name', name)
          const bytes = new Uint8Array(await photoBytes(attachmentId))
          form.set('image', new File([bytes], `${sha256.slice(0, 16)}.jpg`, { type: 'image/jpeg' }))
          return { form }
        },
      }
    }),
  }
}

export function photoName({ sha256 }: { sha256: string }): string {
  return `hwlab-${sha256.slice(0, 40)}`
}

/** The journal entry, marked with the operation's id in its text. */
export function journalOf(operation: { id: string }, text: string, level: JournalLevel = 'info'): ChildKind {
  const mark = `HWLab op:${operation.id}`
  return {
    endpoint: 'extras/journal-entries',
    children: [
      {
        words: 'the journal entry',
        isIt: (row) => typeof row.comments === 'string' && row.comments.includes(mark),
        create: async (parent) => ({
          json: {
            assigned_object_type: parent.objectType,
            assigned_object_id: parent.id,
            kind: level,
            comments: `${text.trim()}\n\n${mark}`,
          },
        }),
      },
    ],
  }
}

/** `look`: an earlier attempt may have left them there, so nothing is sent before looking. */
export async function addChildren(
  rest: Rest,
  kind: ChildKind,
  at: { parent: Parent; look: boolean; signal: AbortSignal },
): Promise<{ kind: 'added' } | Failure> {
  let there: Row[] = []
  if (at.look && kind.children.length > 0) {
    const answer = await listChildren(rest, kind, at)
    if (answer.kind === 'failed') return answer
    there = answer.rows
  }
  for (const child of kind.children) {
    if (there.some((row) => child.isIt(row))) continue
    const body = await child.create(at.parent)
    const added = await rest.call({ method: 'POST', path: `${kind.endpoint}/`, body, signal: at.signal })
    if (added.kind === 'failed')
      return added.cause === 'denied' || added.cause === 'invalid'
        ? failed(added.cause, `The record is in NetBox, but ${child.words} could not be added. ${added.why}`)
        : added
  }
  return { kind: 'added' }
}

/**
 * Every child is there exactly once. A twin of our own (a request carried out twice) is removed: its mark proves that
 * it is ours, and the first one stays.
 */
export async function checkChildren(
  rest: Rest,
  kind: ChildKind,
  at: { parent: Parent; signal: AbortSignal },
): Promise<{ kind: 'right' } | { kind: 'missing'; words: string } | Failure> {
  if (kind.children.length === 0) return { kind: 'right' }
  const answer = await listChildren(rest, kind, at)
  if (answer.kind === 'failed') return answer
  for (const child of kind.children) {
    const [first, ...twins] = answer.rows.filter((row) => child.isIt(row)).sort((a, b) => a.id - b.id)
    if (!first) return { kind: 'missing', words: child.words }
    for (const twin of twins) {
      const path = `${kind.endpoint}/${twin.id}/`
      const removed = await rest.call({ method: 'DELETE', path, signal: at.signal })
      if (removed.kind === 'failed' && removed.cause === 'denied')
        return failed(
          'denied',
          `NetBox holds ${child.words} twice and does not let HWLab remove the extra one. Delete one there, then retry.`,
        )
      if (removed.kind === 'failed' && removed.cause !== 'gone') return removed
    }
  }
  return { kind: 'right' }
}

export async function listChildren(
  rest: Rest,
  kind: ChildKind,
  at: { parent: Parent; signal: AbortSignal },
): Promise<{ kind: 'ok'; rows: Row[] } | Failure> {
  const { signal } = at
  const { objectType, id } = at.parent
  if (kind.endpoint === 'extras/journal-entries') {
    const filters = { assigned_object_type: objectType, assigned_object_id: id }
    const answer = await rest.list(kind.endpoint, filters, { signal })
    if (answer.kind === 'failed') return answer
    return { kind: 'ok', rows: answer.rows.filter((row) => row.assigned_object_id === id) }
  }
  const filters = { object_type: objectType, object_id: id }
  const answer = await rest.list(kind.endpoint, filters, { signal })
  if (answer.kind === 'failed') return answer
  return { kind: 'ok', rows: answer.rows.filter((row) => row.object_id === id) }
}
