import { deviceSeen } from '../../client/device-row.ts'
import type { Failure } from '../../client/failure.ts'
import { moduleSeen } from '../../client/module-row.ts'
import { recordPlaces } from '../../client/record-seen.ts'
import { findBay, removeTwinBays } from '../../parts/find-bay.ts'
import { type ShelfIds, shelfIds } from '../../parts/loose-device.ts'
import { isSamePlace, type MovePart, movePartSchema, placeWords } from '../../parts/move-intent.ts'
import { movedBack } from '../../parts/moved-back.ts'
import { putIntoBay } from '../../parts/put-into-bay.ts'
import { putOnShelf } from '../../parts/put-on-shelf.ts'
import { type PartRecords, readPart } from '../../parts/read-part.ts'
import { addChildren, checkChildren, journalOf, type Parent } from '../children.ts'
import type { Attempt, OperationKind, Workbench } from '../operation-kind.ts'
import type { Operation } from '../operation-row.ts'

type Move = Operation<MovePart>

const movePart: OperationKind<MovePart> = {
  kind: 'move_part',
  schema: movePartSchema,
  subjects: ({ part }) => [part.tag],
  title: ({ part, to }) => `Move ${part.tag} to ${placeWords(to)}`,
  recheck: recheckMove,
  attempt: attemptMove,
  sweep: removeLateTwins,
}

export default movePart

async function recheckMove(rest: Workbench['rest'], { part, from }: MovePart): Promise<string | null> {
  const now = await readPart(rest, part)
  if (now.kind !== 'read') return now.why
  const isInBay = now.module?.asset_tag === part.tag
  const isLoose = now.device?.asset_tag === part.tag
  if (from.kind === 'bay') {
    const sits =
      isInBay && now.module?.device.id === from.machine.id && now.module.module_bay.name === from.name
    return sits ? null : `${part.tag} is not in ${placeWords(from)} any more. Nothing was moved; look again.`
  }
  const isMounted = isLoose && now.device?.rack !== null
  if (isMounted)
    return `${part.tag} is mounted in ${now.device?.rack?.name ?? 'a rack'} now. Nothing was moved.`
  return isLoose ? null : `${part.tag} is not loose any more. Nothing was moved; look again.`
}

async function attemptMove(bench: Workbench, operation: Move): Promise<Attempt> {
  const { part, to } = operation.intent
  const { rest, signal } = bench
  const message = `hwlab:${operation.id}`
  const records = await readPart(rest, part, signal)
  if (records.kind !== 'read') return records
  if (to.kind === 'bay') {
    const found = await findBay(rest, to, { mark: markOf(operation), signal })
    if (found.kind !== 'bay') return found
    const move = { part, bay: found.bay, machineId: to.machine.id, message }
    const moved = await putIntoBay(bench, move, records)
    return moved.kind === 'moved' ? readBack(bench, operation, { bay: found.bay.id }) : moved
  }
  const shelf = await shelfIds(bench, to)
  if (shelf.kind === 'failed') return shelf
  const moved = await putOnShelf(bench, { part, ids: shelf.ids, message }, records)
  return moved.kind === 'moved' ? readBack(bench, operation, { shelf: shelf.ids }) : moved
}

type Goal = { bay: number } | { shelf: ShelfIds }

/** The tag is on the record at the new place and on no other, and the journal says how it came there. */
async function readBack(bench: Workbench, operation: Move, goal: Goal): Promise<Attempt> {
  const { part, to } = operation.intent
  const { rest, signal } = bench
  const now = await readPart(rest, part, signal)
  if (now.kind !== 'read') return now
  const current = currentOf(now, part.tag, goal)
  if (!current)
    return {
      kind: 'needs-human',
      why: `NetBox did not keep ${part.tag} in ${placeWords(to)} as asked. Look at it there, then retry.`,
    }
  const at = { parent: { objectType: recordPlaces[current.kind].objectType, id: current.id }, signal }
  const journal = journalOf(operation, journalText(operation.intent, now))
  const added = await addChildren(rest, journal, { ...at, look: operation.maybeSent })
  if (added.kind === 'failed') return added
  const twins = await checkTwins(bench, operation, at.parent)
  if (twins.kind === 'failed') return twins
  if (twins.kind === 'missing')
    return {
      kind: 'needs-human',
      why: `NetBox did not keep ${twins.words} about ${part.tag}. Retry adds it.`,
    }
  return {
    kind: 'confirmed',
    record: current,
    words: `${part.tag} is in ${placeWords(to)}, read back.`,
    undo: isSamePlace(operation.intent.from, to) ? null : movedBack(operation.intent),
  }
}

function currentOf({ device, module }: PartRecords, tag: string, goal: Goal) {
  if ('bay' in goal) {
    const isThere = module?.asset_tag === tag && module.module_bay.id === goal.bay
    return module && isThere && device?.asset_tag !== tag ? moduleSeen(module) : null
  }
  const isThere =
    device?.asset_tag === tag &&
    device.site.id === goal.shelf.site &&
    (device.location?.id ?? null) === goal.shelf.location
  return device && isThere && !module ? deviceSeen(device) : null
}

function journalText({ part, from, to }: MovePart, { device }: PartRecords): string {
  const earlier =
    to.kind === 'bay' && device ? ` Its photos and earlier notes are at device ${device.id}.` : ''
  return `${part.tag} was moved from ${placeWords(from)} to ${placeWords(to)} with HWLab.${earlier}`
}

async function checkTwins(
  bench: Workbench,
  operation: Move,
  parent: Parent,
): Promise<{ kind: 'right' } | { kind: 'missing'; words: string } | Failure> {
  const { rest, signal } = bench
  const { to } = operation.intent
  if (to.kind === 'bay' && to.isNew) {
    const bays = await removeTwinBays(rest, to, { mark: markOf(operation), signal })
    if (bays.kind === 'failed') return bays
  }
  return checkChildren(rest, journalOf(operation, ''), { parent, signal })
}

async function removeLateTwins(bench: Workbench, operation: Move): Promise<{ kind: 'right' } | Failure> {
  const { record } = operation
  if (record === null) return { kind: 'right' }
  const parent = { objectType: recordPlaces[record.kind].objectType, id: record.id }
  const checked = await checkTwins(bench, operation, parent)
  return checked.kind === 'failed' ? checked : { kind: 'right' }
}

function markOf(operation: Move): string {
  return `HWLab op:${operation.id}`
}
