import { z } from 'zod'
import type { CableEnd, ConnectCable } from '../../../mcp-servers/netbox/cables/cable-intent.ts'
import { openReferences } from '../../../mcp-servers/netbox/outbox/references.ts'
import type { Shelf } from '../../../mcp-servers/netbox/parts/move-intent.ts'
import type { InventoryWorld } from '../inventory-world.ts'
import type { FaultWork } from './fault-work.ts'
import { holdersOf, rowsOf } from './tally.ts'

const cableSchema = z.object({
  id: z.number(),
  label: z.string(),
  a_terminations: z.array(z.object({ object: z.object({ name: z.string() }) })),
  b_terminations: z.array(z.object({ object: z.object({ name: z.string() }) })),
})

/** Cables from the shelf between two machines; every second one has a tag, every third is taken out again. */
export const connectCables: FaultWork = {
  words: (count) => `${count} cables are connected or taken out, each tag on one record`,
  async open(world, count) {
    const { prefix, inventory } = world
    const { device } = await world.lab()
    const machines = [
      await device({ name: `${prefix} one` }),
      await device({ name: `${prefix} two` }),
    ] as const
    await ownField(world)
    const numbers = Array.from({ length: Math.ceil((count * 3) / 4) }, (_, index) => index)
    const isTagged = (number: number) => number % 2 === 0
    const outs = numbers.filter((number) => number % 3 === 0).slice(0, count - numbers.length)
    for (const number of numbers.filter(isTagged))
      await device({
        asset_tag: tagOf(prefix, number),
        status: 'inventory',
        custom_fields: { hwlab_id: `${prefix}-id-${number}` },
      })
    const intents = numbers.map((number) =>
      connection(world, { number, machines, isTagged: isTagged(number) }),
    )
    return {
      planned: [
        ...numbers.map((number) => ({
          key: `${number} in`,
          kind: 'connect_cable',
          intent: intents[number],
        })),
        ...outs.map((number) => ({ key: `${number} out`, kind: 'remove_cable', intent: intents[number] })),
      ],
      async count(tally) {
        const listed = await rowsOf(inventory.rest.list('dcim/cables', { device_id: machines[0] }))
        const cables = z.array(cableSchema).parse(listed)
        for (const number of numbers) {
          const port = `eth${number}`
          const there = cables.filter(({ a_terminations }) =>
            a_terminations.some(({ object }) => object.name === port),
          )
          if (outs.includes(number)) tally.same(`cables at ${port}`, there.length, 0)
          else tally.one(`cable at ${port}`, there.length)
          if (!isTagged(number)) continue
          const tag = tagOf(prefix, number)
          const devices = await holdersOf(inventory, tag)
          const labelled = await rowsOf(inventory.rest.list('dcim/cables', { label: tag }))
          tally.one(tag, devices.length + labelled.length)
          tally.same(`cables of ${tag}`, labelled.length, outs.includes(number) ? 0 : 1)
        }
        for (const machine of machines) {
          const ports = await rowsOf(inventory.rest.list('dcim/interfaces', { device_id: machine }))
          tally.same(`ports of ${machine}`, ports.length, numbers.length)
        }
      },
    }
  },
}

function tagOf(prefix: string, number: number): string {
  return `${prefix}-C${number}`
}

function connection(
  { prefix }: InventoryWorld,
  { number, machines, isTagged }: { number: number; machines: readonly [number, number]; isTagged: boolean },
): ConnectCable {
  const end = (id: number, name: string): CableEnd => ({
    objectType: 'dcim.interface',
    device: { id, name, tag: null },
    name: `eth${number}`,
    newType: '1000base-t',
  })
  const from: Shelf = {
    kind: 'shelf',
    site: { name: `${prefix} site`, slug: `${prefix}-site` },
    location: [`${prefix} room`],
  }
  const part = {
    tag: tagOf(prefix, number),
    hwlabId: `${prefix}-id-${number}`,
    manufacturer: { name: `${prefix} acme`, slug: `${prefix}-acme` },
    model: `${prefix} box`,
    role: { name: `${prefix} role`, slug: `${prefix}-role` },
  }
  return {
    hwlabId: `${prefix}-id-${number}`,
    loose: isTagged ? { part, from } : null,
    a: end(machines[0], `${prefix} one`),
    b: end(machines[1], `${prefix} two`),
    type: 'cat6',
    color: '2196f3',
    lengthMetres: 0.5,
  }
}

async function ownField({ inventory }: InventoryWorld): Promise<void> {
  const references = openReferences(inventory.rest)
  const field = await references.customField('hwlab_id', 'dcim.device', new AbortController().signal)
  if (field.kind === 'failed') throw new Error(field.why)
}
