import fc from 'fast-check'
import { expect, test } from 'vitest'
import { approvalMigrations, openApprovals } from '../../../../mcp-servers/approval/approvals.ts'
import { openInventory } from '../../../../mcp-servers/netbox/client/open-inventory.ts'
import type { RecordSeen } from '../../../../mcp-servers/netbox/client/record-seen.ts'
import { fieldDrifts } from '../../../../mcp-servers/netbox/drift/managed-fields.ts'
import { openDrift } from '../../../../mcp-servers/netbox/drift/open-drift.ts'
import { openIntakeStore } from '../../../../mcp-servers/netbox/intake/intake-store.ts'
import { netboxTables } from '../../../../mcp-servers/netbox/netbox-tables.ts'
import { openOutbox } from '../../../../mcp-servers/netbox/outbox/open-outbox.ts'
import { claimTag } from '../../../../mcp-servers/netbox/tags/tags.ts'
import { openDatabase } from '../../../../mcp-servers/serving/database.ts'
import { FakeClock } from '../../../support/fake-clock.ts'
import { desiredItem } from '../outbox/queue-world.ts'

const things = [1, 2, 3]
const editable = ['serial', 'name', 'comments', 'asset_tag', 'hwlab_spec'] as const
type Editable = (typeof editable)[number]
type Step =
  | { kind: 'edit' | 'own'; thing: number; field: Editable; value: string }
  | { kind: 'delete' | 'take'; thing: number }
  | { kind: 'look' | 'look-through' | 'reopen' }
  | { kind: 'clock'; byMs: number }

const thing = fc.constantFrom(...things)
const value = fc.constantFrom('', 'a', 'b')
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('edit' as const),
      thing,
      field: fc.constantFrom(...editable),
      value,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('own' as const),
      thing,
      field: fc.constantFrom('serial' as const, 'name' as const),
      value,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), thing }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('take' as const), thing }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('look' as const, 'look-through' as const, 'reopen' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('clock' as const), byMs: fc.integer({ min: -1e9, max: 1e9 }) }),
  },
)

/** Real tables, outbox and embedded inventory, and beside them what HWLab knows of each thing, kept by hand. */
async function openWorld() {
  const clock = new FakeClock()
  const database = openDatabase(':memory:', [approvalMigrations, ...netboxTables])
  const inventory = openInventory({ kind: 'embedded', database, clock })
  const outbox = openOutbox({ database, clock, inventory, photoBytes: async () => new Uint8Array() })
  const approvals = openApprovals({ database, clock })
  const store = openIntakeStore(database, clock)
  const setBack = { recordAgain: async () => ({ kind: 'refused' as const, why: '' }), putAside() {} }
  const open = () =>
    openDrift({ database, clock, inventory, outbox, approvals, store, readOnly: false, setBack })
  let drift = open()
  let keys = 0
  const known = new Map<number, RecordSeen>()
  const ids = new Map<number, number>()

  const now = async (thing: number): Promise<RecordSeen | null> => {
    const looked = await inventory.get('device', ids.get(thing) ?? 0)
    if (looked.kind === 'away') throw new Error(looked.why)
    return looked.records[0] ?? null
  }
  const settled = async (): Promise<void> => {
    while (outbox.status().waiting > 0) await new Promise((resolve) => setImmediate(resolve))
    expect(outbox.status().needsHuman).toBe(0)
  }
  outbox.start()
  for (const thing of things) {
    const item = desiredItem(thing)
    claimTag(database, item.hwlabId, item.assetTag)
    outbox.enqueue(`create-${thing}`, 'create_item', { item, photos: [], journal: 'Recorded.' })
    await settled()
    const found = await inventory.findByTag(item.assetTag)
    const record = found.kind === 'looked' ? found.records[0] : undefined
    if (!record) throw new Error('not recorded')
    ids.set(thing, record.id)
    known.set(thing, record)
  }
  return {
    async take(step: Step): Promise<void> {
      if (step.kind === 'clock') return clock.advance(step.byMs)
      if ('thing' in step) return this.touch(step)
      if (step.kind === 'look') await drift.look('changes')
      else if (step.kind === 'look-through') await drift.look('everything')
      else {
        await drift.close()
        drift = open()
      }
    },
    async touch(step: Extract<Step, { thing: number }>): Promise<void> {
      const record = await now(step.thing)
      if (!record) return
      const path = `dcim/devices/${record.id}/`
      if (step.kind === 'delete') await inventory.rest.call({ method: 'DELETE', path })
      else if (step.kind === 'edit') {
        const written = step.value === '' ? null : `${step.value}-${step.thing}`
        const json =
          step.field === 'hwlab_spec'
            ? { custom_fields: { hwlab_spec: written } }
            : { [step.field]: written ?? (step.field === 'serial' || step.field === 'comments' ? '' : null) }
        await inventory.rest.call({ method: 'PATCH', path, body: { json } })
      } else if (step.kind === 'own') {
        const mine = step.value === '' ? null : `own-${step.value}-${step.thing}`
        const { kind, id, hwlabId } = record
        const assetTag = known.get(step.thing)?.assetTag ?? ''
        const target = { kind, id, assetTag, hwlabId, name: 'Acme Box 1' }
        const fields = { [step.field]: { base: record[step.field === 'serial' ? 'serial' : 'name'], mine } }
        keys += 1
        outbox.enqueue(`own-${keys}`, 'change_record', { target, fields, journal: null })
        await settled()
        const before = known.get(step.thing)
        if (before) known.set(step.thing, { ...before, [step.field]: mine })
      } else {
        await drift.look('changes')
        const tag = known.get(step.thing)?.assetTag
        const finding = drift.state().findings.find((one) => one.tag === tag && one.actions.includes('take'))
        if (!finding || drift.take(finding.id, 'operator').kind === 'refused') return
        const { assetTag = null, hwlabId = null } = known.get(step.thing) ?? {}
        known.set(step.thing, { ...record, assetTag, hwlabId })
      }
    },
    async told(scope: 'changes' | 'everything') {
      await drift.look(scope)
      const findings = drift.state().findings.filter(({ kind }) => kind !== 'unknown-tag')
      return findings.map(({ tag, kind, fields }) => ({ tag, isGone: kind === 'gone', fields })).sort(byTag)
    },
    async bruteForce() {
      const compared = things.map(async (thing) => {
        const [seen, record] = [known.get(thing), await now(thing)]
        if (!seen) throw new Error('never recorded')
        const fields = record ? fieldDrifts(seen, record) : []
        return { tag: seen.assetTag, isGone: record === null, fields }
      })
      return (await Promise.all(compared))
        .filter(({ isGone, fields }) => isGone || fields.length > 0)
        .sort(byTag)
    },
    async close(): Promise<void> {
      await drift.close()
      await outbox.stop()
      approvals.close()
      database.close()
    },
  }
}

function byTag(one: { tag: string | null }, other: { tag: string | null }): number {
  return (one.tag ?? '') < (other.tag ?? '') ? -1 : 1
}

test('whatever people, HWLab and clocks did, the report is what comparing everything by hand shows', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
      const world = await openWorld()
      try {
        for (const one of steps) await world.take(one)
        const truth = await world.bruteForce()
        expect(await world.told('changes')).toEqual(truth)
        expect(await world.told('everything')).toEqual(truth)
      } finally {
        await world.close()
      }
    }),
    { numRuns: 25 },
  )
}, 120_000)
