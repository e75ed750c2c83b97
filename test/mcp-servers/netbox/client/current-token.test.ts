import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openInventory } from '../../../../mcp-servers/netbox/client/open-inventory.ts'
import { type NetboxOverHttp, openNetboxOverHttp } from '../../../support/netbox-over-http.ts'

let netbox: NetboxOverHttp
let folder: string

beforeEach(async () => {
  netbox = await openNetboxOverHttp()
  folder = await mkdtemp(join(tmpdir(), 'hwlab-token-'))
})
afterEach(async () => {
  await netbox.close()
  await rm(folder, { recursive: true })
})

test('a token that is replaced in its file counts at once, and an empty file changes nothing', async () => {
  const tokenFile = join(folder, 'token')
  await writeFile(tokenFile, 'nbt_old.old')
  const { url } = netbox
  const inventory = openInventory({ kind: 'netbox', url, token: 'nbt_old.old', tokenFile, caFile: null })
  expect((await inventory.probe()).kind).toBe('refused')
  await writeFile(tokenFile, `${netbox.token}\n`)
  expect((await inventory.probe()).kind).toBe('ready')
  await writeFile(tokenFile, '')
  expect((await inventory.probe()).kind).toBe('ready')
  await rm(tokenFile)
  expect((await inventory.probe()).kind).toBe('ready')
  await inventory.close()
})
