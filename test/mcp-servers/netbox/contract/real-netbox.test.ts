import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { endpoints } from '../../../../mcp-servers/netbox/client/endpoints.ts'
import { openInventory } from '../../../../mcp-servers/netbox/client/open-inventory.ts'
import { changeRecords } from '../../../support/fault-work/change-records.ts'
import { connectCables } from '../../../support/fault-work/connect-cables.ts'
import { createItems } from '../../../support/fault-work/create-items.ts'
import { moveParts } from '../../../support/fault-work/move-parts.ts'
import { noteTests } from '../../../support/fault-work/note-tests.ts'
import { renameInterfaces } from '../../../support/fault-work/rename-interfaces.ts'
import { inventoryContract } from '../../../support/inventory-contract.ts'
import { inventoryFaults } from '../../../support/inventory-faults.ts'
import { inventoryRecordsContract } from '../../../support/inventory-records-contract.ts'
import { inventoryWorldContract } from '../../../support/inventory-world-contract.ts'
import { removeMade } from '../../../support/remove-made.ts'
import { labDatabase, moveUntil, photo } from '../outbox/queue-world.ts'

const { NETBOX_URL: url = '', NETBOX_TOKEN: token = '', NETBOX_CA_FILE: caFile = null } = process.env

const parametersSchema = z.object({ parameters: z.array(z.object({ name: z.string() })).optional() })
const schemaSchema = z.object({ paths: z.record(z.string(), z.object({ get: parametersSchema.optional() })) })

/** Run only against the NetBox that the environment names; they make nothing but objects with a random prefix. */
describe.runIf(url && token)('a real NetBox (NETBOX_URL)', () => {
  const prefix = () => `hwlabtest${randomBytes(4).toString('hex')}`

  const open = async () => {
    const inventory = openInventory({ kind: 'netbox', url, token, caFile })
    const own = prefix()
    return {
      inventory,
      prefix: own,
      photo: await photo,
      outboxDatabase: () => labDatabase(),
      cleanUp: () => removeMade(inventory, own),
    }
  }
  inventoryContract(open)
  inventoryWorldContract(open)
  inventoryRecordsContract(open)

  for (const work of [createItems, changeRecords, moveParts, connectCables, renameInterfaces, noteTests])
    inventoryFaults({ work, operations: 40, seed: 20261122 }, async () => {
      const own = prefix()
      return {
        fetch: (request) => fetch(request),
        url,
        token,
        prefix: own,
        photo: await photo,
        outboxDatabase: labDatabase(),
        moveUntil,
        cleanUp: (inventory) => removeMade(inventory, own),
      }
    })

  test('a wrong token and a wrong address are told apart, and nothing of the token is repeated', async () => {
    const wrong = `${token.slice(0, -4)}0000`
    const probe = (at: { url: string; token: string }) =>
      openInventory({ kind: 'netbox', caFile, ...at }).probe()
    const refusedToken = await probe({ url, token: wrong })
    expect(refusedToken).toMatchObject({ kind: 'refused', why: expect.stringContaining('token') })
    expect(JSON.stringify(refusedToken)).not.toContain(wrong.slice(-12))
    expect(await probe({ url: `${url}/nothing`, token })).toMatchObject({
      kind: 'refused',
      why: expect.stringContaining('NETBOX_URL'),
    })
  })

  test('every filter that HWLab sends is one that this NetBox describes', async () => {
    const inventory = openInventory({ kind: 'netbox', url, token, caFile })
    const known = await inventory.features()
    const assets = known.kind === 'known' && known.features.assets
    const schema = await inventory.rest.call({ method: 'GET', path: 'schema/', query: { format: 'json' } })
    const { paths } = schemaSchema.parse(schema.kind === 'ok' ? schema.body : schema.why)
    for (const [endpoint, filters] of Object.entries(endpoints)) {
      if (endpoint.startsWith('plugins/') && !assets) continue
      const names = paths[`/api/${endpoint}/`]?.get?.parameters?.map(({ name }) => name) ?? []
      const unknown = filters.filter((name) => !name.startsWith('cf_') && !names.includes(name))
      expect({ endpoint, unknown }).toEqual({ endpoint, unknown: [] })
    }
    await inventory.close()
  }, 120_000)
})
