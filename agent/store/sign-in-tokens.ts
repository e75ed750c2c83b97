import { createHash, randomBytes } from 'node:crypto'
import type { LabDatabase } from './lab-database.ts'

const lifetimeMs = 24 * 60 * 60 * 1000

/** Table `sign_in_tokens`: each works once. Only hashes are stored. */
export function signInTokensTable(database: LabDatabase) {
  const insert = database.prepare<[string, string, number, number]>(
    'insert into sign_in_tokens (token_hash, operator, created_at_ms, expires_at_ms) values (?, ?, ?, ?)',
  )
  const consume = database.prepare<[number, string, number], { operator: string }>(
    `update sign_in_tokens set used_at_ms = ? where token_hash = ? and used_at_ms is null and expires_at_ms > ?
     returning operator`,
  )
  const forget = database.prepare<[number]>('delete from sign_in_tokens where expires_at_ms < ?')
  return {
    /** The only time that the token itself is seen. */
    create(operator: string, nowMs: number): string {
      const token = randomBytes(24).toString('base64url')
      forget.run(nowMs)
      insert.run(hashed(token), operator, nowMs, nowMs + lifetimeMs)
      return token
    },
    /** One statement: of two browsers with the same link, one gets in. */
    consume: (token: string, nowMs: number): { operator: string } | null =>
      consume.get(nowMs, hashed(token), nowMs) ?? null,
  }
}

/** Tokens are random enough that a plain hash cannot be searched. */
export function hashed(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
