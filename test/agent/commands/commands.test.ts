import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runCli } from '../../../agent/cli.ts'
import type { Command } from '../../../agent/command.ts'
import audit from '../../../agent/commands/audit.ts'
import backup from '../../../agent/commands/backup.ts'
import doctor from '../../../agent/commands/doctor.ts'
import intake from '../../../agent/commands/intake.ts'
import spend from '../../../agent/commands/spend.ts'
import token from '../../../agent/commands/token.ts'
import { type AgentConfig, readConfig } from '../../../agent/config.ts'
import { agentMigrations } from '../../../agent/store/migrations-owner.ts'
import { signInTokensTable } from '../../../agent/store/sign-in-tokens.ts'
import { openAudit } from '../../../mcp-servers/approval/audit.ts'
import { labTables } from '../../../mcp-servers/lab.ts'
import { samplePhotoFile } from '../../../mcp-servers/netbox/photo/sample/sample-photo.ts'
import { openAccessTokens } from '../../../mcp-servers/serving/access-tokens.ts'
import { systemClock } from '../../../mcp-servers/serving/clock.ts'
import { openDatabase } from '../../../mcp-servers/serving/database.ts'

let folder: string
let config: AgentConfig

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hwlab-commands-'))
  const read = readConfig({ HWLAB_STATE_DIR: 'state' }, folder)
  if (read.kind === 'refused') throw new Error(read.whys.join())
  config = read.config
})
afterEach(() => rmSync(folder, { recursive: true }))

async function run(command: Command, ...words: string[]) {
  const printed: string[] = []
  const told: string[] = []
  const world = {
    config,
    print: (line: string) => printed.push(line),
    tell: (line: string) => told.push(line),
  }
  return { code: await command.run(words, world), printed, told: told.join('\n') }
}
const openState = () => openDatabase(join(config.stateDir, 'hwlab.db'), [...labTables, agentMigrations])

test('help lists exactly the commands that are there, each with what it does', async () => {
  const printed: string[] = []
  const code = await runCli(['help'], { print: (line) => printed.push(line), tell: () => {} })
  const files = readdirSync(join(import.meta.dirname, '..', '..', '..', 'agent', 'commands'))
  expect(code).toBe(0)
  for (const file of files) expect(printed.join('\n')).toContain(`  ${file.replace('.ts', '')} `.trimEnd())
})

test('a misspelt command is answered with the nearest one', async () => {
  const told: string[] = []
  expect(await runCli(['bakup'], { print: () => {}, tell: (line) => told.push(line) })).toBe(2)
  expect(told.join()).toContain('Did you mean backup?')
})

test('a sign-in link made on the command line works once, for the named person', async () => {
  const { code, printed } = await run(token, 'create', '--sign-in', '--operator', 'Operator')
  expect(code).toBe(0)
  const secret = new URL(printed[0] ?? '').hash.slice(1)
  const database = openState()
  const table = signInTokensTable(database)
  expect(table.consume(secret, Date.now())).toEqual({ operator: 'Operator' })
  expect(table.consume(secret, Date.now())).toBeNull()
  database.close()
})

test('an access token can read or propose, and no scope decides', async () => {
  const { code, printed } = await run(token, 'create', '--name', 'Claude Desktop', '--scope', 'read')
  expect(code).toBe(0)
  const database = openState()
  const verified = openAccessTokens(database, systemClock).verifyToken(printed[0] ?? '')
  expect(verified).toMatchObject({ kind: 'known', token: { name: 'Claude Desktop', scope: 'read' } })
  database.close()
  expect((await run(token, 'create', '--name', 'x', '--scope', 'approve')).code).toBe(2)
  expect((await run(token, 'revoke')).code).toBe(2)
})

test('the audit is verified, and a changed line is found', async () => {
  expect((await run(audit, 'verify')).told).toContain('There is no HWLab in')
  await run(token, 'create', '--sign-in')
  const database = openState()
  const trail = openAudit(database, systemClock)
  for (const what of ['first', 'second']) {
    trail.append({ who: 'operator:Operator', channel: 'chat-card', what, about: 'x', details: {} })
  }
  expect(await run(audit, 'verify')).toMatchObject({ code: 0, printed: ['The audit is whole: 2 lines.'] })
  database.pragma('ignore_check_constraints = on')
  for (const { name } of database
    .prepare<[], { name: string }>(
      "select name from sqlite_master where type = 'trigger' and tbl_name = 'audit'",
    )
    .all())
    database.exec(`drop trigger "${name}"`)
  database.prepare("update audit set who = 'operator:Stranger' where what = 'first'").run()
  database.close()
  expect(await run(audit, 'verify')).toMatchObject({ code: 1 })
})

