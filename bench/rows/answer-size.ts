import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { z } from 'zod'
import { approvalMigrations, openApprovals } from '../../mcp-servers/approval/approvals.ts'
import { openInventory } from '../../mcp-servers/netbox/client/open-inventory.ts'
import type { Rest } from '../../mcp-servers/netbox/client/rest.ts'
import { type NetboxServer, openNetboxServer } from '../../mcp-servers/netbox/main.ts'
import { netboxTables } from '../../mcp-servers/netbox/netbox-tables.ts'
import { systemClock } from '../../mcp-servers/serving/clock.ts'
import { openDatabase } from '../../mcp-servers/serving/database.ts'
import type { Bench, BenchRow } from '../bench-row.ts'

const budgetTokens = 600
const alike = 8
const model = 'PowerSwitch N3248TE-ON 48-Port 1G Base-T 4-Port 10G SFP+ 2-Port 100G QSFP28'

/** As a model counts them, roughly: four characters each. */
function tokensOf(answer: unknown): number {
  return Math.ceil(JSON.stringify(answer).length / 4)
}

async function create(rest: Rest, path: string, json: Record<string, unknown>): Promise<number> {
  const answer = await rest.call({ method: 'POST', path: `${path}/`, body: { json } })
  if (answer.kind === 'failed') throw new Error(answer.why)
  return z.object({ id: z.number() }).parse(answer.body).id
}

/** Eight of the same model with long names, serial numbers and places: more than an answer may hold. */
async function furnish(rest: Rest): Promise<void> {
  const manufacturer = await create(rest, 'dcim/manufacturers', { name: 'Dell EMC Networking', slug: 'dell' })
  const type = await create(rest, 'dcim/device-types', {
    manufacturer,
    model,
    slug: 'n3248te-on',
    u_height: 1,
  })
  const role = await create(rest, 'dcim/device-roles', {
    name: 'Access switch',
    slug: 'access',
    color: '9e9e9e',
  })
  const site = await create(rest, 'dcim/sites', { name: 'House at the lake', slug: 'lake', status: 'active' })
  const place = { name: 'Cellar, left of the heating, second shelf from above', slug: 'cellar', site }
  const location = await create(rest, 'dcim/locations', { ...place, status: 'active' })
  for (let number = 1; number <= alike; number += 1)
    await create(rest, 'dcim/devices', {
      ...{ device_type: type, role, site, location, status: 'inventory' },
      name: `access-switch-cellar-left-${number}.home.example.org`,
      asset_tag: `HW-${String(number).padStart(5, '0')}`,
      serial: `TH0N3248TE${String(number).repeat(3)}-REV-A01-2024-11-SERIAL`,
    })
}

async function openClient({ server }: NetboxServer): Promise<Client> {
  const client = new Client({ name: 'bench', version: '1' }, { versionNegotiation: { mode: 'auto' } })
  const url = new URL('http://netbox.invalid/mcp')
  await client.connect(
    new StreamableHTTPClientTransport(url, { fetch: (to, init) => server.fetch(new Request(to, init)) }),
  )
  return client
}

async function measure(folder: string): Promise<{ tool: string; tokens: number }[]> {
  const database = openDatabase(join(folder, 'hwlab.db'), [approvalMigrations, ...netboxTables])
  const approvals = openApprovals({ database, clock: systemClock })
  const inventory = openInventory({ kind: 'embedded', database })
  const netbox = await openNetboxServer({
    ...{ database, clock: systemClock, stateDir: folder, approvals, readOnly: false, inventory },
    confirmUrl: (changeId) => `http://127.0.0.1:4610/c/${changeId}`,
    stateKey: new Uint8Array(32).fill(3),
    publicUrl: () => 'http://bench.lan:4610',
    netbox: null,
  })
  netbox.start()
  await furnish(inventory.rest)
  const client = await openClient(netbox)
  const call = async (name: string, args: Record<string, unknown>) =>
    (await client.callTool({ name, arguments: args })).structuredContent
  const note = `Dell ${model}, serial number TH0N3248TE999-REV-A01, MAC 02:00:5E:10:20:30`
  const drafts = []
  for (let number = 1; number <= 6; number += 1)
    drafts.push(await call('start_intake', { attachment_ids: [], note: `${note}-${number}` }))
  const { item_id: item } = z.object({ item_id: z.string() }).parse(drafts[0])
  const answers = [
    { tool: 'find_item', tokens: tokensOf(await call('find_item', { text: 'PowerSwitch' })) },
    { tool: 'find_item by tag', tokens: tokensOf(await call('find_item', { text: 'HW-00001' })) },
    { tool: 'get_item', tokens: tokensOf(await call('get_item', { item })) },
  ]
  await client.close()
  await netbox.close()
  approvals.close()
  database.close()
  return answers
}

async function run(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'hwlab-bench-'))
  try {
    const answers = await measure(folder)
    const worst = Math.max(...answers.map(({ tokens }) => tokens))
    return [
      {
        name: 'device search answer, the largest of several',
        value: worst,
        unit: 'tokens',
        budget: `≤ ${budgetTokens}`,
        ok: worst <= budgetTokens,
        note: `${answers.map(({ tool, tokens }) => `${tool} ${tokens}`).join(', ')}; four characters a token`,
      },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export default { name: 'answer-size', run } satisfies Bench
