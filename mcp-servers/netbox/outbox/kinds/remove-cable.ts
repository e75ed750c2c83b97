import {
  type ConnectCable,
  cableSubject,
  cableTitle,
  connectCableSchema,
  endWords,
} from '../../cables/cable-intent.ts'
import { readCable } from '../../cables/read-cable.ts'
import { deviceSeen } from '../../client/device-row.ts'
import type { Failure } from '../../client/failure.ts'
import type { RecordSeen } from '../../client/record-seen.ts'
import { newDevice, shelfIds, takeDevice } from '../../parts/loose-device.ts'
import { placeWords } from '../../parts/move-intent.ts'
import { readPart } from '../../parts/read-part.ts'
import type { Undo } from '../operation.ts'
import type { Attempt, OperationKind, Workbench } from '../operation-kind.ts'
import type { Operation } from '../operation-row.ts'

type Remove = Operation<ConnectCable>

/** Takes out a cable that HWLab connected; its intent is the connection. */
const removeCable: OperationKind<ConnectCable> = {
  kind: 'remove_cable',
  schema: connectCableSchema,
  subjects: (intent) => [cableSubject(intent)],
  title: (intent) => `Take out ${cableTitle(intent)}`,
  async recheck(rest, intent) {
    const now = await readCable(rest, intent)
    if (now.kind !== 'read') return now.why
    return now.row ? null : 'This cable is not in NetBox any more. Nothing was taken out.'
  },
  attempt: remove,
}

export default removeCable

/** The loose thing has its tag back before the cable goes: NetBox keeps no cable without both ends. */
async function remove(bench: Workbench, operation: Remove): Promise<Attempt> {
  const { intent } = operation
  const { rest, signal } = bench
  const loose = await backOnShelf(bench, operation)
  if (loose.kind !== 'back') return loose
  const cable = await readCable(rest, intent, signal)
  if (cable.kind !== 'read') return cable
  if (cable.row) {
    const removed = await rest.call({ method: 'DELETE', path: `dcim/cables/${cable.row.id}/`, signal })
    if (removed.kind === 'failed' && removed.cause === 'denied')
      return {
        kind: 'needs-human',
        why: 'NetBox does not let HWLab remove this cable. Remove it there (or allow dcim.delete_cable), then retry.',
      }
    if (removed.kind === 'failed' && removed.cause !== 'gone') return removed
  }
  const after = await readCable(rest, intent, signal)
  if (after.kind !== 'read') return after
  if (after.row)
    return { kind: 'needs-human', why: 'NetBox still shows the cable. Look at it there, then retry.' }
  return {
    kind: 'confirmed',
    record: loose.record,
    words: `${endWords(intent.a)} and ${endWords(intent.b)} are not connected any more, read back.`,
    undo: connectionOf(intent),
  }
}

type Back = { kind: 'back'; record: RecordSeen | null } | { kind: 'needs-human'; why: string } | Failure

async function backOnShelf(bench: Workbench, { id, intent }: Remove): Promise<Back> {
  const { loose } = intent
  if (loose === null) return { kind: 'back', record: null }
  const { part, from } = loose
  const shelf = await shelfIds(bench, from)
  if (shelf.kind === 'failed') return shelf
  const move = { part, ids: shelf.ids, message: `hwlab:${id}` }
  const before = await readPart(bench.rest, part, bench.signal)
  if (before.kind !== 'read') return before
  const { device } = before
  const placed = device
    ? await takeDevice(bench, move, { device, module: null })
    : await newDevice(bench, move, null)
  if (placed.kind !== 'placed') return placed
  const after = await readPart(bench.rest, part, bench.signal)
  if (after.kind !== 'read') return after
  if (after.device?.asset_tag !== part.tag)
    return {
      kind: 'needs-human',
      why: `NetBox did not keep ${part.tag} in ${placeWords(from)}. Look there, then retry.`,
    }
  return { kind: 'back', record: deviceSeen(after.device) }
}

function connectionOf(intent: ConnectCable): Undo {
  const there = (end: ConnectCable['a']) => ({ ...end, newType: null })
  return {
    kind: 'connect_cable',
    intent: { ...intent, a: there(intent.a), b: there(intent.b) },
    lines: [{ label: 'Cable', before: null, after: `${endWords(intent.a)} – ${endWords(intent.b)}` }],
    tier: 'write',
  }
}
