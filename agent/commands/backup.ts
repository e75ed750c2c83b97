import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { type Command, misused } from '../command.ts'

/** The database and its copies, which are not copied as files, and what belongs to a running process. */
const left = /^(hwlab.*\.db(-wal|-shm|-journal)?|owner\..*)$/

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
    mkdirSync(target, { recursive: true, mode: 0o700 })
    const database = new Database(join(from, 'hwlab.db'), { readonly: true })
    try {
      await database.backup(join(target, 'hwlab.db'))
    } finally {
      database.close()
    }
    for (const entry of readdirSync(from, { withFileTypes: true })) {
      if (left.test(entry.name) || !(entry.isFile() || entry.isDirectory())) continue
      cpSync(join(from, entry.name), join(target, entry.name), { recursive: true })
    }
    const copy = new Database(join(target, 'hwlab.db'), { readonly: true })
    try {
      const verdict = copy.pragma('integrity_check', { simple: true })
      if (verdict !== 'ok') {
        world.tell('The copy is damaged. Check the disk, then try again.')
        return 1
      }
    } finally {
      copy.close()
    }
    world.print(`Copied to ${target}. To use it, stop HWLab and set HWLAB_STATE_DIR to that folder.`)
    return 0
  },
}

export default backup
