import type { LabDatabase } from '../../serving/database.ts'
import type { Fetch } from '../client/rest.ts'
import { movedAwayTo } from './own-inventory.ts'

/** HWLab's own inventory, which takes nothing new once all of it was moved to a NetBox. */
export function keepAsBackup(database: LabDatabase, inner: Fetch): Fetch {
  return async (request) => {
    const target = request.method === 'GET' || request.method === 'OPTIONS' ? null : movedAwayTo(database)
    return target === null ? inner(request) : Response.json({ detail: backupWords(target) }, { status: 400 })
  }
}

export function backupWords(target: string): string {
  return `Its records were moved to ${target}, so it is a backup and only read. Set NETBOX_URL and NETBOX_TOKEN again, then start HWLab again.`
}
