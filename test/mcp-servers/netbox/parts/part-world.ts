import { z } from 'zod'
import type { Fetch } from '../../../../mcp-servers/netbox/client/rest.ts'
import type { Bay, MovePart, Place, Shelf } from '../../../../mcp-servers/netbox/parts/move-intent.ts'

const rowsSchema = z.object({ results: z.array(z.looseObject({ id: z.number() })) })
const createdSchema = z.looseObject({ id: z.number() })

/** What a person or another program does in NetBox itself. */
export function byHand(server: Fetch) {
  const ask = (method: string, path: string, body?: unknown) =>
    server(
      new Request(`http://netbox.test/api/${path}`, {
        method,
        ...(body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      }),
    )
  return {
    async make(path: string, body: unknown): Promise<number> {
      const answer = await ask('POST', path, body)
      const text = await answer.text()
      if (answer.status !== 201) throw new Error(`${path}: ${text}`)
      return createdSchema.parse(JSON.parse(text)).id
    },
    async change(path: string, body: unknown): Promise<void> {
      const answer = await ask('PATCH', path, body)
      if (!answer.ok) throw new Error(await answer.text())
    },
    async rows(path: string) {
      const answer = await ask('GET', path)
      return rowsSchema.parse(await answer.json()).results
    },
    async row(path: string) {
      return createdSchema.parse(await (await ask('GET', path)).json())
    },
    remove: (path: string) => ask('DELETE', path),
  }
}

export type ByHand = ReturnType<typeof byHand>

/** A server with two machines; the first has the bays SSD 1 and SSD 2, the second none. */
export async function machines(server: Fetch): Promise<{ one: number; two: number }> {
  const hand = byHand(server)
  const site = await hand.make('dcim/sites/', { name: 'Homelab', slug: 'homelab' })
  const role = await hand.make('dcim/device-roles/', { name: 'Server', slug: 'server' })
  const maker = await hand.make('dcim/manufacturers/', { name: 'Dell', slug: 'dell' })
  const type = { manufacturer: maker, model: 'R730', slug: 'dell-r730' }
  const device_type = await hand.make('dcim/device-types/', type)
  const machine = { device_type, role, site }
  const one = await hand.make('dcim/devices/', { ...machine, name: 'srv-1', asset_tag: 'HW-00101' })
  const two = await hand.make('dcim/devices/', { ...machine, name: 'srv-2', asset_tag: 'HW-00102' })
  for (const name of ['SSD 1', 'SSD 2']) await hand.make('dcim/module-bays/', { device: one, name })
  return { one, two }
}

export const workshop: Shelf = {
  kind: 'shelf',
  site: { name: 'Homelab', slug: 'homelab' },
  location: ['Workshop', 'Shelf 2'],
}
export const anywhere: Shelf = { ...workshop, location: [] }

export function bay(machineId: number, name: string, isNew = false): Bay {
  return { kind: 'bay', machine: { id: machineId, name: `machine ${machineId}`, tag: null }, name, isNew }
}

export function move(number: number, from: Place, to: Place): MovePart {
  return {
    part: {
      tag: `HW-${String(number).padStart(5, '0')}`,
      hwlabId: `01ITEM${number}`,
      manufacturer: { name: 'Acme', slug: 'acme' },
      model: 'Box 1',
      role: { name: 'Switch', slug: 'switch' },
    },
    from,
    to,
  }
}

/** Every record that has the tag now: `device 7`, `module 3`, `cable 4`, `asset 2`. */
export async function holders(hand: ByHand, tag: string, hasAssets = false): Promise<string[]> {
  const tables = [
    ['device', 'dcim/devices/?limit=0'],
    ['module', 'dcim/modules/?limit=0'],
    ['cable', 'dcim/cables/?limit=0'],
    ...(hasAssets ? [['asset', 'plugins/inventory/assets/?limit=0'] as const] : []),
  ] as const
  const found = await Promise.all(
    tables.map(async ([kind, path]) =>
      (await hand.rows(path))
        .filter((row) => row.asset_tag === tag || (kind === 'cable' && row.label === tag))
        .map((row) => `${kind} ${row.id}`),
    ),
  )
  return found.flat()
}
