import { z } from 'zod'
import type { Fetch } from '../../../../mcp-servers/netbox/client/rest.ts'
import type { DesiredItem } from '../../../../mcp-servers/netbox/outbox/item-intent.ts'
import { byHand } from '../parts/part-world.ts'
import { enqueue, intent, type labDatabase, queueWorld } from './queue-world.ts'

/** One write during which the process is killed. */
export interface KilledWrite {
  kind: string
  /** Puts into NetBox what has to be there first; the intent. */
  prepare(server: ReturnType<typeof labDatabase>): Promise<unknown>
  /** What NetBox says afterwards: these have one row each. */
  one: string[]
  /** And these none. */
  none: string[]
}

const maker = { name: 'Acme', slug: 'acme' }
const role = { name: 'Switch', slug: 'switch' }
const site = { name: 'Homelab', slug: 'homelab' }

export const killedWrites: KilledWrite[] = [
  {
    kind: 'create_item',
    prepare: async () => intent(1, { macAddress: '02:00:5E:00:00:01' }),
    one: [
      'dcim/devices/?asset_tag=HW-00001',
      'dcim/interfaces/',
      'dcim/mac-addresses/',
      'dcim/manufacturers/',
    ],
    none: [],
  },
  {
    kind: 'change_record',
    async prepare(server) {
      const [id] = await recorded(server, [{ serial: 'SN-1' }])
      const target = { kind: 'device', id, assetTag: 'HW-00001', hwlabId: '01ITEM1', name: 'Acme Box 1' }
      const fields = {
        serial: { base: 'SN-1', mine: 'SN-RIGHT' },
        comments: { base: 'From the top shelf.', mine: 'On the bench.' },
      }
      return { target, fields, journal: 'Read again from the label.' }
    },
    one: ['dcim/devices/?serial=SN-RIGHT'],
    none: ['dcim/devices/?serial=SN-1'],
  },
  {
    kind: 'move_part',
    async prepare(server) {
      const [id] = await recorded(server, [{ name: 'srv-1' }, {}])
      const machine = { id, name: 'srv-1', tag: 'HW-00001' }
      return {
        part: { tag: 'HW-00002', hwlabId: '01ITEM2', manufacturer: maker, model: 'Box 1', role },
        from: { kind: 'shelf', site, location: [] },
        to: { kind: 'bay', machine, name: 'Slot 1', isNew: true },
      }
    },
    one: ['dcim/modules/', 'dcim/modules/?asset_tag=HW-00002', 'dcim/module-bays/'],
    none: ['dcim/devices/?asset_tag=HW-00002'],
  },
  {
    kind: 'connect_cable',
    async prepare(server) {
      const [from, to] = await recorded(server, [{ name: 'srv-1' }, { name: 'srv-2' }])
      const end = (id: number | undefined, name: string, tag: string) => ({
        ...{ objectType: 'dcim.interface', name: 'eth0', newType: '1000base-t' },
        device: { id, name, tag },
      })
      return {
        ...{ hwlabId: '01CABLE', loose: null, type: 'cat6', color: '', lengthMetres: 2 },
        a: end(from, 'srv-1', 'HW-00001'),
        b: end(to, 'srv-2', 'HW-00002'),
      }
    },
    one: ['dcim/cables/'],
    none: [],
  },
  {
    kind: 'rename_interfaces',
    async prepare(server) {
      const [id = 0] = await recorded(server, [{}])
      return twoSpellings(server, id)
    },
    one: ['dcim/interfaces/?name=Ethernet1', 'dcim/interfaces/', 'dcim/mac-addresses/', 'ipam/ip-addresses/'],
    none: [],
  },
]

/** One port as `Et1`, and as `eth1` with its addresses; the intent that makes it `Ethernet1`. */
async function twoSpellings(server: ReturnType<typeof labDatabase>, device: number): Promise<unknown> {
  const hand = byHand(queueWorld({ server }).server)
  const port = (name: string) => hand.make('dcim/interfaces/', { device, name, type: '1000base-t' })
  const [id, double] = [await port('Et1'), await port('eth1')]
  const on = { assigned_object_type: 'dcim.interface', assigned_object_id: double }
  const ip = await hand.make('ipam/ip-addresses/', { address: '192.0.2.7/24', ...on })
  const mac = await hand.make('dcim/mac-addresses/', { mac_address: '02:00:5E:00:00:07', ...on })
  await hand.change(`dcim/interfaces/${double}/`, { primary_mac_address: mac })
  const { last_updated: lastUpdated } = await hand.row(`dcim/interfaces/${double}/`)
  const addresses = [
    { endpoint: 'ipam/ip-addresses', id: ip, text: '192.0.2.7/24' },
    { endpoint: 'dcim/mac-addresses', id: mac, text: '02:00:5E:00:00:07' },
  ]
  const doubles = [{ id: double, name: 'eth1', lastUpdated, addresses }]
  return {
    target: { kind: 'device', id: device, assetTag: 'HW-00001', hwlabId: '01ITEM1', name: 'Acme Box 1' },
    ports: [{ id, from: 'Et1', to: 'Ethernet1', doubles, primaryMacId: mac }],
  }
}

/** Whatever must not be there twice, beside what a write is about. */
export const counted = [
  ...['devices', 'modules', 'module-bays', 'interfaces', 'cables', 'mac-addresses', 'device-types'].map(
    (name) => `dcim/${name}/`,
  ),
  ...['image-attachments', 'journal-entries', 'tags', 'custom-fields'].map((name) => `extras/${name}/`),
]

/** Items that HWLab wrote before; NetBox's ids of them. */
async function recorded(
  server: ReturnType<typeof labDatabase>,
  items: Partial<DesiredItem>[],
): Promise<number[]> {
  const lab = queueWorld({ server })
  lab.outbox.start()
  for (const [at, changes] of items.entries()) enqueue(lab.outbox, at + 1, changes)
  await lab.until(() => lab.settled.length === items.length)
  await lab.outbox.stop()
  return Promise.all(items.map((_, at) => idOf(lab.server, `HW-0000${at + 1}`)))
}

async function idOf(server: Fetch, tag: string): Promise<number> {
  const answer = await server(new Request(`http://netbox.test/api/dcim/devices/?asset_tag=${tag}`))
  const { results } = z.object({ results: z.array(z.object({ id: z.number() })) }).parse(await answer.json())
  return results[0]?.id ?? 0
}
