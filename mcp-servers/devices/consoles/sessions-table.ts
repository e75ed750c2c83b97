import { join } from 'node:path'
import type { LabDatabase, MigrationsOwner } from '../../serving/database.ts'
import type { ConsoleOutcome } from './identify-console.ts'

export const consoleMigrations: MigrationsOwner = {
  owner: 'devices-consoles',
  folder: join(import.meta.dirname, 'migrations'),
}

/** One time that HWLab, or a person in the terminal, was at a console. Times are Unix milliseconds. */
export interface ConsoleSession {
  /** ULID. */
  id: string
  kind: 'look' | 'terminal'
  place: string
  deviceName: string
  simulated: boolean
  /** Bits per second; null for a network line, or none found. */
  baudRate: number | null
  operator: string
  itemId: string | null
  /** null: a terminal, or a look that goes on or was cut off. */
  outcome: ConsoleOutcome | null
  words: string
  /** Without secrets, as far as they are known. */
  transcript: string
  startedAtMs: number
  endedAtMs: number | null
}

/** In a list: a transcript may have ten megabytes, and a list is made at every change of the bench. */
export type ListedSession = Omit<ConsoleSession, 'transcript'>

type ListedRow = Omit<Row, 'transcript'>
interface Row {
  id: string
  kind: 'look' | 'terminal'
  place: string
  device_name: string
  simulated: number
  baud_rate: number | null
  operator: string
  item_id: string | null
  outcome: string | null
  words: string
  transcript: string
  started_at_ms: number
  ended_at_ms: number | null
}

export type SessionsTable = ReturnType<typeof openSessionsTable>

export function openSessionsTable(database: LabDatabase) {
  const insert =
    database.prepare<Row>(`insert into console_sessions values (@id, @kind, @place, @device_name, @simulated,
    @baud_rate, @operator, @item_id, @outcome, @words, @transcript, @started_at_ms, @ended_at_ms)`)
  const end = database.prepare<[number | null, string | null, string, string, number, string]>(
    'update console_sessions set baud_rate = ?, outcome = ?, words = ?, transcript = ?, ended_at_ms = ? where id = ?',
  )
  const attach = database.prepare<[string | null, string]>(
    'update console_sessions set item_id = ? where id = ?',
  )
  const remove = database.prepare<[string]>('delete from console_sessions where id = ?')
  const byId = database.prepare<[string], Row>('select * from console_sessions where id = ?')
  const recent = database.prepare<[number], ListedRow>(
    `select id, kind, place, device_name, simulated, baud_rate, operator, item_id, outcome, words, started_at_ms, ended_at_ms
    from console_sessions order by id desc limit ?`,
  )
  const lastRate = database.prepare<[string], { baud_rate: number }>(`select baud_rate from console_sessions
    where place = ? and kind = 'look' and baud_rate is not null order by id desc limit 1`)

  return {
    insert(session: ConsoleSession): void {
      insert.run({
        id: session.id,
        kind: session.kind,
        place: session.place,
        device_name: session.deviceName,
        simulated: session.simulated ? 1 : 0,
        baud_rate: session.baudRate,
        operator: session.operator,
        item_id: session.itemId,
        outcome: session.outcome && JSON.stringify(session.outcome),
        words: session.words,
        transcript: session.transcript,
        started_at_ms: session.startedAtMs,
        ended_at_ms: session.endedAtMs,
      })
    },
    end(
      ended: Pick<ConsoleSession, 'id' | 'baudRate' | 'outcome' | 'words' | 'transcript'>,
      atMs: number,
    ): void {
      const { id, baudRate, outcome, words, transcript } = ended
      end.run(baudRate, outcome && JSON.stringify(outcome), words, transcript, atMs, id)
    },
    attach: (id: string, itemId: string | null): boolean => attach.run(itemId, id).changes > 0,
    remove: (id: string): boolean => remove.run(id).changes > 0,
    find(id: string): ConsoleSession | null {
      const row = byId.get(id)
      return row ? { ...sessionOf(row), transcript: row.transcript } : null
    },
    /** Newest first. */
    recent: (most: number): ListedSession[] => recent.all(most).map(sessionOf),
    /** The speed at which this place last answered. */
    lastRate: (place: string): number | null => lastRate.get(place)?.baud_rate ?? null,
  }
}

function sessionOf(row: ListedRow): ListedSession {
  return {
    id: row.id,
    kind: row.kind,
    place: row.place,
    deviceName: row.device_name,
    simulated: row.simulated === 1,
    baudRate: row.baud_rate,
    operator: row.operator,
    itemId: row.item_id,
    outcome: row.outcome === null ? null : JSON.parse(row.outcome),
    words: row.words,
    startedAtMs: row.started_at_ms,
    endedAtMs: row.ended_at_ms,
  }
}
