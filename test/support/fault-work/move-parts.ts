import { z } from 'zod'
import { openReferences } from '../../../mcp-servers/netbox/outbox/references.ts'
import type { MovePart, Place, Shelf } from '../../../mcp-servers/netbox/parts/move-intent.ts'
import type { InventoryWorld } from '../inventory-world.ts'
import type { FaultWork } from './fault-work.ts'
import { holdersOf, rowsOf } from './tally.ts'

const moduleSchema = z.object({ module_bay: z.object({ name: z.string() }), serial: z.string() })
const deviceSchema = z.object({ location: z.object({ name: z.string() }).nullable(), serial: z.string() })

/** Loose parts into a machine, two thirds of them on to another bay or out onto a shelf. */
export const moveParts: FaultWork = {
  words: (count) => `${count} moves of parts leave each tag on one record, with its notes`,
  async open(world, count) {
    const { prefix, inventory } = world
    const { device, bay } = await world.lab()
    const machine = await device({ name: `${prefix} host` })
    await ownField(world)
    const numbers = Array.from({ length: Math.ceil(count / 2) }, (_, index) => index)
    for (const number of numbers) {
      const own = { asset_tag: tagOf(prefix, number), serial: `S${number}`, status: 'inventory' }
      await device({ ...own, custom_fields: { hwlab_id: `${prefix}-id-${number}` } })
      if (number % 2 === 0) await bay(machine, `Bay ${number}`)
    }
    const placeOf = (name: string, isNew: boolean): Place => ({
      kind: 'bay',
      machine: { id: machine, name: `${prefix} host`, tag: null },
      name,
      isNew,
    })
    const journeys = numbers.map((number) => {
      const first = placeOf(`Bay ${number}`, number % 2 === 1)
      const second = number % 3 === 0 ? placeOf(`Slot ${number}`, true) : shelfOf(prefix)
      return { number, steps: [first, second] as const }
    })
    const planned = journeys.flatMap(({ number, steps: [first, second] }) => [
      { key: `${number} in`, kind: 'move_part', intent: move(prefix, number, [nowhere(prefix), first]) },
      { key: `${number} on`, kind: 'move_part', intent: move(prefix, number, [first, second]) },
    ])
    return {
      planned: planned.slice(0, count),
      async count(tally) {
        for (const { number, steps } of journeys) {
          const tag = tagOf(prefix, number)
          const isMovedOn = number * 2 + 1 < count
          const place = isMovedOn ? steps[1] : steps[0]
          const holders = await holdersOf(inventory, tag)
          tally.one(tag, holders.length)
          const [holder] = holders
          if (!holder) continue
          tally.same(`place of ${tag}`, placeSeen(holder), placeWanted(place, number))
          const entry = {
            assigned_object_type: holder.kind === 'module' ? 'dcim.module' : 'dcim.device',
            assigned_object_id: holder.row.id,
          }
          const entries = await rowsOf(inventory.rest.list('extras/journal-entries', entry))
          tally.same(`notes of ${tag}`, entries.length, isMovedOn ? 2 : 1)
        }
        const bays = await rowsOf(inventory.rest.list('dcim/module-bays', { device_id: machine }))
        for (const name of new Set(bays.map((row) => String(row.name))))
          tally.one(name, bays.filter((row) => row.name === name).length)
        const modules = await rowsOf(inventory.rest.list('dcim/modules', { device_id: machine }))
        const inBays = journeys.filter(
          ({ number, steps }) => (number * 2 + 1 < count ? steps[1] : steps[0]).kind === 'bay',
        )
        tally.same('modules in the machine', modules.length, inBays.length)
      },
    }
  },
}

function tagOf(prefix: string, number: number): string {
  return `${prefix}-P${number}`
}

function nowhere(prefix: string): Shelf {
  return { kind: 'shelf', site: { name: `${prefix} site`, slug: `${prefix}-site` }, location: [] }
}

function shelfOf(prefix: string): Shelf {
  return { ...nowhere(prefix), location: [`${prefix} room`, `${prefix} box`] }
}

function move(prefix: string, number: number, [from, to]: [Place, Place]): MovePart {
  return {
    part: {
      tag: tagOf(prefix, number),
      hwlabId: `${prefix}-id-${number}`,
      manufacturer: { name: `${prefix} acme`, slug: `${prefix}-acme` },
      model: `${prefix} box`,
      role: { name: `${prefix} role`, slug: `${prefix}-role` },
    },
    from,
    to,
  }
}

function placeSeen({ kind, row }: { kind: string; row: unknown }): unknown {
  if (kind === 'module') {
    const { module_bay, serial } = moduleSchema.parse(row)
    return { bay: module_bay.name, serial }
  }
  const { location, serial } = deviceSchema.parse(row)
  return { location: location?.name ?? null, serial }
}

function placeWanted(place: Place, number: number): unknown {
  const serial = `S${number}`
  return place.kind === 'bay' ? { bay: place.name, serial } : { location: place.location.at(-1), serial }
}

async function ownField({ inventory }: InventoryWorld): Promise<void> {
  const references = openReferences(inventory.rest)
  const field = await references.customField('hwlab_id', 'dcim.device', new AbortController().signal)
  if (field.kind === 'failed') throw new Error(field.why)
}
