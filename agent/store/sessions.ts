import { randomBytes } from 'node:crypto'
import type { LabDatabase } from './lab-database.ts'
import { hashed } from './sign-in-tokens.ts'

const idleLifetimeMs = 30 * 24 * 60 * 60 * 1000
const longestLifetimeMs = 180 * 24 * 60 * 60 * 1000
/** Seeing a session is written down at most this often. */
const seenEveryMs = 60 * 60 * 1000

interface Row {
  operator: string
  createdAtMs: number
  lastSeenAtMs: number
}

/** Table `sessions`: who is signed in. The browser holds the only copy of the session id. */
export function sessionsTable(database: LabDatabase) {
  const insert = database.prepare<[string, string, number, number, number]>(
    `insert into sessions (session_hash, operator, created_at_ms, last_seen_at_ms, expires_at_ms) values (?, ?, ?, ?, ?)`,
  )
  const find = database.prepare<[string, number], Row>(
    `select operator, created_at_ms as createdAtMs, last_seen_at_ms as lastSeenAtMs
     from sessions where session_hash = ? and expires_at_ms > ?`,
  )
  const seen = database.prepare<[number, number, string]>(
    'update sessions set last_seen_at_ms = ?, expires_at_ms = ? where session_hash = ?',
  )
  const remove = database.prepare<[string]>('delete from sessions where session_hash = ?')
  const forget = database.prepare<[number]>('delete from sessions where expires_at_ms < ?')
  return {
    create(operator: string, nowMs: number): string {
      const sessionId = randomBytes(24).toString('base64url')
      forget.run(nowMs)
      insert.run(hashed(sessionId), operator, nowMs, nowMs, nowMs + idleLifetimeMs)
      return sessionId
    },
    operatorOf(sessionId: string, nowMs: number): string | null {
      const hash = hashed(sessionId)
      const row = find.get(hash, nowMs)
      if (!row) return null
      if (nowMs - row.lastSeenAtMs > seenEveryMs) {
        const latest = row.createdAtMs + longestLifetimeMs
        seen.run(nowMs, Math.min(nowMs + idleLifetimeMs, latest), hash)
      }
      return row.operator
    },
    end(sessionId: string): void {
      remove.run(hashed(sessionId))
    },
  }
}
export type SessionsTable = ReturnType<typeof sessionsTable>
