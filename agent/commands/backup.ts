import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { type Command, type CommandWorld, misused } from '../command.ts'
import { isPlainFile } from './restore/stage-backup.ts'

const backup: Command = {
  name: 'backup',
  usage: ['backup <folder>'],
  what: 'copies everything that HWLab keeps into a new folder, also while it runs',
  async run(words, world) {
    const [to] = words
    if (!to || words.length > 1) return misused(backup, world)
    const from = world.config.stateDir
    if (!existsSync(join(from, 'hwlab.db'))) {
      world.tell(`There is no HWLab in ${from} yet. Start it first: npm start`)
      return 1
    }
    const target = resolve(to)
    if (existsSync(target)) {
      world.tell(`${target} is there already. Name a new folder, so that no older backup is lost.`)
      return 1
    }
    if (!relative(from, target).startsWith('..')) {
      world.tell(`${target} is inside what is copied. Name a folder outside ${from}.`)
      return 1
    }
    return copyInto(target, from, world)
  },
}

export default backup

/** Under another name until all of it is there: what is named like a backup is a whole one. */
async function copyInto(target: string, from: string, world: CommandWorld): Promise<number> {
  const unfinished = `${target}.unfinished`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { recursive: true, mode: 0o700 })
  try {
    await copyDatabase(join(from, 'hwlab.db'), join(unfinished, 'hwlab.db'))
    for (const name of readdirSync(from).filter(isPlainFile))
      cpSync(join(from, name), join(unfinished, name), {
        ...{ recursive: true, dereference: true },
        filter: isWholeFile,
      })
    if (!isWhole(join(unfinished, 'hwlab.db'))) {
      world.tell('The copy is damaged. Check the disk, then try again.')
      return 1
    }
    renameSync(unfinished, target)
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown reason'
    world.tell(`There is no backup, because ${target} could not be written: ${why}`)
    return 1
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
  world.print(
    `Copied to ${target}. To go back to it, or to move to another machine: npx hwlab restore ${target}`,
  )
  return 0
}

async function copyDatabase(from: string, to: string): Promise<void> {
  const database = new Database(from, { readonly: true })
  try {
    // In one go: a copy in slices begins anew with every write of another process, and HWLab may write all the time.
    await database.backup(to, { progress: ({ totalPages }) => totalPages + 1 })
    chmodSync(to, 0o600)
  } finally {
    database.close()
  }
}

/** A file that is being written is gone under that name in a moment. */
function isWholeFile(path: string): boolean {
  if (/\.(part|unfinished|next)$/.test(path)) return false
  const found = statSync(path, { throwIfNoEntry: false })
  return found !== undefined && (found.isFile() || found.isDirectory())
}

function isWhole(path: string): boolean {
  const copy = new Database(path)
  try {
    // So that the copy is one file.
    copy.pragma('journal_mode = DELETE')
    return copy.pragma('integrity_check', { simple: true }) === 'ok'
  } finally {
    copy.close()
  }
}
