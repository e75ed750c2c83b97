import type { CardLine, ChangePlan } from '../../approval/change-request.ts'
import { type Refusal, refused } from '../../serving/tool.ts'
import { findTarget } from '../changes/find-target.ts'
import type { Inventory } from '../client/inventory.ts'
import { defaultRole } from '../intake/desired-item.ts'
import { quoted } from '../intake/field-words.ts'
import { slugOf } from '../outbox/references.ts'
import { tagNumber } from '../tags/tag-text.ts'
import { whatIsInTheWay } from './attached-ports.ts'
import { chooseBay, type Machine } from './choose-bay.ts'
import { isSamePlace, type MovePart, type Part, type Place, placeWords } from './move-intent.ts'
import { tierOf } from './moved-back.ts'
import { placeNow } from './place-now.ts'
import { placePath } from './place-path.ts'

export interface MoveWish {
  tag: string
  /** The tag of a machine, or "Workshop / Shelf 2". */
  to: string
  bay: string
}

type Planned = { kind: 'plan'; plan: ChangePlan } | Refusal

/** Reads where the part is and what is at the other place; sends nothing but GETs. */
export async function planMove(inventory: Inventory, wish: MoveWish): Promise<Planned> {
  const found = await findTarget(inventory, wish.tag)
  if (found.kind === 'refused') return found
  const { target, live } = found
  if (target.kind === 'asset')
    return refused(
      `${target.assetTag} is an asset of netbox-inventory, which moves its things itself. Assign it in NetBox; HWLab shows where it is.`,
    )
  const { record } = live
  const { rest } = inventory
  const now = await placeNow(rest, target)
  if (now.kind === 'refused') return now
  if (record === null || now.kind === 'mounted')
    return refused(
      `${target.assetTag} is not a loose part: ${now.kind === 'mounted' ? now.words : 'it is a cable'}.`,
    )
  const to = await destination(inventory, wish, now.place)
  if (to.kind === 'refused') return to
  if (isSamePlace(now.place, to.place))
    return refused(`${target.assetTag} is in ${placeWords(to.place)} already.`)
  const ports = await whatIsInTheWay(inventory, target, { from: now.place, to: to.place })
  if (ports.kind === 'refused') return ports
  const part: Part = {
    tag: target.assetTag,
    hwlabId: record.hwlabId ?? target.assetTag,
    manufacturer: { name: record.manufacturer, slug: slugOf(record.manufacturer) },
    model: record.model,
    role: { name: record.role ?? defaultRole, slug: slugOf(record.role ?? defaultRole) },
  }
  const move: MovePart = { part, from: now.place, to: to.place }
  const inUse = record.kind === 'device' && record.status === 'active'
  return {
    kind: 'plan',
    plan: {
      title: quoted(`Move ${target.name} (${part.tag}) to ${placeWords(to.place)}`, 200),
      tier: tierOf(move),
      itemId: null,
      steps: [
        {
          kind: 'netbox.move_part',
          title: `Move ${part.tag} in ${inventory.describe()}`,
          payload: move,
          waitsFor: null,
          optional: false,
        },
      ],
      lines: linesOf(move),
      warnings: [
        ...(inUse ? [`NetBox says that ${part.tag} is in use (Active).`] : []),
        ...(record.hwlabId === null ? ['HWLab did not make this record. It becomes one of HWLab’s.'] : []),
        ...ports.warnings,
      ],
    },
  }
}

async function destination(
  inventory: Inventory,
  wish: MoveWish,
  now: Place,
): Promise<{ kind: 'to'; place: Place } | Refusal> {
  if (tagNumber(wish.to) === null) {
    const location = placePath(wish.to)
    if (location.length === 0)
      return refused('Say where it goes: the tag of a machine, or a place such as Workshop / Shelf 2.')
    const site = now.kind === 'shelf' ? now.site : await siteOf(inventory, now.machine.id)
    if ('why' in site) return site
    return { kind: 'to', place: { kind: 'shelf', site, location } }
  }
  const found = await findTarget(inventory, wish.to)
  if (found.kind === 'refused') return found
  const { target } = found
  if (target.kind !== 'device')
    return refused(`${target.assetTag} is not a machine: only a device of NetBox has bays.`)
  if (target.assetTag === wish.tag.trim().toUpperCase()) return refused('A part cannot go into itself.')
  const machine: Machine = {
    id: target.id,
    name: quoted(found.live.record?.display ?? target.name, 80),
    tag: target.assetTag,
  }
  return chooseBay(inventory.rest, machine, wish.bay)
}

async function siteOf(
  inventory: Inventory,
  deviceId: number,
): Promise<{ name: string; slug: string } | Refusal> {
  const now = await placeNow(inventory.rest, { kind: 'device', id: deviceId })
  if (now.kind === 'refused') return now
  if (now.kind === 'mounted') return now.site
  return now.place.kind === 'shelf' ? now.place.site : refused('The machine has no site in NetBox.')
}

function linesOf({ from, to }: MovePart): CardLine[] {
  const isNewRecord = from.kind !== to.kind
  return [
    { label: 'Place', before: placeWords(from), after: placeWords(to) },
    ...(to.kind === 'bay' && to.isNew
      ? [{ label: 'New bay', before: null, after: `${to.name} in ${to.machine.name}` }]
      : []),
    ...(isNewRecord ? [{ label: 'Kept as', before: keptAs(from), after: keptAs(to) }] : []),
  ]
}

function keptAs(place: Place): string {
  return place.kind === 'bay' ? 'Module in a bay' : 'Loose device'
}
