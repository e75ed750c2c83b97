import { copyFileSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { agentMigrations } from '../../agent/store/migrations-owner.ts'
import { labTables } from '../../mcp-servers/lab.ts'
import { type LabDatabase, openDatabase } from '../../mcp-servers/serving/database.ts'
import type { LiveWorld } from '../worlds/live-world.ts'

/** What a world has to know, and what the next one has to know of it. */
const told = ['model_findings', 'model_calls', 'model_prices', 'spend_caps', 'token_corrections']
const learned = ['model_calls', 'model_prices', 'token_corrections']

/** The database of one world after the other; what the run learned and spent goes in and out. */
export function openWorldDatabase(folder: string, database: LabDatabase) {
  const path = join(folder, 'world.db')
  absorbWorld(path, database)
  const emptyPath = join(folder, 'empty.db')
  openDatabase(emptyPath, [...labTables, agentMigrations]).close()
  return {
    /** `seen` is shown the world at its end. */
    next(seen: (world: LabDatabase) => void): Pick<LiveWorld, 'databasePath' | 'begin' | 'end'> {
      removeDatabase(path)
      copyFileSync(emptyPath, path)
      return {
        databasePath: path,
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
