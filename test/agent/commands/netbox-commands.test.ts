import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Command } from '../../../agent/command.ts'
import moveToNetbox from '../../../agent/commands/move-to-netbox.ts'
import netboxSetup from '../../../agent/commands/netbox-setup.ts'
import { readConfig } from '../../../agent/config.ts'
import { agentMigrations } from '../../../agent/store/migrations-owner.ts'
import { openAudit } from '../../../mcp-servers/approval/audit.ts'
import { labTables } from '../../../mcp-servers/lab.ts'
import { systemClock } from '../../../mcp-servers/serving/clock.ts'
import { openDatabase } from '../../../mcp-servers/serving/database.ts'
import { fillOwnInventory } from '../../mcp-servers/netbox/move/own-inventory-world.ts'
import { type NetboxOverHttp, openNetboxOverHttp } from '../../support/netbox-over-http.ts'
import { NetboxLab } from '../../support/open-netbox-server.ts'
import { runHwlab } from '../../support/run-hwlab.ts'

let folder: string
let netbox: NetboxOverHttp

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hwlab-commands-'))
  netbox = await openNetboxOverHttp()
})
afterEach(async () => {
  await netbox.close()
  await rm(folder, { recursive: true })
})

const environment = () => ({ NETBOX_URL: netbox.url, NETBOX_TOKEN: netbox.token })
const stateDir = () => join(folder, 'state')

async function run(command: Command, words: string[], says?: boolean) {
  const read = readConfig({ HWLAB_STATE_DIR: stateDir(), ...environment() }, folder)
  if (read.kind === 'refused') throw new Error(read.whys.join())
  const printed: string[] = []
  const told: string[] = []
  const asked: string[] = []
  const code = await command.run(words, {
    config: read.config,
    print: (line) => printed.push(line),
    tell: (line) => told.push(line),
    ...(says === undefined
      ? {}
      : {
          async confirm(question: string) {
            asked.push(question)
            return says
          },
        }),
  })
  return { code, printed: printed.join('\n'), told: told.join('\n'), asked }
}

const writes = () => netbox.requests.filter((request) => !/^(GET|OPTIONS) /.test(request))

function audited(): string[] {
  const database = openDatabase(join(stateDir(), 'hwlab.db'), [...labTables, agentMigrations])
  try {
    return openAudit(database, systemClock)
      .list()
      .map(({ what, channel }) => `${what} (${channel})`)
  } finally {
    database.close()
  }
}

test('a check says what is missing and writes nothing', async () => {
  const checked = await run(netboxSetup, ['--check'])
  expect(checked.code).toBe(1)
  expect(checked.printed).toContain('missing Custom field “hwlab_id” on devices')
  expect(writes()).toEqual([])
  expect(await run(netboxSetup, ['--nonsense'])).toMatchObject({ code: 2 })
})

test('the set-up asks, and a no adds nothing', async () => {
  const declined = await run(netboxSetup, [], false)
  expect(declined).toMatchObject({ code: 1, told: 'Nothing was done.' })
  expect(declined.asked[0]).toMatch(/^Set up NetBox at .*: add \d+ things\?$/)
  expect(writes()).toEqual([])
  expect(audited()).toContain('change declined (shell)')
  const unasked = await run(netboxSetup, [])
  expect(unasked).toMatchObject({ code: 1, told: expect.stringContaining('Add --yes') })
  expect(writes()).toEqual([])
})

test('a yes at the terminal is the approval, and is in the audit', async () => {
  const done = await run(netboxSetup, ['--role', 'Switch'], true)
  expect(done.printed).toContain('are in NetBox and read back.')
  expect(done.code).toBe(0)
  expect(audited()).toContain('change approved (shell)')
  expect(await run(netboxSetup, ['--check', '--role', 'Switch'])).toMatchObject({ code: 0 })
})

test('with a running HWLab the same command works through it', async () => {
  const hwlab = await runHwlab({ stateDir: stateDir(), port: 0, environment: environment() })
  try {
    const done = await run(netboxSetup, ['--yes'])
    expect([done.told, done.code]).toEqual(['', 0])
    const refused = await fetch(`${hwlab.url}/shell/ask`, {
      method: 'POST',
      headers: { authorization: 'Bearer guessed', 'content-type': 'application/json' },
      body: JSON.stringify({ ask: 'move', file: false, operator: 'stranger' }),
    })
    expect(refused.status).toBe(401)
  } finally {
    await hwlab.stop('SIGTERM')
  }
  expect(audited()).toContain('change approved (shell)')
})

test('the move shows what it would do, does it on a yes, and has nothing left to do then', async () => {
  const lab = new NetboxLab(stateDir(), {})
  await mkdir(stateDir())
  await lab.open()
  await fillOwnInventory(lab)
  await lab.shut()
  const dry = await run(moveToNetbox, ['--dry-run'])
  expect(dry.printed).toContain('Acme Box 1 (HW-00001): created with 2 interfaces, 1 photo, 1 journal entry')
  expect(dry.printed).toContain('5 to be added, 0 there already.')
  expect([dry.code, writes()]).toEqual([0, []])
  const moved = await run(moveToNetbox, ['--yes'])
  expect(moved.printed).toContain('Done: 5 done.')
  expect(moved).toMatchObject({ code: 0, told: expect.stringContaining('as a backup') })
  const again = await run(moveToNetbox, ['--yes'])
  expect(again).toMatchObject({ code: 0, printed: expect.stringContaining('Everything is in NetBox at') })
})