test('a backup is whole, private, and never written over an older one', async () => {
  await run(token, 'create', '--sign-in')
  const target = join(folder, 'backup')
  const declared = ['printers.json', 'ip-plan.json', 'models.json', 'mcp.json', 'attic.key']
  for (const name of declared) writeFileSync(join(config.stateDir, name), '[]')
  expect((await run(backup, target)).code).toBe(0)
  expect(statSync(target).mode & 0o077).toBe(0)
  expect(existsSync(join(target, 'state-key'))).toBe(true)
  expect(declared.filter((name) => !existsSync(join(target, name)))).toEqual([])
  expect(readdirSync(target).filter((name) => name.startsWith('owner'))).toEqual([])
  const copy = openDatabase(join(target, 'hwlab.db'), [...labTables, agentMigrations])
  expect(copy.prepare('select count(*) as count from sign_in_tokens').get()).toEqual({ count: 1 })
  copy.close()
  expect(await run(backup, target)).toMatchObject({
    code: 1,
    told: expect.stringContaining('is there already'),
  })
})

test('a backup does not go into the folder that it copies', async () => {
  await run(token, 'create', '--sign-in')
  expect(await run(backup, join(config.stateDir, 'inside'))).toMatchObject({
    code: 1,
    told: expect.stringContaining('is inside what is copied'),
  })
  expect(existsSync(join(config.stateDir, 'inside'))).toBe(false)
})

test('doctor tells a program the same as a person, with a fix for every red line', async () => {
  const { printed } = await run(doctor, '--json')
  const findings: unknown = JSON.parse(printed.join('\n'))
  expect(findings).toContainEqual(expect.objectContaining({ name: 'Inventory', isBad: false }))
  const words = (await run(doctor)).printed.join('\n')
  expect(words).toContain('ok   Inventory')
  expect(words).toMatch(/ok {3}Database: [\d.]+ [kM]B \(.* [kM]B\)/)
  expect(await run(doctor, '--xml')).toMatchObject({
    code: 2,
    told: expect.stringContaining('doctor [--json]'),
  })
})

test('doctor tries every server of mcp.json, and repeats none of its secrets', async () => {
  mkdirSync(config.stateDir)
  const shout = 'process.stderr.write("token " + process.env.TOKEN); process.exit(1)'
  const servers = {
    dns: { url: 'http://user:very-secret@127.0.0.1/mcp' },
    proxmox: { command: process.execPath, args: ['-e', shout], env: { TOKEN: 'very-secret' } },
  }
  writeFileSync(join(config.stateDir, 'mcp.json'), JSON.stringify({ mcpServers: servers }))
  const { code, printed, told } = await run(doctor)
  expect(code).toBe(1)
  expect(printed.join('\n')).toContain('red  MCP server proxmox: Not connected')
  expect(printed.join('\n')).toContain('red  MCP server dns: Wrong in the file')
  expect(`${printed.join('\n')}${told}`).not.toContain('very-secret')
  expect(told).toContain('token [secret]')
})

test('intake says of a file that is no photo what it is, and of a missing one that it is missing', async () => {
  const { code, printed } = await run(intake, import.meta.filename, join(folder, 'none.jpg'), '--json')
  expect(code).toBe(1)
  expect(JSON.parse(printed.join('\n')).photos).toEqual([
    { kind: 'refused', name: 'commands.test.ts', why: expect.stringContaining('not a picture') },
    { kind: 'refused', name: 'none.jpg', why: 'none.jpg cannot be read. Check the name.' },
  ])
})

test('intake succeeds when one of several files is a photo, and the others cost a sentence each', async () => {
  const { code, printed } = await run(intake, samplePhotoFile, join(folder, 'none.jpg'), '--json')
  expect(code).toBe(0)
  expect(JSON.parse(printed.join('\n')).photos).toMatchObject([
    { kind: 'read', name: basename(samplePhotoFile) },
    { kind: 'refused', name: 'none.jpg' },
  ])
}, 60_000)

test('what models cost is told, and every call of theirs printed', async () => {
  expect((await run(spend, '--csv')).code).toBe(1)
  mkdirSync(config.stateDir)
  openState().close()
  const told = await run(spend)
  expect(told.printed.join('\n')).toContain('Today: $0 of $0.50')
  expect((await run(spend, '--csv')).printed.join()).toContain('cost_usd')
  expect((await run(spend, '--json')).printed).toEqual(['[]'])
  expect((await run(spend, '--xml')).code).toBe(2)
})
