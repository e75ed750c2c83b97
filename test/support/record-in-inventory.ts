import { z } from 'zod'
import type { Inventory } from '../../mcp-servers/netbox/client/inventory.ts'

const idSchema = z.object({ id: z.number() })

/** Writes an object as somebody at NetBox would, and answers its id. */
export async function recordInInventory(
  { rest }: Pick<Inventory, 'rest'>,
  endpoint: string,
  json: Record<string, unknown>,
): Promise<number> {
  const answer = await rest.call({ method: 'POST', path: `${endpoint}/`, body: { json } })
  if (answer.kind === 'failed') throw new Error(`${endpoint}: ${answer.why}`)
  return idSchema.parse(answer.body).id
}
