import type { Approvals } from '../../approval/approvals.ts'
import type { ChangePlan, PlannedStep } from '../../approval/change-request.ts'
import type { Clock } from '../../serving/clock.ts'
import type { LabDatabase } from '../../serving/database.ts'
import type { Fault } from '../../serving/open-call.ts'
import { type Refusal, refused } from '../../serving/tool.ts'
import { type EachOutcome, type EachReport, runEach } from '../bulk/run-each.ts'
import type { Inventory } from '../client/inventory.ts'
import { openInventory } from '../client/open-inventory.ts'
import type { Rest } from '../client/rest.ts'
import { countText } from '../count-text.ts'
import type { IntakeStore } from '../intake/intake-store.ts'
import type { Outbox } from '../outbox/open-outbox.ts'
import type { Settled } from '../outbox/operation.ts'
import { buildRecords } from './build-records.ts'
import { refsIn } from './carried-fields.ts'
import {
  type CarriedRecord,
  type CarriedValue,
  carriedRecordSchema,
  hwlabIdOf,
  mainObject,
} from './carried-record.ts'
import { lookForObject } from './carry.ts'
import { objectWords } from './natural-keys.ts'
import { movedTable, readOwnRows } from './own-inventory.ts'

export interface MoveDeps {
  database: LabDatabase
  clock: Clock
  approvals: Approvals
  inventory: Inventory
  outbox: Outbox
  store: IntakeStore
  readOnly: boolean
  onFault?: ((fault: Fault) => void) | undefined
}

export interface MoveLook {
  kind: 'looked'
  /** "NetBox at https://netbox.lan". */
  target: string
  /** `done`: it would be created; `skipped`: there already; `failed`: something stands in its way. */
  report: EachReport
  /** "3 prefixes": what HWLab does not carry. */
  staying: string[]
}

/** Carries HWLab's own inventory into NetBox. */
export interface Move {
  /** What would happen; sends only GET. */
  look(): Promise<MoveLook | Refusal>
  /** Files one request for everything that is not in the way of something else. For a shell; no tool leads there. */
  propose(
    operator: string,
  ): Promise<
    | { kind: 'filed'; changeId: string; look: MoveLook }
    | { kind: 'nothing'; why: string; look: MoveLook }
    | Refusal
  >
  /** Records that are only in HWLab's own inventory while NetBox is the one in use. */
  countLeft(): number
}

export function openMove(deps: MoveDeps): Move {
  const { database, clock, approvals, inventory, outbox, store, readOnly } = deps
  const target = inventory.describe()
  const moved = movedTable(database)
  outbox.onSettled((settled) => keep(settled))

  /** Inside the transaction that marks the settlement as told. */
  function keep({ operation, intent, outcome }: Settled): void {
    if (operation !== 'carry_record' || outcome.kind !== 'confirmed' || outcome.record === null) return
    const main = mainObject(carriedRecordSchema.parse(intent))
    if (main === null) return
    const { record } = outcome
    const atMs = clock.nowMs()
    moved.moved(main.own, { target, record, atMs })
    // A part in a bay keeps a device without a tag beside its module: the tag says which one the item is.
    const item = record.assetTag === null ? null : store.items.find(hwlabIdOf(main) ?? '')
    if (!item) return
    const { kind, id, display: name, url } = record
    store.items.setRecord(item.id, { kind, id, name, url, confirmedAtMs: atMs })
    store.changed(item.id)
  }

  async function survey(): Promise<{ look: MoveLook; steps: PlannedStep[] } | Refusal> {
    if (inventory.kind === 'embedded')
      return refused(
        'HWLab uses its own inventory. Set NETBOX_URL and NETBOX_TOKEN, start HWLab again if it runs, then run this again.',
      )
    const probe = await inventory.probe()
    if (probe.kind !== 'ready') return refused(probe.why)
    const rows = await readOwnRows(openInventory({ kind: 'embedded', database, clock }).rest)
    const records = buildRecords(rows)
    if (!records.some((record) => mainObject(record)))
      return refused('HWLab’s own inventory holds no records, so there is nothing to move.')
    const done = moved.movedTo(target)
    const isMoved = (record: CarriedRecord) => done.has(mainObject(record)?.own ?? 0)
    const report = await runEach(records, {
      name: ({ title }) => title,
      run: async (record) =>
        isMoved(record)
          ? { kind: 'skipped', why: 'It was moved already.' }
          : lookAtRecord(inventory.rest, record),
      onFault: (cause) => deps.onFault?.({ tool: 'netbox.move', cause }),
    })
    const steps = records.flatMap((record, at): PlannedStep[] => {
      const outcome = report.items[at]?.outcome
      const isPlanned = outcome?.kind === 'done' || (outcome?.kind === 'skipped' && !isMoved(record))
      if (!isPlanned || (outcome.kind === 'skipped' && mainObject(record) === null)) return []
      const common = { payload: record, waitsFor: null, optional: false } as const
      return [{ kind: 'netbox.carry_record', title: `Move ${report.items[at]?.name}`, ...common }]
    })
    return { look: { kind: 'looked', target, report, staying: rows.staying }, steps }
  }

  return {
    async look() {
      const surveyed = await survey()
      return 'look' in surveyed ? surveyed.look : surveyed
    },
    async propose(operator) {
      if (readOnly) return refused('HWLab runs read-only (HWLAB_MODE). Nothing is moved.')
      const surveyed = await survey()
      if (!('look' in surveyed)) return surveyed
      const { look, steps } = surveyed
      if (steps.length === 0) return { kind: 'nothing', why: nothingWords(look), look }
      const from = {
        server: 'netbox',
        tool: 'move_inventory',
        requester: `operator:${operator}`,
        callKey: 'move',
      }
      const filed = approvals.fileIfRoom(movePlan(look, steps), from)
      return filed.kind === 'refused' ? filed : { kind: 'filed', changeId: filed.change.id, look }
    },
    countLeft: () => (inventory.kind === 'embedded' ? 0 : moved.countOnlyHere(target)),
  }
}

