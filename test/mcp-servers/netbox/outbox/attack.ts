import fc from 'fast-check'
import { z } from 'zod'
import type { DesiredItem } from '../../../../mcp-servers/netbox/outbox/item-intent.ts'
import type { QueueRow } from '../../../../mcp-servers/netbox/outbox/operation.ts'
import type { AttackedWorld, Death, Mood } from './attacked-world.ts'
import { desiredItem, intent } from './queue-world.ts'

export const fields = ['serial', 'comments'] as const
type Field = (typeof fields)[number]

export type Action =
  | { kind: 'create'; thing: number }
  | { kind: 'change'; thing: number; field: Field; value: string }
  | { kind: 'link'; from: number; to: number }
  | { kind: 'retry' | 'cancel'; at: number }
  | { kind: 'choose'; at: number; choice: 'mine' | 'netbox' }
  | { kind: 'pass'; forMs: number }
  | { kind: 'set-clock'; byMs: number }
  | { kind: 'mood'; mood: Mood }
  | { kind: 'refuse'; thing: number }
  /** Somebody else at work in NetBox. */
  | { kind: 'stranger'; thing: number; field: Field | 'description'; value: string }
  | ({ kind: 'die' } & Death)
  | { kind: 'restart' }

const thing = fc.integer({ min: 1, max: 3 })
const at = fc.nat(5)
const hourMs = 3_600_000

export const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('create' as const), thing }) },
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('change' as const),
      thing,
      field: fc.constantFrom(...fields),
      value: fc.constantFrom('A', 'B', 'C'),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('link' as const), from: thing, to: thing }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('retry' as const, 'cancel' as const), at }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('choose' as const),
      at,
      choice: fc.constantFrom('mine' as const, 'netbox' as const),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), forMs: fc.integer({ min: 1, max: 120_000 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('set-clock' as const),
      byMs: fc.integer({ min: -24 * hourMs, max: 24 * hourMs }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('mood' as const),
      mood: fc.constantFrom<Mood>(
        'well',
        'well',
        'gone',
        'gone',
        'token-revoked',
        'redis-down',
        'sign-in-page',
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('refuse' as const), thing }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('stranger' as const),
      thing,
      field: fc.constantFrom(...fields, 'description' as const),
      value: fc.constantFrom('X', 'Y'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('die' as const),
      afterRequests: fc.nat(25),
      done: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.constant<Action>({ kind: 'restart' }) },
)

export const tagOf = (thing: number) => `HW-${String(thing).padStart(5, '0')}`

const deviceSchema = z.looseObject({
  id: z.number(),
  serial: z.string(),
  comments: z.string(),
  description: z.string(),
  custom_fields: z.record(z.string(), z.unknown()),
})
export type Device = z.infer<typeof deviceSchema>

export async function devicesOf(lab: AttackedWorld, thing: number): Promise<Device[]> {
  return rowsAt(lab, `dcim/devices/?asset_tag=${tagOf(thing)}`, deviceSchema)
}

export async function rowsAt<Row>(lab: AttackedWorld, path: string, row: z.ZodType<Row>): Promise<Row[]> {
  const answer = await lab.server(new Request(`http://netbox.test/api/${path}`))
  return z.object({ results: z.array(row) }).parse(await answer.json()).results
}

/** What people asked for, and what was put into the queue for it. */
export function openAttack(lab: AttackedWorld) {
  const asked = new Map<string, { kind: string; intent: unknown }>()
  /** Of every thing and field, what HWLab was last asked to make it. */
  const wished = new Map<string, string>()
  const strangers = new Map<string, Set<string>>()

  function enqueue(key: string, kind: string, wanted: unknown): void {
    asked.set(key, { kind, intent: wanted })
    lab.outbox().enqueue(key, kind, wanted)
  }

  function itemOf(thing: number): Partial<DesiredItem> {
    return thing === 1 ? { macAddress: '02:00:5E:00:00:01' } : {}
  }

  async function change({ thing, field, value }: Extract<Action, { kind: 'change' }>): Promise<void> {
    const [device] = await devicesOf(lab, thing)
    const isOurs = device?.custom_fields.hwlab_id === desiredItem(thing).hwlabId
    if (!device || !isOurs) return
    const mine = `${field} ${value}`
    const base = wished.get(`${thing} ${field}`) ?? device[field]
    wished.set(`${thing} ${field}`, mine)
    const target = {
      ...{ kind: 'device', id: device.id, assetTag: tagOf(thing), name: 'Acme Box 1' },
      hwlabId: desiredItem(thing).hwlabId,
    }
    const journal = value === 'C' ? `${field} is ${value} now.` : null
    enqueue(`change-${asked.size}`, 'change_record', { target, fields: { [field]: { base, mine } }, journal })
  }

  async function stranger({ thing, field, value }: Extract<Action, { kind: 'stranger' }>): Promise<void> {
    const [device] = await devicesOf(lab, thing)
    if (!device) return
    const text = `${field} ${value}`
    const key = `${thing} ${field}`
    strangers.set(key, new Set([...(strangers.get(key) ?? []), text]))
    await lab.server(
      new Request(`http://netbox.test/api/dcim/devices/${device.id}/`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ [field]: text }),
      }),
    )
  }

  function rowThatMay(action: QueueRow['actions'][number], at: number): QueueRow | undefined {
    const rows = lab
      .outbox()
      .view()
      .filter((row) => row.actions.includes(action))
    return rows[at % Math.max(rows.length, 1)]
  }

  /** Whoever wanted something asks for it again after a start, under the same key. */
  function comeBack(): void {
    lab.open()
    for (const [key, { kind, intent: wanted }] of asked) lab.outbox().enqueue(key, kind, wanted)
  }

  async function act(one: Action): Promise<void> {
    switch (one.kind) {
      case 'create':
        return enqueue(`create-${one.thing}`, 'create_item', intent(one.thing, itemOf(one.thing)))
      case 'change':
        return change(one)
      case 'link': {
        if (one.from === one.to) return
        const name = `link-${asked.size}`
        return enqueue(name, 'link_two', { name, from: tagOf(one.from), to: tagOf(one.to) })
      }
      case 'retry':
      case 'cancel': {
        const row = rowThatMay(one.kind, one.at)
        if (row) lab.outbox()[one.kind](row.id)
        return
      }
      case 'choose': {
        const row = rowThatMay('choose', one.at)
        if (row)
          lab
            .outbox()
            .choose(row.id, Object.fromEntries(row.conflict.map(({ field }) => [field, one.choice])))
        return
      }
      case 'pass':
        return lab.pass(one.forMs)
      case 'set-clock':
        return lab.clock.set(one.byMs)
      case 'mood':
        return lab.setMood(one.mood)
      case 'refuse':
        lab.refusedTags.add(tagOf(one.thing))
        return
      case 'stranger':
        return stranger(one)
      case 'die':
        return lab.dieAt(one)
      case 'restart':
        await lab.stop()
        return comeBack()
    }
  }

  return {
    asked,
    strangers,
    async act(one: Action): Promise<void> {
      await act(one)
      await lab.pass(1)
      if (lab.isDead()) comeBack()
    },
    comeBack,
  }
}

export type Attack = ReturnType<typeof openAttack>
