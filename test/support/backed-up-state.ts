import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from '../../agent/command.ts'
import backup from '../../agent/commands/backup.ts'
import { readConfig } from '../../agent/config.ts'
import { agentMigrations } from '../../agent/store/migrations-owner.ts'
import { labTables } from '../../mcp-servers/lab.ts'
import { insertAttachment } from '../../mcp-servers/netbox/attachments/attachments-table.ts'
import { allocateTag } from '../../mcp-servers/netbox/tags/tags.ts'
import { type LabDatabase, openDatabase } from '../../mcp-servers/serving/database.ts'
import { openStateFolder } from '../../mcp-servers/serving/state-folder.ts'

export type BackedUpState = Awaited<ReturnType<typeof openBackedUpState>>

/** A state that was backed up to `saved` when it had one tag and one photo, and has had a second of each since. */
export async function openBackedUpState() {
  const folder = mkdtempSync(join(tmpdir(), 'hwlab-restore-test-'))
  const read = readConfig({ HWLAB_STATE_DIR: 'state' }, folder)
  if (read.kind === 'refused') throw new Error(read.whys.join())
  const { config } = read
  const { stateDir } = config
  const saved = join(folder, 'saved')
  const opened = await openStateFolder(stateDir)
  if (opened.kind !== 'owner') throw new Error(opened.kind)
  opened.folder.close()

  const inState = <Result>(work: (database: LabDatabase) => Result) =>
    inDatabase(join(stateDir, 'hwlab.db'), work)

  async function run(command: Command, words: string[], says: boolean | null = null) {
    const printed: string[] = []
    const told: string[] = []
    const code = await command.run(words, {
      config,
      print: (line) => printed.push(line),
      tell: (line) => told.push(line),
      ...(says === null ? {} : { confirm: async () => says }),
    })
    return { code, printed: printed.join('\n'), told: told.join('\n') }
  }

  function live(database: LabDatabase, what: string): void {
    const sha256 = createHash('sha256').update(what).digest('hex')
    writeFileSync(join(stateDir, 'attachments', `${sha256}.jpg`), what, { mode: 0o600 })
    const size = { widthPixels: 1, heightPixels: 1 }
    insertAttachment(database, { id: what, sha256, name: what, ...size, sample: false, storedAtMs: 1 })
    allocateTag(database, what)
  }

  writeFileSync(join(stateDir, 'models.json'), '{"providers":[]}', { mode: 0o600 })
  inState((database) => live(database, 'one'))
  await run(backup, [saved])
  inState((database) => live(database, 'two'))
  writeFileSync(join(stateDir, 'models.json'), '{"providers":[],"since":true}')
  return {
    folder,
    stateDir,
    saved,
    inState,
    run,
    live,
    /** Folders in which restores have kept what was there. */
    asides: () =>
      readdirSync(stateDir)
        .filter((name) => name.startsWith('before-restore-'))
        .map((name) => join(stateDir, name)),
    remove: () => rmSync(folder, { recursive: true }),
  }
}

export function inDatabase<Result>(path: string, work: (database: LabDatabase) => Result): Result {
  const database = openDatabase(path, [...labTables, agentMigrations])
  try {
    return work(database)
  } finally {
    database.close()
  }
}

export function photosIn(database: LabDatabase): unknown[] {
  return database.prepare('select name from attachments').pluck().all()
}

/** Every file with its content, but the locks of processes. */
export function filesIn(path: string): Record<string, string> {
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter(
    (name) => statSync(join(path, name)).isFile() && !/owner\.|-(shm|wal)$/.test(name),
  )
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(path, name)).toString('base64')]))
}