function nothingWords({ report, target }: MoveLook): string {
  return report.failed === 0
    ? `Everything is in ${target} already.`
    : `Nothing can be moved before what stands in the way is gone: ${countText(report.failed, 'record', 'records')}.`
}

function movePlan({ target, report, staying }: MoveLook, steps: PlannedStep[]): ChangePlan {
  const title = `Move HWLab’s own inventory to ${target}: ${countText(steps.length, 'part', 'parts')}`
  return {
    title,
    tier: 'bulk-or-destructive',
    steps,
    lines: report.items.flatMap(({ name, outcome }) =>
      outcome.kind === 'done' ? [{ label: name, before: null, after: outcome.words }] : [],
    ),
    warnings: [
      ...report.items.flatMap(({ name, outcome }) =>
        outcome.kind === 'failed' ? [`${name} stays: ${outcome.why}`] : [],
      ),
      ...(staying.length === 0 ? [] : [`These stay in HWLab’s own inventory: ${staying.join(', ')}.`]),
    ],
    itemId: null,
  }
}

async function lookAtRecord(rest: Rest, record: CarriedRecord): Promise<EachOutcome> {
  const unknown = record.objects.find(
    ({ endpoint, fields }) => endpoint === 'dcim/cables' && !hasEnds(record, fields),
  )
  if (unknown)
    return {
      kind: 'failed',
      why: 'It ends at a kind of port that HWLab does not carry. Connect it in NetBox.',
    }
  const ids = new Map<number, number>()
  const missing: string[] = []
  for (const object of record.objects) {
    const found = await lookForObject(rest, object, ids)
    if (found.kind === 'failed' || found.kind === 'taken') return { kind: 'failed', why: found.why }
    if (found.kind === 'have') {
      ids.set(object.own, found.id)
      if (object.how === 'record') return { kind: 'skipped', why: 'It is there already.' }
    } else if (object.how === 'record') return { kind: 'done', words: createdWords(record) }
    else if (mainObject(record) === null) missing.push(objectWords(object))
  }
  if (missing.length === 0) return { kind: 'skipped', why: 'All of them are there already.' }
  const named = missing.slice(0, 12).join(', ')
  return {
    kind: 'done',
    words: missing.length > 12 ? `added: ${named} and ${missing.length - 12} more` : `added: ${named}`,
  }
}

/** Both ends of a cable are carried with it. */
function hasEnds(record: CarriedRecord, fields: Record<string, CarriedValue>): boolean {
  return [fields.a_terminations, fields.b_terminations].every((side) => {
    const ends = side === undefined ? [] : refsIn(side)
    return ends.length > 0 && ends.every((own) => record.objects.some((object) => object.own === own))
  })
}

/** "created with 2 interfaces, 1 photo, 3 journal entries". */
function createdWords({ objects, photos, journal }: CarriedRecord): string {
  const ports = objects.filter(({ how, endpoint }) => how === 'add' && endpoint === 'dcim/interfaces').length
  const parts = [
    ...(ports === 0 ? [] : [countText(ports, 'interface', 'interfaces')]),
    ...(photos.length === 0 ? [] : [countText(photos.length, 'photo', 'photos')]),
    ...(journal.length === 0 ? [] : [countText(journal.length, 'journal entry', 'journal entries')]),
  ]
  return parts.length === 0 ? 'created' : `created with ${parts.join(', ')}`
}
