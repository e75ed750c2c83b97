import { z } from 'zod'
import type { Inventory } from '../../../mcp-servers/netbox/client/inventory.ts'
import type { Row } from '../../../mcp-servers/netbox/client/rest.ts'

const titled = z.object({ asset_tag: z.string().nullable() })

/** Counts what is missing, what is there more than once, and what says something else than was asked for. */
export class Tally {
  readonly lost: string[] = []
  readonly doubled: string[] = []
  readonly wrong: string[] = []

  one(what: string, found: number): void {
    if (found === 0) this.lost.push(what)
    if (found > 1) this.doubled.push(what)
  }

  same(what: string, found: unknown, wanted: unknown): void {
    if (JSON.stringify(found) !== JSON.stringify(wanted))
      this.wrong.push(`${what}: ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`)
  }

  words(): string {
    return `${this.lost.length} lost, ${this.doubled.length} doubled, ${this.wrong.length} wrong`
  }
}

/** Throws when the inventory cannot be asked. */
export async function rowsOf(answer: ReturnType<Inventory['rest']['list']>): Promise<Row[]> {
  const read = await answer
  if (read.kind === 'failed') throw new Error(read.why)
  return read.rows
}

/** Devices, modules and assets that carry the tag. */
export async function holdersOf(inventory: Inventory, tag: string): Promise<{ kind: string; row: Row }[]> {
  const known = await inventory.features()
  const assets = known.kind === 'known' && known.features.assets
  const places = [
    ['device', 'dcim/devices'],
    ['module', 'dcim/modules'],
    ...(assets ? [['asset', 'plugins/inventory/assets'] as const] : []),
  ] as const
  const found = await Promise.all(
    places.map(async ([kind, endpoint]) =>
      (await rowsOf(inventory.rest.list(endpoint, { asset_tag: tag })))
        .filter((row) => titled.parse(row).asset_tag === tag)
        .map((row) => ({ kind, row })),
    ),
  )
  return found.flat()
}
