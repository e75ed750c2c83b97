import { isAnother, readRecord } from '../../changes/read-record.ts'
import type { Failure } from '../../client/failure.ts'
import type { RecordSeen } from '../../client/record-seen.ts'
import type { Rest } from '../../client/rest.ts'
import { countText } from '../../count-text.ts'
import { differenceFrom, isEdited } from '../../interface-names/compare-held.ts'
import { deleteDouble, moveAddresses, type RenameWork, renamePorts } from '../../interface-names/make-one.ts'
import { readHeld } from '../../interface-names/read-held.ts'
import {
  type RenameInterfaces,
  renamedBack,
  renameInterfacesSchema,
} from '../../interface-names/rename-intent.ts'
import type { HeldInterface } from '../../interface-names/rename-plan.ts'
import type { Attempt, OperationKind, Workbench } from '../operation-kind.ts'
import type { Operation } from '../operation-row.ts'

const renameInterfaces: OperationKind<RenameInterfaces> = {
  kind: 'rename_interfaces',
  schema: renameInterfacesSchema,
  subjects: ({ target }) => [target.assetTag],
  title: ({ target }) => `Interface names of ${target.name} (${target.assetTag})`,
  async recheck(rest, intent) {
    const record = await recordNow(rest, intent)
    if (record.kind === 'needs-human') return record.why
    const now = await heldNow(rest, intent)
    if (now.kind === 'needs-human') return now.why
    return now.kind === 'held' && isEdited(intent, now.held)
      ? `An interface of ${intent.target.assetTag} that was to be deleted was edited in NetBox meanwhile. Nothing was renamed; propose it anew.`
      : null
  },
  attempt: rename,
}

export default renameInterfaces

type Trouble = { kind: 'needs-human'; why: string } | Failure

/** What hangs on a double goes to the row that stays; only then is the double deleted, and only then are names changed. */
async function rename(bench: Workbench, operation: Operation<RenameInterfaces>): Promise<Attempt> {
  const { intent } = operation
  const { rest, signal } = bench
  const work: RenameWork = { rest, signal, intent, message: `hwlab:${operation.id}` }
  const found = await recordNow(rest, intent, signal)
  if (found.kind !== 'record') return found
  const before = await heldNow(rest, intent, signal)
  if (before.kind !== 'held') return before
  const moved = await moveAddresses(work, before.held)
  if (moved.kind === 'failed') return trouble(intent, moved)
  const bare = await withoutDoubles(work)
  if (bare.kind !== 'held') return bare
  const renamed = await renamePorts(work, bare.held)
  if (renamed.kind === 'failed') return trouble(intent, renamed)
  const after = await heldNow(rest, intent, signal)
  if (after.kind !== 'held') return after
  const wrong = intent.ports.find((port) => !isAsAsked(port, after.held))
  return wrong
    ? {
        kind: 'needs-human',
        why: `NetBox did not keep “${wrong.to}” of ${intent.target.assetTag} as asked. Look at its interfaces there, then retry.`,
      }
    : { kind: 'confirmed', record: found.record, words: doneWords(intent), undo: renamedBack(intent) }
}

/** Everything is read again before each double is deleted: what somebody hung on it meanwhile would go with it. */
async function withoutDoubles(work: RenameWork): Promise<{ kind: 'held'; held: HeldInterface[] } | Trouble> {
  const { rest, signal, intent } = work
  const doubles = new Set(intent.ports.flatMap((port) => port.doubles.map(({ id }) => id)))
  for (let left = doubles.size; ; left -= 1) {
    const now = await heldNow(rest, intent, signal)
    if (now.kind !== 'held') return now
    const double = now.held.find(({ id }) => doubles.has(id))
    if (!double) return now
    if (left === 0 || double.addresses.length > 0 || double.primaryMacId !== null)
      return {
        kind: 'needs-human',
        why: `NetBox did not let go of “${double.name}” of ${intent.target.assetTag}. Look at it there, then retry.`,
      }
    const deleted = await deleteDouble(work, double)
    if (deleted.kind === 'failed') return trouble(intent, deleted)
  }
}

function isAsAsked({ id, to, doubles }: RenameInterfaces['ports'][number], held: readonly HeldInterface[]) {
  const named = held.filter(({ name }) => name === to)
  return (
    named.length === 1 && named[0]?.id === id && !held.some((row) => doubles.some((one) => one.id === row.id))
  )
}

async function recordNow(
  rest: Rest,
  { target }: RenameInterfaces,
  signal?: AbortSignal,
): Promise<{ kind: 'record'; record: RecordSeen | null } | Trouble> {
  const live = await readRecord(rest, target, signal)
  const named = `${target.assetTag} (${target.name})`
  if (live.kind === 'failed')
    return live.cause === 'gone'
      ? { kind: 'needs-human', why: `${named} was deleted in NetBox. Cancel this.` }
      : live
  return isAnother(target, live)
    ? {
        kind: 'needs-human',
        why: `The record of ${named} in NetBox is not the one that HWLab knows: its HWLab id is another one. Cancel this, and propose it anew.`,
      }
    : { kind: 'record', record: live.record }
}

async function heldNow(
  rest: Rest,
  intent: RenameInterfaces,
  signal?: AbortSignal,
): Promise<{ kind: 'held'; held: HeldInterface[] } | Trouble> {
  const ids = new Set(intent.ports.flatMap(({ doubles }) => doubles.map(({ id }) => id)))
  const now = await readHeld(rest, {
    deviceId: intent.target.id,
    doubles: (rows) => rows.flatMap(({ id }) => (ids.has(id) ? [id] : [])),
    ...(signal ? { signal } : {}),
  })
  if (now.kind === 'failed') return now
  const why = differenceFrom(intent, now.held)
  return why === null ? now : { kind: 'needs-human', why }
}

function trouble({ target }: RenameInterfaces, failure: Failure): Trouble {
  switch (failure.cause) {
    case 'denied':
      return {
        kind: 'needs-human',
        why: 'NetBox does not let HWLab do this. Its user needs dcim.change_interface, and for doubles dcim.delete_interface, dcim.change_macaddress and ipam.change_ipaddress. Allow it, then retry.',
      }
    case 'exists':
      return {
        kind: 'needs-human',
        why: `${target.assetTag} was changed in NetBox meanwhile. ${failure.why} Cancel this, and propose it anew.`,
      }
    default:
      return failure
  }
}

function doneWords({ target, ports }: RenameInterfaces): string {
  const renamed = ports.filter(({ from, to }) => from !== to).length
  const deleted = ports.flatMap(({ doubles }) => doubles).length
  const doubles =
    deleted === 0 ? '' : `, ${countText(deleted, 'double', 'doubles')} made one with what hung on them`
  return `${countText(renamed, 'interface', 'interfaces')} of ${target.assetTag} renamed${doubles}, read back.`
}
