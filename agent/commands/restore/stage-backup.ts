import { chmodSync, copyFileSync, cpSync, existsSync, lstatSync, readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { holdStateFolder } from '../../../mcp-servers/serving/state-folder.ts'
import { isBesideState } from '../../../mcp-servers/serving/swap-state.ts'
import { type Refusal, refused } from '../../../mcp-servers/serving/tool.ts'

const databaseName = 'hwlab.db'
/** The database and its copies are not copied like other files. */
const databasePattern = /^hwlab.*\.db(-wal|-shm|-journal)?$/

/** Whether something in a state folder is copied as it is. */
export function isPlainFile(name: string): boolean {
  return !databasePattern.test(name) && !isBesideState(name)
}

export interface BackupPlace {
  kind: 'backup'
  path: string
  database: string
  /** The folder with everything else. */
  rest: string
}

/** A folder that `hwlab backup` made, or a copy of the database alone, to which the photos and settings of today belong. */
export function findBackup(path: string, stateDir: string): BackupPlace | Refusal {
  if (!existsSync(path)) return refused(`${path} is not there. Name the folder that npx hwlab backup made.`)
  if (resolve(path) === resolve(stateDir, databaseName) || resolve(path) === resolve(stateDir))
    return refused(`${path} is what HWLab uses now. Name a backup of it.`)
  if (statSync(path).isFile()) return { kind: 'backup', path, database: path, rest: stateDir }
  const database = join(path, databaseName)
  if (!existsSync(database))
    return refused(`${path} holds no ${databaseName}. Name the folder that npx hwlab backup made.`)
  return { kind: 'backup', path, database, rest: path }
}

/**
 * Copies a backup into an empty folder, readable by its owner only; the backup stays as it is. Null: done. A sentence:
 * why not.
 */
export async function stageBackup(place: BackupPlace, to: string): Promise<string | null> {
  const isStateFolder = place.rest === place.path && existsSync(join(place.path, 'owner.lock'))
  const held = isStateFolder ? await holdStateFolder(place.path, 0) : null
  if (held && held.kind !== 'held')
    return `HWLab runs with ${place.path}. Make a backup of it with npx hwlab backup, and restore that.`
  try {
    copyAll(place, to)
    return null
  } finally {
    held?.release()
  }
}

function copyAll({ database, rest }: BackupPlace, to: string): void {
  for (const log of ['', '-wal', '-journal'])
    if (existsSync(database + log)) copyFileSync(database + log, join(to, databaseName + log))
  for (const name of existsSync(rest) ? readdirSync(rest) : [])
    if (isPlainFile(name))
      cpSync(join(rest, name), join(to, name), { recursive: true, filter: isFileOrFolder })
  closeToOthers(to)
}

/** A link in a backup could lead anywhere. */
function isFileOrFolder(path: string): boolean {
  const found = lstatSync(path)
  return found.isFile() || found.isDirectory()
}

function closeToOthers(path: string): void {
  const isFolder = statSync(path).isDirectory()
  chmodSync(path, isFolder ? 0o700 : 0o600)
  if (isFolder) for (const name of readdirSync(path)) closeToOthers(join(path, name))
}
