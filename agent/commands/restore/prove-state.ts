import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { openAudit } from '../../../mcp-servers/approval/audit.ts'
import { labTables, openLab } from '../../../mcp-servers/lab.ts'
import { countText } from '../../../mcp-servers/netbox/count-text.ts'
import { exportQueue } from '../../../mcp-servers/netbox/outbox/export-queue.ts'
import { systemClock } from '../../../mcp-servers/serving/clock.ts'
import { openDatabase, sentenceFor } from '../../../mcp-servers/serving/database.ts'
import { type Refusal, refused } from '../../../mcp-servers/serving/tool.ts'
import { exportConversations } from '../../memory/export-conversations.ts'
import { factsTable } from '../../store/facts.ts'
import type { LabDatabase } from '../../store/lab-database.ts'
import { agentMigrations } from '../../store/migrations-owner.ts'

/** The database of a copied backup, sound and brought up to date; or why it is none. */
export function openStaged(
  folder: string,
  named: string,
): { kind: 'opened'; database: LabDatabase } | Refusal {
  const path = join(folder, 'hwlab.db')
  try {
    const damage = damageOf(path)
    if (damage !== null) return refused(`${named} ${damage}`)
    return { kind: 'opened', database: openDatabase(path, [...labTables, agentMigrations]) }
  } catch (error) {
    if (error instanceof Database.SqliteError && /^SQLITE_(NOTADB|CORRUPT)/.test(error.code))
      return refused(`${named} is damaged. Take another backup.`)
    const told = sentenceFor(error, named)
    return refused(told instanceof Error ? told.message : `${named} cannot be read.`)
  }
}

function damageOf(path: string): string | null {
  const database = new Database(path)
  try {
    if (database.pragma('integrity_check', { simple: true }) !== 'ok')
      return 'is damaged. Take another backup.'
    const isOurs = database
      .prepare(
        "select 1 from sqlite_schema where name = 'tag_sequence' and exists (select 1 from sqlite_schema where name = 'migrations')",
      )
      .get()
    if (!isOurs) return 'is no database of HWLab. Name the folder that npx hwlab backup made.'
    const [loose] = database.prepare<[], { table: string }>('pragma foreign_key_check').all()
    return loose ? `is damaged: “${loose.table}” names things that are not there. Take another backup.` : null
  } finally {
    database.close()
  }
}

/** Opens and reads everything as a start would, without starting it. What is wrong but keeps nothing from working. */
export async function proveState(folder: string, database: LabDatabase): Promise<string[]> {
  const faults: string[] = []
  const lab = await openLab({
    ...{ database, clock: systemClock, readOnly: true, netbox: null, searxngUrl: null, hostNames: [] },
    folder: { path: folder, stateKey: new Uint8Array(32), internalToken: '' },
    publicUrl: () => 'http://127.0.0.1:4610',
    session: () => null,
    onFault: ({ tool }) => faults.push(`Something of ${tool} in it could not be opened.`),
    bench: nothingPluggedIn,
  })
  try {
    const { desk } = lab
    await Promise.all([desk.items(), desk.openChanges(), desk.queue(), desk.bench()])
    exportQueue(database, systemClock.nowMs())
    factsTable(database).all()
    for (const _conversation of exportConversations(database));
    return [...faults, ...wrongPhotos(folder, database), ...brokenAudit(database)]
  } finally {
    await lab.close()
  }
}

const nothingPluggedIn = {
  enumerate: async () => ({ kind: 'listed' as const, devices: [] }),
  watch: async () => ({ kind: 'events' as const, stop: async () => {} }),
  runProgram: async () => ({ kind: 'missing' as const }),
}

function wrongPhotos(folder: string, database: LabDatabase): string[] {
  const wrong = database
    .prepare<[], { sha256: string }>('select distinct sha256 from attachments')
    .all()
    .filter(({ sha256 }) => !isWhole(join(folder, 'attachments', `${sha256}.jpg`), sha256))
  return wrong.length === 0
    ? []
    : [`Missing or damaged: ${countText(wrong.length, 'photo', 'photos')}. All else can be used.`]
}

function isWhole(path: string, sha256: string): boolean {
  return existsSync(path) && createHash('sha256').update(readFileSync(path)).digest('hex') === sha256
}

function brokenAudit(database: LabDatabase): string[] {
  const verdict = openAudit(database, systemClock).verify()
  return verdict.kind === 'whole' ? [] : [`Its audit is broken from line ${verdict.atId} on.`]
}
