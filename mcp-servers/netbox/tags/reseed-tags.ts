import type { LabDatabase } from '../../serving/database.ts'
import type { Inventory } from '../client/inventory.ts'
import { raiseTagFloor, trustTags } from './tags.ts'

/**
 * Lifts the sequence over the highest tag that the inventory knows, so that a restored or a second bench does not give
 * a number again. Call it at start.
 */
export async function reseedTags(
  database: LabDatabase,
  inventory: Inventory,
): Promise<{ kind: 'seeded'; highest: number } | { kind: 'away'; why: string }> {
  const answer = await inventory.highestTag()
  if (answer.kind === 'away') return answer
  raiseTagFloor(database, answer.number)
  trustTags(database)
  return { kind: 'seeded', highest: answer.number }
}
