import { copyFileSync, existsSync, rmSync } from 'node:fs'
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
import { labTables } from '../../mcp-servers/lab.ts'
import { systemClock } from '../../mcp-servers/serving/clock.ts'
import { type LabDatabase, openDatabase } from '../../mcp-servers/serving/database.ts'
import type { LiveWorld } from '../worlds/live-world.ts'
import { type Measured, measure } from './measure.ts'

/** A local model that has to be loaded first, and then thinks. */
const answerWithinMs = 600_000
/** What a world has to know, and what the next one has to know of it. */
const told = ['model_findings', 'model_calls', 'model_prices', 'spend_caps', 'token_corrections']
const learned = ['model_calls', 'model_prices', 'token_corrections']

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
  const worldPath = join(folder, 'world.db')
  const database = openDatabase(join(folder, 'run.db'), [agentMigrations])
  absorbWorld(worldPath, database)
  const emptyPath = join(folder, 'empty.db')
  openDatabase(emptyPath, [...labTables, agentMigrations]).close()
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

  const serverRow = (key: string) => servers.find((server) => modelIn(server, key) !== null)
  function liveWorld(key: string, seen: (world: LabDatabase) => void): LiveWorld {
    const server = serverRow(key)
    const only = server ? [{ ...server, only: [modelIn(server, key) ?? ''] }] : []
    return {
      ...{ databasePath: worldPath, answerWithinMs },
      providers: { servers: () => only, view: () => null, reload() {}, watch() {}, close() {} },
      begin(world) {
        // A power cut may lose a question of a trial; a crash of the program does not.
        world.pragma('synchronous = off')
        copyRows(database, world, told)
      },
      end(world) {
        seen(world)
        copyRows(world, database, learned)
      },
    }
  }
  return {
    entries: () => roster.entries(),
    async serverOf(key) {
      const server = serverRow(key)
      const id = server ? modelIn(server, key) : null
      if (!server || id === null) return { name: 'unknown', version: null }
      const facts = await readFacts(server, [id], globalThis.fetch)
      return {
        name: facts?.software.name ?? server.name,
        version: shareable(facts?.models.get(id)?.version ?? ''),
      }
    },
    async find(key) {
      const server = serverRow(key)
      const id = server ? modelIn(server, key) : null
      if (!server || id === null) return null
      const state = await listModels({ ...server, only: [id] }, globalThis.fetch)
      return state.kind === 'models' && state.missing.length === 0 ? roster.byKey(key) : null
    },
    tooDear: spend.tooDear,
    async inWorld(key, work) {
      removeDatabase(worldPath)
      copyFileSync(emptyPath, worldPath)
      const before = callIds(database)
      let measured = measure(null, before)
      const value = await work(
        liveWorld(key, (world) => {
          measured = measure(world, before)
        }),
      )
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

/** The id of the model, when it is of this server; null: it is not. */
function modelIn({ id, only }: ModelServer, key: string): string | null {
  const model = key.startsWith(`${id}/`) ? key.slice(id.length + 1) : null
  return model !== null && (only.length === 0 || only.includes(model)) ? model : null
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

/** A run that was killed left a world behind: what was spent there counts. */
function absorbWorld(path: string, database: LabDatabase): void {
  if (!existsSync(path)) return
  const world = openDatabase(path, [agentMigrations])
  copyRows(world, database, learned)
  world.close()
  removeDatabase(path)
}

function removeDatabase(path: string): void {
  for (const end of ['', '-wal', '-shm']) rmSync(`${path}${end}`, { force: true })
}

const rowsSchema = z.array(z.record(z.string(), z.unknown()))

function copyRows(from: LabDatabase, to: LabDatabase, tables: string[]): void {
  to.transaction(() => {
    for (const table of tables)
      for (const row of rowsSchema.parse(from.prepare(`select * from ${table}`).all())) {
        const columns = Object.keys(row)
        to.prepare(
          `insert or replace into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`,
        ).run(...Object.values(row))
      }
  })()
}

function callIds(database: LabDatabase): Set<string> {
  const rows = z
    .array(z.object({ id: z.string() }))
    .parse(database.prepare('select id from model_calls').all())
  return new Set(rows.map(({ id }) => id))
}
