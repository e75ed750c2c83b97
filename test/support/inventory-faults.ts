import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Inventory } from '../../mcp-servers/netbox/client/inventory.ts'
import { openInventory } from '../../mcp-servers/netbox/client/open-inventory.ts'
import type { Fetch } from '../../mcp-servers/netbox/client/rest.ts'
import { type Outbox, openOutbox } from '../../mcp-servers/netbox/outbox/open-outbox.ts'
import type { LabDatabase } from '../../mcp-servers/serving/database.ts'
import { FakeClock } from './fake-clock.ts'
import type { FaultWork, OpenedWork } from './fault-work/fault-work.ts'
import { Tally } from './fault-work/tally.ts'
import { type FaultyFetch, faultyFetch } from './faulty-fetch.ts'
import { InventoryWorld } from './inventory-world.ts'
import { lateMostMs, randomFault } from './random-fault.ts'

export interface InventoryUnderFaults {
  /** Reaches the inventory; the faults are put in front of it. */
  fetch: Fetch
  url: string
  token: string
  /** Begins the name of everything that the suite makes. */
  prefix: string
  photo: Uint8Array
  outboxDatabase: LabDatabase
  moveUntil(on: { clock: FakeClock; faulty: FaultyFetch; isDone(): boolean; endMs?: number }): Promise<void>
  cleanUp(inventory: Inventory): Promise<void>
}

/**
 * Work through a connection on which every fourth write and every fifteenth read or so goes wrong. Time is the test's own:
 * waits cost nothing, a real server works at its own speed.
 */
export function inventoryFaults(
  { work, operations, seed }: { work: FaultWork; operations: number; seed: number },
  open: () => Promise<InventoryUnderFaults>,
): void {
  test(`through a bad connection, ${work.words(operations)}`, async () => {
    const bench = await open()
    const { fetch, url, token } = bench
    const clock = new FakeClock()
    const over = (fetch: Fetch) => openInventory({ kind: 'netbox', url, token, caFile: null, fetch, clock })
    const direct = over(fetch)
    const seen = { requests: 0, faults: 0, forPerson: 0 }
    const tally = new Tally()
    const bugs: unknown[] = []
    const confirmed = new Set<string>()
    try {
      const opened = await work.open(new InventoryWorld(direct, bench.prefix), operations)
      const faulty = faultyFetch({
        inner: wholeAnswers(fetch, opened),
        clock,
        next: randomFaults(seed, seen),
      })
      const outbox = openOutbox({
        database: bench.outboxDatabase,
        clock,
        inventory: over(faulty.fetch),
        photoBytes: async () => bench.photo,
        random: () => 0.5,
        report: (error) => bugs.push(error),
      })
      outbox.onSettled(({ operationKey, outcome }) => {
        if (outcome.kind === 'confirmed') confirmed.add(operationKey)
      })
      outbox.start()
      for (const { key, kind, intent } of opened.planned) outbox.enqueue(key, kind, intent)
      await bench.moveUntil({
        clock,
        faulty,
        isDone() {
          seen.forPerson += actAsPerson(outbox, opened)
          return confirmed.size >= operations
        },
      })
      const endMs = clock.steadyMs() + lateMostMs + 400_000
      await bench.moveUntil({ clock, faulty, isDone: () => clock.steadyMs() >= endMs, endMs })
      await outbox.stop()
      await opened.count(tally)
      process.stderr.write(
        `${operations} operations, ${seen.requests} requests, ${seen.faults} faults: ${tally.words()}, ${seen.forPerson} for a person\n`,
      )
      expect(tally).toEqual(new Tally())
      expect([[...confirmed].sort(), bugs]).toEqual([opened.planned.map(({ key }) => key).sort(), []])
      expect(seen.faults).toBeGreaterThan(operations / 2)
    } finally {
      await bench.cleanUp(direct)
      bench.outboxDatabase.close()
    }
  }, 600_000)
}

function randomFaults(seed: number, seen: { requests: number; faults: number }) {
  const onReads = fc.sample(randomFault(112), { seed, numRuns: 20_000 })
  const onWrites = fc.sample(randomFault(24), { seed: seed + 1, numRuns: 20_000 })
  return (request: Request) => {
    seen.requests += 1
    const reads = request.method === 'GET'
    const fault = (reads ? onReads : onWrites).pop() ?? { kind: 'none' as const }
    if (fault.kind === 'none' || (reads && fault.kind === 'integrity-error')) return { kind: 'none' as const }
    seen.faults += 1
    return fault
  }
}

/** Retries what was tried too often and chooses in conflicts; anything else needs no person here. */
function actAsPerson(outbox: Outbox, { choose }: OpenedWork): number {
  let acts = 0
  for (const { id, operationKey, state, why, conflict } of outbox.view()) {
    if (state === 'conflict' && choose) {
      const choices = conflict.map(({ field }) => [field, choose(operationKey)] as const)
      expect(outbox.choose(id, Object.fromEntries(choices))).toEqual({ kind: 'done' })
    } else if (state === 'needs_human') {
      expect(why).toMatch(/^Tried \d+ times/)
      outbox.retry(id)
    } else continue
    acts += 1
  }
  return acts
}

/** The answer is read to its end before time moves on. */
function wholeAnswers(inner: Fetch, { before }: OpenedWork): Fetch {
  return async (request) => {
    await before?.(request)
    const { status, headers, body } = await inner(request).then(async (answer) => ({
      status: answer.status,
      headers: answer.headers,
      body: await answer.arrayBuffer(),
    }))
    return new Response(body.byteLength === 0 ? null : body, { status, headers })
  }
}
