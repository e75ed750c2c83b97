import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { Fault } from '../../../support/faulty-fetch.ts'
import { lateMostMs, randomFault } from '../../../support/random-fault.ts'
import {
  type Action,
  type Attack,
  action,
  type Device,
  devicesOf,
  fields,
  openAttack,
  rowsAt,
} from './attack.ts'
import { type AttackedWorld, attackedWorld } from './attacked-world.ts'
import { desiredItem } from './queue-world.ts'

const runs = 80

const things = [1, 2, 3]
const named = z.looseObject({ name: z.string() })
const noted = z.looseObject({ comments: z.string(), assigned_object_id: z.number() })

/** What is open waits only behind what needs a person: trouble stays where it is. */
async function untilNothingMoves(lab: AttackedWorld): Promise<void> {
  for (let round = 0; round < 60; round += 1) {
    await lab.pass(60_000)
    const open = lab
      .outbox()
      .view()
      .filter(({ tone }) => tone === 'working')
    if (open.every(({ stateWords }) => stateWords.includes('which needs you') || isBehind(lab, stateWords)))
      return
  }
  expect(
    lab
      .outbox()
      .view()
      .filter(({ tone }) => tone === 'working'),
  ).toEqual([])
}

/** Behind something that itself is behind something that needs a person. */
function isBehind(lab: AttackedWorld, stateWords: string): boolean {
  return stateWords.startsWith('Waits for ') && lab.outbox().status().needsHuman > 0
}

/** People settle what is left: first another try, then a choice or a cancellation. */
async function untilSettled(lab: AttackedWorld): Promise<number> {
  let byHand = 0
  for (let round = 0; round < 30; round += 1) {
    await untilNothingMoves(lab)
    const open = lab
      .outbox()
      .view()
      .filter(({ tone }) => tone !== 'good' && tone !== 'muted')
    if (open.length === 0) return byHand
    for (const row of open) {
      if (row.state === 'conflict') lab.outbox().choose(row.id, round % 2 === 0 ? {} : allMine(row.conflict))
      else if (row.state === 'needs_human' && round < 3) lab.outbox().retry(row.id)
      else if (row.state === 'needs_human') lab.outbox().cancel(row.id)
      if (row.tone === 'ask') byHand += 1
    }
  }
  throw new Error(`not settled: ${JSON.stringify(lab.outbox().view())}`)
}

function allMine(conflict: readonly { field: string }[]): Record<string, 'mine'> {
  return Object.fromEntries(conflict.map(({ field }) => [field, 'mine' as const]))
}

function lastOutcomes(lab: AttackedWorld): Map<string, string> {
  const last = new Map<string, string>()
  for (const { operationKey, outcome } of lab.settled) {
    expect(['confirmed', 'cancelled']).not.toContain(last.get(operationKey))
    last.set(operationKey, outcome.kind)
  }
  return last
}

function superseded(lab: AttackedWorld): number {
  const counted = lab.database
    .prepare<[], { count: number }>(
      "select count(*) as count from outbox_operations where state = 'superseded'",
    )
    .get()
  return counted?.count ?? 0
}

/** The values that a field may have: what was confirmed last, what was cancelled half-way, or what somebody else wrote. */
function allowed(
  lab: AttackedWorld,
  attack: Attack,
  thing: number,
  field: (typeof fields)[number],
): string[] {
  const { assetTag, serial, comments } = desiredItem(thing)
  const changes = lab.database
    .prepare<[string], { intent: string; state: string }>(
      `select intent, state from outbox_operations
       where kind = 'change_record' and subject = ? and maybe_sent = 1 order by position`,
    )
    .all(assetTag)
    .flatMap(({ intent, state }) => {
      const edits: Record<string, { base: string; mine: string }> = JSON.parse(intent).fields
      const edit = edits[field]
      return edit && edit.base !== edit.mine ? [{ state, value: edit.mine }] : []
    })
  const last = changes.findLastIndex(({ state }) => state === 'confirmed')
  const first = field === 'serial' ? (serial ?? '') : comments
  return [
    changes[last]?.value ?? first,
    ...changes.slice(last + 1).map(({ value }) => value),
    ...(attack.strangers.get(`${thing} ${field}`) ?? []),
  ]
}

