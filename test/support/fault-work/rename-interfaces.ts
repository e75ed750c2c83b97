import { z } from 'zod'
import type {
  PortIntent,
  RenameInterfaces,
} from '../../../mcp-servers/netbox/interface-names/rename-intent.ts'
import type { InventoryWorld } from '../inventory-world.ts'
import type { FaultWork } from './fault-work.ts'
import { rowsOf } from './tally.ts'

const portSchema = z.object({
  id: z.number(),
  name: z.string(),
  mac_address: z.string().nullable(),
  count_ipaddresses: z.number(),
})
const wanted = 'GigabitEthernet1/0/1'

/** One port of each device under two spellings, the one that goes with an IP address and the primary MAC address. */
export const renameInterfaces: FaultWork = {
  words: (count) => `${count} doubles become one port each, with the addresses of both`,
  async open(world, count) {
    const lab = await world.lab()
    const numbers = Array.from({ length: count }, (_, index) => index)
    const targets: RenameInterfaces['target'][] = []
    const planned = []
    for (const number of numbers) {
      const assetTag = `${world.prefix}-R${number}`
      const name = `${world.prefix} switch ${number}`
      const id = await lab.device({ name, asset_tag: assetTag })
      const target = { kind: 'device' as const, id, assetTag, hwlabId: null, name }
      const stays = await lab.port(id, 'Gi1/0/1')
      const port = await portOf(world, { number, stays, double: await lab.port(id, wanted) })
      const intent: RenameInterfaces = { target, ports: [port] }
      targets.push(target)
      planned.push({ key: assetTag, kind: 'rename_interfaces', intent })
    }
    return {
      planned,
      async count(tally) {
        for (const [number, { id, assetTag }] of targets.entries()) {
          const listed = await rowsOf(world.inventory.rest.list('dcim/interfaces', { device_id: id }))
          const ports = z.array(portSchema).parse(listed)
          tally.one(`port of ${assetTag}`, ports.length)
          const seen = ports[0]
          tally.same(
            `port of ${assetTag}`,
            [seen?.name, seen?.mac_address, seen?.count_ipaddresses],
            [wanted, macOf(number), 1],
          )
        }
      },
    }
  },
}

async function portOf(
  world: InventoryWorld,
  { number, stays, double }: { number: number; stays: number; double: number },
): Promise<PortIntent> {
  const on = { assigned_object_type: 'dcim.interface', assigned_object_id: double }
  const ip = await world.make('ipam/ip-addresses', { address: `198.51.100.${number + 1}/24`, ...on })
  const mac = await world.make('dcim/mac-addresses', { mac_address: macOf(number), ...on })
  await world.call('PATCH', `dcim/interfaces/${double}/`, { primary_mac_address: mac })
  const { last_updated } = await world.read(`dcim/interfaces/${double}/`)
  return {
    ...{ id: stays, from: 'Gi1/0/1', to: wanted, primaryMacId: mac },
    doubles: [
      {
        ...{ id: double, name: wanted, lastUpdated: z.string().parse(last_updated) },
        addresses: [
          { endpoint: 'ipam/ip-addresses', id: ip, text: `198.51.100.${number + 1}/24` },
          { endpoint: 'dcim/mac-addresses', id: mac, text: macOf(number) },
        ],
      },
    ],
  }
}

function macOf(number: number): string {
  return `02:00:5E:00:01:${number.toString(16).padStart(2, '0').toUpperCase()}`
}
