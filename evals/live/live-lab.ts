import { join } from 'node:path'
import { z } from 'zod'
import { commandsModel } from '../../agent/models/commands-model.ts'
import { listModels } from '../../agent/models/list-models.ts'
import type { ModelEntry } from '../../agent/models/model-entry.ts'
import type { ModelServer } from '../../agent/models/providers.ts'
import { openModelRoster } from '../../agent/models/roster.ts'
import { readFacts } from '../../agent/models/servers/read-facts.ts'
import { openSpend } from '../../agent/spend/open-spend.ts'
import { agentMigrations } from '../../agent/store/migrations-owner.ts'
import { modelFindingsTable } from '../../agent/store/model-findings.ts'
import { systemClock } from '../../mcp-servers/serving/clock.ts'
import { type LabDatabase, openDatabase } from '../../mcp-servers/serving/database.ts'
import type { LiveWorld } from '../worlds/live-world.ts'
import { type Measured, measure } from './measure.ts'
import { openWorldDatabase } from './world-database.ts'

/** A local model that has to be loaded first, and then thinks. */
const answerWithinMs = 600_000
export interface LiveLab {
  /** Every model that was tried and may be asked. */
  entries(): ModelEntry[]
  /** The name of its server and the version, with nothing that says where it is. */
  serverOf(key: string): Promise<{ name: string; version: string | null }>
  /** null: its server is away, or does not list it any more. */
  find(key: string): Promise<ModelEntry | null>
  /** Why the money does not allow another question; null: it does. */
  tooDear(entry: ModelEntry): string | null
  /** Does it in a world of its own, answered by this model. */
  inWorld<Value>(
    key: string,
    work: (live: LiveWorld) => Promise<Value>,
  ): Promise<{ value: Value; measured: Measured }>
  /** Does it with the model itself. */
  measured<Value>(work: () => Promise<Value>): Promise<{ value: Value; measured: Measured }>
  close(): Promise<void>
}

interface LiveLabOptions {
  folder: string
  servers: ModelServer[]
  budgetUsd: number
  progress(words: string): void
}

/** The operator's models, each tried once for the run, under one ledger with one cap. Resolves when all were tried. */
export async function openLiveLab({
  folder,
  servers,
  budgetUsd,
  progress,
}: LiveLabOptions): Promise<LiveLab> {
  const database = openDatabase(join(folder, 'run.db'), [agentMigrations])
  const worlds = openWorldDatabase(folder, database)
  const spend = openSpend({
    ...{ database, clock: systemClock, servers: () => servers, fetch: globalThis.fetch },
    ...{ audit() {}, onChange() {} },
    onError: () => progress('What an answer cost could not be asked; it counts in full until it is known.'),
  })
  await spend.setCaps({ queryUsd: budgetUsd, dayUsd: budgetUsd, monthUsd: budgetUsd }, 'evals --live')
  const watch = openWatch(progress)
  const roster = openModelRoster({
    ...{ providers: { servers: () => servers }, findings: modelFindingsTable(database), spend },
    ...{ clock: systemClock, fetch: globalThis.fetch, onChange: () => watch.changed(roster.views()) },
    commands: commandsModel({ connections: async () => [], remembered: () => [] }),
  })
  await roster.refresh()
  await watch.still(() => roster.views())
  for (const { name, tone, stateWords, fix } of roster.views())
    if (tone === 'bad') progress(`${name}: ${stateWords}. ${fix ?? ''}`)

  return {
    entries: () => roster.entries(),
    async serverOf(key) {
      const server = serverOf(key, servers)
      const facts = await readFacts(server, server.only, globalThis.fetch)
      return {
        name: facts?.software.name ?? server.name,
        version: shareable(facts?.models.get(server.only[0] ?? '')?.version ?? ''),
      }
    },
    async find(key) {
      const state = await listModels(serverOf(key, servers), globalThis.fetch)
      return state.kind === 'models' && state.missing.length === 0 ? roster.byKey(key) : null
    },
    tooDear: spend.tooDear,
    async inWorld(key, work) {
      const only = [serverOf(key, servers)]
      const before = callIds(database)
      let measured = measure(null, before)
      const value = await work({
        ...worlds.next((world) => {
          measured = measure(world, before)
        }),
        providers: { servers: () => only, view: () => null, reload() {}, watch() {}, close() {} },
        answerWithinMs,
      })
      return { value, measured }
    },
    async measured(work) {
      const before = callIds(database)
      const value = await work()
      return { value, measured: measure(database, before) }
    },
    async close() {
      await roster.close()
      await spend.close()
      database.close()
    },
  }
}

/** The server of this model, with nothing but this model. */
function serverOf(key: string, servers: ModelServer[]): ModelServer {
  for (const server of servers) {
    const { id, only } = server
    const model = key.startsWith(`${id}/`) ? key.slice(id.length + 1) : null
    if (model !== null && (only.length === 0 || only.includes(model))) return { ...server, only: [model] }
  }
  throw new Error(`No server has ${key}`)
}

/** Builds and paths stay here: of `b6700 /models/x.gguf` only the first word leaves. */
function shareable(version: string): string | null {
  const [first = ''] = version.split(' ')
  return first === '' || first.includes('/') ? null : first
}

interface View {
  stateWords: string
  tone: string
}

/** Tells what is being tried, and when nothing is any more. */
function openWatch(progress: (words: string) => void) {
  const waiting = new Set<() => void>()
  let last = ''
  return {
    changed(views: View[]): void {
      const trying = views.find(({ stateWords }) => stateWords.startsWith('Trying'))?.stateWords ?? ''
      if (trying !== '' && trying !== last) progress(trying)
      last = trying
      for (const resolve of waiting) resolve()
      waiting.clear()
    },
    async still(views: () => View[]): Promise<void> {
      while (views().some(({ tone }) => tone === 'working'))
        await new Promise<void>((resolve) => waiting.add(resolve))
    },
  }
}

function callIds(database: LabDatabase): Set<string> {
  const rows = z
    .array(z.object({ id: z.string() }))
    .parse(database.prepare('select id from model_calls').all())
  return new Set(rows.map(({ id }) => id))
}
