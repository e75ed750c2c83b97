import { openInventory } from '../../../../mcp-servers/netbox/client/open-inventory.ts'
import type { Fetch } from '../../../../mcp-servers/netbox/client/rest.ts'
import { openEmbeddedNetbox } from '../../../../mcp-servers/netbox/embedded/open-embedded-netbox.ts'
import { type Outbox, openOutbox } from '../../../../mcp-servers/netbox/outbox/open-outbox.ts'
import type { Settled } from '../../../../mcp-servers/netbox/outbox/operation.ts'
import { type OperationKind, operationKinds } from '../../../../mcp-servers/netbox/outbox/operation-kind.ts'
import type { Clock } from '../../../../mcp-servers/serving/clock.ts'
import { FakeClock } from '../../../support/fake-clock.ts'
import { type Fault, faultyFetch, htmlPage } from '../../../support/faulty-fetch.ts'
import { linkTwo } from './linking-kind.ts'
import { labDatabase, moveUntil, photo } from './queue-world.ts'

/** How the server is for a while, whatever is asked. */
export type Mood = 'well' | 'gone' | 'token-revoked' | 'redis-down' | 'sign-in-page'

/** Ends a life of the process at a request that counts from now on; the server has carried it out or not. */
export interface Death {
  afterRequests: number
  done: boolean
}

const kinds: OperationKind<unknown>[] = [...operationKinds.values(), linkTwo]
const never = new Promise<never>(() => undefined)

/** An outbox that dies and comes back over one database, and a server that other people use as well. */
export function attackedWorld(faults: Fault[]) {
  const clock = new FakeClock()
  const database = labDatabase()
  const server = openEmbeddedNetbox({ database: labDatabase(), nowMs: () => clock.steadyMs() })
  const seen = { requests: 0, faults: 0, deaths: 0 }
  const refusedTags = new Set<string>()
  const violations: string[] = []
  const settled: Settled[] = []
  const bugs: unknown[] = []
  let mood: Mood = 'well'
  let death: Death | null = null
  let life = { isOver: false }

  const faulty = faultyFetch({
    inner: (request) => inMood(mood, refusedTags, server, request),
    clock: { nowMs: () => clock.steadyMs(), after: (delayMs, action) => clock.after(delayMs, action) },
    next(request) {
      seen.requests += 1
      const next = mood === 'gone' ? ({ kind: 'refused' } as const) : (faults.pop() ?? { kind: 'none' })
      if (next.kind === 'integrity-error' && request.method !== 'POST') return { kind: 'none' }
      if (next.kind !== 'none') seen.faults += 1
      return next
    },
  })

  function isDeadly(): boolean {
    if (death === null) return false
    death.afterRequests -= 1
    return death.afterRequests < 0
  }

  function open(): Outbox {
    const mine = { isOver: false }
    life = mine
    const fetch: Fetch = async (request) => {
      if (mine.isOver) return never
      if (isDeadly()) {
        const { done } = death ?? { done: false }
        death = null
        mine.isOver = true
        seen.deaths += 1
        if (done) await faulty.fetch(request).catch(() => undefined)
        return never
      }
      const answer = await faulty
        .fetch(request)
        .catch((error: unknown) => (mine.isOver ? never : Promise.reject(error)))
      return mine.isOver ? never : answer
    }
    const mortal: Clock = {
      nowMs: () => clock.nowMs(),
      after: (delayMs, action) => clock.after(delayMs, () => mine.isOver || action()),
    }
    const outbox = openOutbox({
      database,
      clock: mortal,
      inventory: openInventory({
        kind: 'netbox',
        url: 'http://netbox.test',
        token: 'x'.repeat(40),
        caFile: null,
        fetch,
        clock: mortal,
      }),
      photoBytes: () => photo,
      random: () => 0.5,
      report: (error) => bugs.push(error),
      kinds: new Map(kinds.map((kind) => [kind.kind, inOrder(kind)])),
    })
    outbox.onSettled((one) => settled.push(one))
    outbox.start()
    return outbox
  }

  /** What shares a thing must not run at the same time, nor before what was there earlier. */
  function inOrder(kind: OperationKind<unknown>): OperationKind<unknown> {
    return {
      ...kind,
      async attempt(bench, operation) {
        const subjects = JSON.stringify(kind.subjects(operation.intent))
        const earlier = database
          .prepare<[number, string, string], { id: string; state: string }>(
            `select id, state from outbox_operations as one
             where position < ? and state not in ('confirmed', 'cancelled', 'superseded')
               and (subject in (select value from json_each(?)) or exists (
                 select 1 from outbox_touches where operation_id = one.id
                   and outbox_touches.subject in (select value from json_each(?))))`,
          )
          .all(operation.position, subjects, subjects)
        for (const other of earlier)
          violations.push(`${operation.id} ran before ${other.id} (${other.state})`)
        return kind.attempt(bench, operation)
      },
    }
  }

  let outbox = open()
  return {
    clock,
    database,
    server,
    seen,
    refusedTags,
    violations,
    settled,
    bugs,
    outbox: () => outbox,
    isDead: () => life.isOver,
    async stop(): Promise<void> {
      death = null
      if (life.isOver) return
      let isStopped = false
      const stopping = outbox.stop().then(() => {
        isStopped = true
      })
      await moveUntil({ clock, faulty, isDone: () => isStopped })
      await stopping
      life.isOver = true
    },
    open(): void {
      outbox = open()
    },
    setMood(next: Mood): void {
      mood = next
    },
    dieAt(next: Death): void {
      death = next
    },
    quieten(): void {
      faults.length = 0
      death = null
      mood = 'well'
      refusedTags.clear()
    },
    /** Time passes, until that long or until the process dies. */
    async pass(forMs: number): Promise<void> {
      const endMs = clock.steadyMs() + forMs
      await moveUntil({ clock, faulty, isDone: () => life.isOver || clock.steadyMs() >= endMs, endMs })
    },
  }
}

export type AttackedWorld = ReturnType<typeof attackedWorld>

async function inMood(
  mood: Mood,
  refusedTags: ReadonlySet<string>,
  server: Fetch,
  request: Request,
): Promise<Response> {
  if (mood === 'token-revoked') return Response.json({ detail: 'Invalid v1 token' }, { status: 403 })
  if (mood === 'redis-down') return htmlPage(500)
  if (mood === 'sign-in-page') return htmlPage(200)
  if (request.method === 'POST' && request.url.endsWith('/dcim/devices/')) {
    const text = await request.clone().text()
    for (const tag of refusedTags)
      if (text.includes(`"${tag}"`)) return Response.json({ serial: ['Not this one.'] }, { status: 400 })
  }
  return server(request)
}
