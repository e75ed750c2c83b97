import {
  type ConnectCable,
  cableSubject,
  cableTitle,
  connectCableSchema,
  endWords,
} from '../../cables/cable-intent.ts'
import { findPort } from '../../cables/find-port.ts'
import { readCable } from '../../cables/read-cable.ts'
import { type CableRow, cableSeen } from '../../client/cable-row.ts'
import type { Failure } from '../../client/failure.ts'
import { releaseDevice } from '../../parts/loose-device.ts'
import { readPart } from '../../parts/read-part.ts'
import { addChildren, checkChildren, journalOf } from '../children.ts'
import type { Undo } from '../operation.ts'
import type { Attempt, OperationKind, Workbench } from '../operation-kind.ts'
import type { Operation } from '../operation-row.ts'

type Connect = Operation<ConnectCable>

const connectCable: OperationKind<ConnectCable> = {
  kind: 'connect_cable',
  schema: connectCableSchema,
  subjects: (intent) => [cableSubject(intent), ...tagsOf(intent)],
  title: (intent) => `Connect ${cableTitle(intent)}`,
  recheck,
  attempt: connect,
}

export default connectCable

function tagsOf({ a, b }: ConnectCable): string[] {
  return [a.device.tag, b.device.tag].filter((tag) => tag !== null)
}

async function recheck(rest: Workbench['rest'], { loose }: ConnectCable): Promise<string | null> {
  if (loose === null) return null
  const now = await readPart(rest, loose.part)
  if (now.kind !== 'read') return now.why
  return now.device?.asset_tag === loose.part.tag
    ? null
    : `${loose.part.tag} is not loose any more. Nothing was connected; look again.`
}

/** The cable has the tag as its label before the device that stood for it loses it. */
async function connect(bench: Workbench, operation: Connect): Promise<Attempt> {
  const { intent } = operation
  const { rest, signal } = bench
  const cable = await placeCable(bench, operation)
  if (cable.kind !== 'placed') return cable
  bench.noteRecord(operation.id, cable.row.id)
  const { loose } = intent
  if (loose !== null) {
    const records = await readPart(rest, loose.part, signal)
    if (records.kind !== 'read') return records
    if (records.module)
      return {
        kind: 'needs-human',
        why: `In NetBox ${loose.part.tag} is on a module as well. Remove it there, then retry.`,
      }
    const { device } = records
    if (device?.asset_tag === loose.part.tag) {
      const message = `hwlab:${operation.id}`
      const released = await releaseDevice(bench, { part: loose.part, message }, device)
      if (released.kind === 'failed') return released
    }
    const noted = device ? await note(bench, operation, device.id) : { kind: 'right' as const }
    if (noted.kind === 'failed') return noted
  }
  return readBack(bench, operation)
}

type Placed = { kind: 'placed'; row: CableRow } | { kind: 'needs-human'; why: string } | Failure

async function placeCable(bench: Workbench, operation: Connect): Promise<Placed> {
  const { intent } = operation
  const { rest, signal } = bench
  const field = await bench.references.customField('hwlab_id', 'dcim.cable', signal)
  if (field.kind === 'failed') return field
  const before = await readCable(rest, intent, signal)
  if (before.kind !== 'read') return before
  if (before.row) return { kind: 'placed', row: before.row }
  const a = await findPort(rest, intent.a, signal)
  if (a.kind !== 'port') return a
  const b = await findPort(rest, intent.b, signal)
  if (b.kind !== 'port') return b
  const json = {
    a_terminations: [{ object_type: intent.a.objectType, object_id: a.id }],
    b_terminations: [{ object_type: intent.b.objectType, object_id: b.id }],
    status: 'connected',
    label: intent.loose?.part.tag ?? '',
    ...(intent.type === '' ? {} : { type: intent.type }),
    color: intent.color,
    ...(intent.lengthMetres === null ? {} : { length: intent.lengthMetres, length_unit: 'm' }),
    custom_fields: { hwlab_id: intent.hwlabId },
    changelog_message: `hwlab:${operation.id}`,
  }
  const posted = await rest.call({ method: 'POST', path: 'dcim/cables/', body: { json }, signal })
  if (posted.kind === 'failed' && !['exists', 'race', 'invalid'].includes(posted.cause)) return posted
  const after = await readCable(rest, intent, signal)
  if (after.kind !== 'read') return after
  if (after.row) return { kind: 'placed', row: after.row }
  if (posted.kind === 'failed' && posted.cause === 'race') return posted
  const why =
    posted.kind === 'failed' ? posted.why : 'NetBox said that it connected the cable, but does not show it.'
  return { kind: 'needs-human', why: `${why} Look at both ends in NetBox, then retry, or cancel.` }
}

/** On the device that keeps the cable's photos and notes. */
async function note(
  bench: Workbench,
  operation: Connect,
  deviceId: number,
): Promise<{ kind: 'right' } | Failure> {
  const { a, b, loose } = operation.intent
  const text = `${loose?.part.tag ?? 'The cable'} connects ${endWords(a)} and ${endWords(b)} since HWLab recorded it.`
  const journal = journalOf(operation, text)
  const at = { parent: { objectType: 'dcim.device', id: deviceId }, signal: bench.signal }
  const added = await addChildren(bench.rest, journal, { ...at, look: operation.maybeSent })
  if (added.kind === 'failed') return added
  const checked = await checkChildren(bench.rest, journal, at)
  return checked.kind === 'failed' ? checked : { kind: 'right' }
}

async function readBack(bench: Workbench, { intent }: Connect): Promise<Attempt> {
  const now = await readCable(bench.rest, intent, bench.signal)
  if (now.kind !== 'read') return now
  const lost = now.row ? differences(now.row, intent) : ['the cable itself']
  const tag = intent.loose?.part.tag ?? null
  if (!now.row || lost.length > 0)
    return {
      kind: 'needs-human',
      why: `NetBox did not keep this of the cable as asked: ${lost.join(', ')}. Correct it in NetBox, then retry.`,
    }
  return {
    kind: 'confirmed',
    record: cableSeen(now.row),
    words: `${tag ?? 'The cable'} connects ${endWords(intent.a)} and ${endWords(intent.b)}, read back.`,
    undo: removalOf(intent),
  }
}

function differences(row: CableRow, { a, b, loose, type, color, lengthMetres }: ConnectCable): string[] {
  const isAt = (end: ConnectCable['a'], ends: CableRow['a_terminations']) =>
    ends.some(({ object_type, object }) => object_type === end.objectType && object?.name === end.name)
  const kept: [string, boolean][] = [
    [`end ${endWords(a)}`, isAt(a, row.a_terminations)],
    [`end ${endWords(b)}`, isAt(b, row.b_terminations)],
    ['label', row.label === (loose?.part.tag ?? '')],
    ['type', type === '' || row.type === type],
    ['colour', color === '' || row.color === color],
    ['length', lengthMetres === null || row.length === lengthMetres],
  ]
  return kept.filter(([, isKept]) => !isKept).map(([words]) => words)
}

function removalOf(intent: ConnectCable): Undo {
  return {
    kind: 'remove_cable',
    intent,
    lines: [{ label: 'Cable', before: `${endWords(intent.a)} – ${endWords(intent.b)}`, after: null }],
    tier: 'bulk-or-destructive',
  }
}
