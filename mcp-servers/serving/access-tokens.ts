import { createHash, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { ulid } from 'ulid'
import type { Clock } from './clock.ts'
import type { LabDatabase, MigrationsOwner } from './database.ts'

/** `propose` may file change requests too. No scope decides one: people do that, signed in. */
export type TokenScope = 'read' | 'propose'

export interface AccessToken {
  id: string
  /** Unique: it stands on cards and in the audit. */
  name: string
  scope: TokenScope
  createdAtMs: number
  expiresAtMs: number
  lastUsedAtMs: number | null
}

/** Bearer tokens of other programs for `/mcp/*`. Only their hashes are kept. */
export interface AccessTokens {
  /** The secret is shown this once. */
  createToken(wish: {
    name: string
    scope: TokenScope
    lifetimeMs: number
  }): { kind: 'created'; secret: string; token: AccessToken } | { kind: 'refused'; why: string }
  verifyToken(secret: string): { kind: 'known'; token: AccessToken } | { kind: 'refused'; why: string }
  list(): AccessToken[]
  /** False when there is no such token. */
  revoke(tokenId: string): boolean
}

export const servingMigrations: MigrationsOwner = {
  owner: 'serving',
  folder: join(import.meta.dirname, 'migrations'),
}

interface Row {
  id: string
  name: string
  hash: string
  scope: TokenScope
  created_at_ms: number
  expires_at_ms: number
  last_used_at_ms: number | null
}

const prefix = 'hwlab_'
const useIsNotedEveryMs = 60_000
const namePattern = /^[\p{L}\p{N}][\p{L}\p{N} ._@-]{0,39}$/u

export function openAccessTokens(database: LabDatabase, clock: Clock): AccessTokens {
  const insert = database.prepare<Omit<Row, 'last_used_at_ms'>>(`insert into access_tokens
    (id, name, hash, scope, created_at_ms, expires_at_ms)
    values (@id, @name, @hash, @scope, @created_at_ms, @expires_at_ms)`)
  const byHash = database.prepare<[string], Row>('select * from access_tokens where hash = ?')
  const byName = database.prepare<[string], Row>('select * from access_tokens where name = ?')
  const all = database.prepare<[], Row>('select * from access_tokens order by id')
  const used = database.prepare<[number, string]>('update access_tokens set last_used_at_ms = ? where id = ?')
  const remove = database.prepare<[string]>('delete from access_tokens where id = ?')
  return {
    createToken({ name, scope, lifetimeMs }) {
      if (!namePattern.test(name))
        return refused(
          'A token name has 1 to 40 letters, digits, spaces or . _ @ - and starts with a letter or digit.',
        )
      if (byName.get(name))
        return refused(`There is already a token named “${name}”. Choose another name or revoke it.`)
      const secret = `${prefix}${randomBytes(32).toString('base64url')}`
      const nowMs = clock.nowMs()
      const row = {
        ...{ id: ulid(nowMs), name, hash: hashOf(secret), scope },
        ...{ created_at_ms: nowMs, expires_at_ms: nowMs + lifetimeMs },
      }
      insert.run(row)
      return { kind: 'created', secret, token: tokenOf({ ...row, last_used_at_ms: null }) }
    },
    verifyToken(secret) {
      const row = byHash.get(hashOf(secret))
      if (!row) return refused('This access token is not known. Make one with `npx hwlab token create`.')
      const nowMs = clock.nowMs()
      if (nowMs >= row.expires_at_ms)
        return refused('This access token has expired. Make a new one with `npx hwlab token create`.')
      if (nowMs - (row.last_used_at_ms ?? 0) >= useIsNotedEveryMs) used.run(nowMs, row.id)
      return { kind: 'known', token: tokenOf(row) }
    },
    list: () => all.all().map(tokenOf),
    revoke: (tokenId) => remove.run(tokenId).changes === 1,
  }
}

function tokenOf(row: Row): AccessToken {
  return {
    id: row.id,
    name: row.name,
    scope: row.scope,
    createdAtMs: row.created_at_ms,
    expiresAtMs: row.expires_at_ms,
    lastUsedAtMs: row.last_used_at_ms,
  }
}

/** A secret of 256 random bits needs no salt and no slow hash. */
function hashOf(secret: string): string {
  return createHash('sha256').update(secret, 'utf8').digest('hex')
}

function refused(why: string): { kind: 'refused'; why: string } {
  return { kind: 'refused', why }
}
