import { afterEach, beforeEach, expect, test } from 'vitest'
import { type AccessTokens, openAccessTokens } from '../../../mcp-servers/serving/access-tokens.ts'
import { type EchoLab, openEchoLab } from '../../support/echo-lab.ts'

let lab: EchoLab
let tokens: AccessTokens
beforeEach(() => {
  lab = openEchoLab()
  tokens = openAccessTokens(lab.database, lab.clock)
})
afterEach(() => lab.close())

const wish = { name: 'claude', scope: 'propose', lifetimeMs: 1000 } as const

test('the secret is nowhere in the database', () => {
  const created = tokens.createToken(wish)
  if (created.kind === 'refused') throw new Error(created.why)
  expect(tokens.verifyToken(created.secret)).toMatchObject({
    kind: 'known',
    token: { name: 'claude', scope: 'propose' },
  })
  const rows = lab.database.prepare<[], Record<string, unknown>>('select * from access_tokens').all()
  expect(JSON.stringify(rows)).not.toContain(created.secret.slice('hwlab_'.length))
})

test('two tokens cannot have one name, because the name stands in the audit', () => {
  tokens.createToken(wish)
  expect(tokens.createToken(wish)).toMatchObject({ kind: 'refused' })
  expect(tokens.createToken({ ...wish, name: 'other' }).kind).toBe('created')
})

test('a name is plain letters', () => {
  for (const name of ['', ' x', 'a\nb', '<b>', 'x'.repeat(41)])
    expect(tokens.createToken({ ...wish, name }).kind, name).toBe('refused')
})

test('no scope decides anything: the table takes read and propose only', () => {
  const insert = lab.database.prepare(
    "insert into access_tokens (id, name, hash, scope, created_at_ms, expires_at_ms) values ('1', 'x', 'h', ?, 0, 9)",
  )
  for (const scope of ['approve', 'decide', 'admin', '*']) expect(() => insert.run(scope), scope).toThrow()
})

test('the last use is noted', () => {
  const created = tokens.createToken({ ...wish, lifetimeMs: 1_000_000 })
  if (created.kind === 'refused') throw new Error(created.why)
  expect(tokens.list()[0]?.lastUsedAtMs).toBeNull()
  lab.clock.advance(500)
  tokens.verifyToken(created.secret)
  expect(tokens.list()[0]?.lastUsedAtMs).toBe(lab.clock.nowMs())
})
