import { ulid } from 'ulid'
import type { CardLine, ChangePlan } from '../../approval/change-request.ts'
import { type Refusal, refused } from '../../serving/tool.ts'
import { findTarget } from '../changes/find-target.ts'
import type { Inventory } from '../client/inventory.ts'
import { defaultRole } from '../intake/desired-item.ts'
import { quoted } from '../intake/field-words.ts'
import { slugOf } from '../outbox/references.ts'
import { placeWords } from '../parts/move-intent.ts'
import { placeNow } from '../parts/place-now.ts'
import { type CableEnd, type ConnectCable, cableTitle, endWords } from './cable-intent.ts'
import { cableFacts } from './cable-words.ts'
import { type ChosenEnd, choosePort } from './choose-port.ts'
import type { PortRow } from './find-port.ts'

export interface ConnectWish {
  /** "HW-00001 Gi1/0/1". */
  a: string
  b: string
  /** The tag of the cable itself, or empty. */
  cable: string
  /** "cat6, blue, 2 m". */
  look: string
}

type Planned = { kind: 'plan'; plan: ChangePlan } | Refusal

/** Reads both ends; sends nothing but GETs. */
export async function planCable(inventory: Inventory, wish: ConnectWish): Promise<Planned> {
  const facts = cableFacts(wish.look)
  if (facts.kind === 'refused') return facts
  const a = await choosePort(inventory, wish.a)
  if (a.kind === 'refused') return a
  const b = await choosePort(inventory, wish.b)
  if (b.kind === 'refused') return b
  const wrong = takenWords(a) ?? takenWords(b) ?? mismatch(a.end, b.end)
  if (wrong !== null) return refused(wrong)
  const loose = await looseCable(inventory, wish.cable)
  if (loose.kind === 'refused') return loose
  const intent: ConnectCable = {
    hwlabId: loose.cable?.part.hwlabId ?? ulid(),
    loose: loose.cable,
    a: a.end,
    b: b.end,
    ...facts.facts,
  }
  return {
    kind: 'plan',
    plan: {
      title: quoted(`Connect ${cableTitle(intent)}`, 200),
      tier: 'write',
      itemId: null,
      steps: [
        {
          kind: 'netbox.connect_cable',
          title: `Connect ${endWords(a.end)} and ${endWords(b.end)} in ${inventory.describe()}`,
          payload: intent,
          waitsFor: null,
          optional: false,
        },
      ],
      lines: linesOf(intent),
      warnings: [a.end, b.end].filter(({ newType }) => newType !== null).map(newPortWarning),
    },
  }
}

function takenWords({ end, row }: ChosenEnd): string | null {
  if (row?.mark_connected)
    return `NetBox says that ${endWords(end)} is connected to something it does not know.`
  return row?.cable ? `${cableIn(end, row)} Take it out first: propose a cable with only this end.` : null
}

function cableIn(end: CableEnd, { cable, link_peers }: PortRow): string {
  const [peer] = link_peers ?? []
  const to = peer ? `, to ${quoted(`${peer.device?.display ?? ''} ${peer.name ?? ''}`.trim(), 80)}` : ''
  return `The cable ${quoted(cable?.display ?? '', 60)} is in ${endWords(end)} already${to}.`
}

function mismatch(a: CableEnd, b: CableEnd): string | null {
  if (a.device.id === b.device.id && a.name === b.name && a.objectType === b.objectType)
    return 'Both ends are the same port. Name the other end.'
  const types = [a.objectType, b.objectType].sort().join(' ')
  return types === 'dcim.interface dcim.interface' || types === 'dcim.poweroutlet dcim.powerport'
    ? null
    : `${endWords(a)} and ${endWords(b)} do not fit: a network port goes to a network port, a power inlet to an outlet.`
}

function newPortWarning(end: CableEnd): string {
  return `NetBox does not have ${endWords(end)}; it is added as ${end.newType === 'other' ? 'an interface of unknown type' : end.newType}. Check its name.`
}

type Loose = NonNullable<ConnectCable['loose']>

/** Tags are given by an intake only, so the cable has to be a recorded, loose thing. */
async function looseCable(
  inventory: Inventory,
  text: string,
): Promise<{ kind: 'cable'; cable: Loose | null } | Refusal> {
  if (text.trim() === '') return { kind: 'cable', cable: null }
  const found = await findTarget(inventory, text)
  if (found.kind === 'refused') return found
  const { target, live } = found
  const tag = target.assetTag
  if (target.kind === 'cable')
    return refused(`${tag} is in use already: ${live.record?.location ?? 'see NetBox'}. Take it out first.`)
  const now = target.kind === 'device' ? await placeNow(inventory.rest, target) : null
  if (now?.kind === 'refused') return now
  if (!live.record || now?.kind !== 'place' || now.place.kind !== 'shelf')
    return refused(`${tag} is not a loose cable: it is ${quoted(target.name)}.`)
  const { record } = live
  const role = record.role ?? defaultRole
  const part = {
    tag,
    hwlabId: record.hwlabId ?? tag,
    manufacturer: { name: record.manufacturer, slug: slugOf(record.manufacturer) },
    model: record.model,
    role: { name: role, slug: slugOf(role) },
  }
  return { kind: 'cable', cable: { part, from: now.place } }
}

function linesOf({ loose, a, b, type, color, lengthMetres }: ConnectCable): CardLine[] {
  const rows: [string, string | null, string | null][] = [
    ['Connection', null, `${endWords(a)} – ${endWords(b)}`],
    [
      'Tag',
      loose ? `${loose.part.tag} in ${placeWords(loose.from)}` : null,
      loose ? `${loose.part.tag} on the cable` : null,
    ],
    ['Type', null, type === '' ? null : type],
    ['Colour', null, color === '' ? null : color],
    ['Length', null, lengthMetres === null ? null : `${lengthMetres} m`],
    ...[a, b]
      .filter(({ newType }) => newType !== null)
      .map((end): [string, null, string] => ['New port', null, endWords(end)]),
  ]
  return rows
    .filter(([, before, after]) => before !== null || after !== null)
    .map(([label, before, after]) => ({ label, before, after }))
}