async function inspect(lab: AttackedWorld, attack: Attack): Promise<{ lost: number; doubled: number }> {
  const outcomes = lastOutcomes(lab)
  const keys = [...attack.asked.keys()]
  const lost = keys.filter((key) => !['confirmed', 'cancelled'].includes(outcomes.get(key) ?? '')).length
  let doubled = 0
  const expectMost = (most: number, least: number, found: number) => {
    if (found > most) doubled += 1
    expect(found).toBeGreaterThanOrEqual(least)
  }
  const journal = await rowsAt(lab, 'extras/journal-entries/?limit=1000', noted)
  for (const thing of things) {
    const isSure = outcomes.get(`create-${thing}`) === 'confirmed' ? 1 : 0
    const devices: Device[] = await devicesOf(lab, thing)
    expectMost(1, isSure, devices.length)
    for (const device of devices) {
      const images = await rowsAt(
        lab,
        `extras/image-attachments/?object_type=dcim.device&object_id=${device.id}`,
        named,
      )
      // What a person cancels half-way may leave a twin of a photo, an address or a note.
      const most = outcomes.get(`create-${thing}`) === 'cancelled' ? 2 : 1
      expectMost(most, isSure, images.length)
      const macs = await rowsAt(lab, `dcim/mac-addresses/?device_id=${device.id}`, z.looseObject({}))
      expectMost(most, thing === 1 ? isSure : 0, macs.length)
      if (isSure === 1)
        for (const field of fields) expect(allowed(lab, attack, thing, field)).toContain(device[field])
    }
  }
  const cancelled = lab.database
    .prepare<[], { id: string }>("select id from outbox_operations where state = 'cancelled'")
    .all()
    .map(({ id }) => `HWLab op:${id}`)
  const marks = journal
    .flatMap(({ comments }) => /HWLab op:\w+/.exec(comments) ?? [])
    .filter((mark) => !cancelled.includes(mark))
  doubled += marks.length - new Set(marks).size
  const links = (await rowsAt(lab, 'extras/tags/?limit=1000', named)).map(({ name }) => name)
  for (const key of keys.filter((one) => one.startsWith('link-')))
    expectMost(1, outcomes.get(key) === 'confirmed' ? 1 : 0, links.filter((name) => name === key).length)
  return { lost, doubled }
}

test(`${runs} runs of people, strangers, faults, deaths and set clocks: nothing lost, nothing doubled, everything in order`, async () => {
  const total = {
    operations: 0,
    requests: 0,
    faults: 0,
    deaths: 0,
    byHand: 0,
    merged: 0,
    lost: 0,
    doubled: 0,
  }
  const actions: fc.Arbitrary<Action[]> = fc.array(action, { minLength: 8, maxLength: 30, size: 'max' })
  const faults = fc.array(randomFault(14), { minLength: 60, maxLength: 120, size: 'max' })
  const quietStart = fc.nat(60)
  await fc.assert(
    fc.asyncProperty(actions, quietStart, faults, async (acts, quiet, unlucky) => {
      const lab = attackedWorld([...unlucky, ...Array<Fault>(quiet).fill({ kind: 'none' })])
      const attack = openAttack(lab)
      for (const thing of things) await attack.act({ kind: 'create', thing })
      await attack.act({ kind: 'pass', forMs: 60_000 })
      for (const one of acts) await attack.act(one)
      lab.quieten()
      const byHand = await untilSettled(lab)
      await lab.pass(lateMostMs + 400_000)
      const { lost, doubled } = await inspect(lab, attack)
      await lab.stop()
      expect({ lost, doubled, violations: lab.violations, bugs: lab.bugs }).toEqual({
        ...{ lost: 0, doubled: 0, violations: [], bugs: [] },
      })
      total.operations += attack.asked.size
      total.requests += lab.seen.requests
      total.faults += lab.seen.faults
      total.deaths += lab.seen.deaths
      total.byHand += byHand
      total.merged += superseded(lab)
    }),
    { numRuns: runs, endOnFailure: true },
  )
  process.stderr.write(`${runs} runs: ${JSON.stringify(total)}\n`)
}, 120_000)
