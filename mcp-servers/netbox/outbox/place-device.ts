import { z } from 'zod'
import { type Failure, failed } from '../client/failure.ts'
import { moduleWithTag } from './find-own.ts'
import type { CreateItem } from './item-intent.ts'
import type { Workbench } from './operation-kind.ts'
import type { Operation } from './operation-row.ts'
import type { References } from './references.ts'
import type { InventoryTarget } from './targets/inventory-target.ts'

export type Placed =
  /** `isNew`: NetBox answered a moment ago that it created it, so nothing can hang on it yet. */
  { kind: 'placed'; deviceId: number; isNew: boolean } | { kind: 'needs-human'; why: string } | Failure

/** The item's record, found or created in one POST. */
export async function placeDevice(
  bench: Workbench,
  operation: Operation<CreateItem>,
  { target, references }: { target: InventoryTarget; references: References },
): Promise<Placed> {
  const { item } = operation.intent
  const { rest, signal } = bench
  const before = operation.maybeSent
    ? await target.find(rest, item, signal)
    : await moduleWithTag(rest, item.assetTag, signal)
  if (before.kind === 'failed') return before
  if (before.kind === 'foreign') return { kind: 'needs-human', why: before.why }
  if (before.kind === 'own') return { kind: 'placed', deviceId: before.id, isNew: false }
  if (operation.recordId !== null)
    return {
      kind: 'needs-human',
      why: `${item.assetTag} was created in NetBox, but it is not there any more. Retry creates it again; cancel leaves it out.`,
    }
  const posted = await rest.call({
    method: 'POST',
    path: `${target.place.endpoint}/`,
    body: { json: { ...target.created(item, references), changelog_message: `hwlab:${operation.id}` } },
    signal,
  })
  if (posted.kind === 'ok') {
    const created = z.object({ id: z.number() }).safeParse(posted.body)
    if (!created.success) return failed('doubt', 'NetBox’s answer was not understood.')
    return { kind: 'placed', deviceId: created.data.id, isNew: true }
  }
  if (posted.cause !== 'exists' && posted.cause !== 'race') return posted
  const after = await target.find(rest, item, signal)
  if (after.kind === 'failed') return after
  if (after.kind === 'own') return { kind: 'placed', deviceId: after.id, isNew: false }
  if (after.kind === 'foreign') return { kind: 'needs-human', why: after.why }
  if (posted.cause === 'race') return posted
  return { kind: 'needs-human', why: `${posted.why} Correct the item or the record in NetBox, then retry.` }
}
