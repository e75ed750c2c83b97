import { countText } from '../../../mcp-servers/netbox/count-text.ts'
import type { LabDatabase } from '../../store/lab-database.ts'

/** What a state holds, for a person who has to choose between two. Also reads one of an older HWLab. */
export function contentLines(database: LabDatabase): string[] {
  const count = (sql: string) => Number(database.prepare(sql).pluck().get() ?? 0)
  const newestMs = count(
    `select max(atMs) from (select max(at_ms) as atMs from audit union all select max(updated_at_ms) from items
       union all select max(updated_at_ms) from conversations union all select max(updated_at_ms) from outbox_operations)`,
  )
  const items = count('select count(*) from items where discarded_at_ms is null')
  const recorded = count('select count(*) from items where record_id is not null')
  const writes = count(
    "select count(*) from outbox_operations where state not in ('confirmed', 'cancelled', 'superseded')",
  )
  const requests = count("select count(*) from change_requests where state = 'proposed'")
  const photos = count('select count(*) from attachments')
  const conversations = count('select count(*) from conversations')
  const lines = [
    `last change ${newestMs === 0 ? 'none' : new Date(newestMs).toISOString()}`,
    `${countText(items, 'item', 'items')}, ${recorded} in the inventory; highest tag number given ${count('select max(number) from tags')}`,
    `${countText(photos, 'photo', 'photos')}, ${countText(conversations, 'conversation', 'conversations')}`,
    `${countText(writes, 'write', 'writes')} on the way to the inventory, ${countText(requests, 'request', 'requests')} to decide`,
  ]
  return lines.map((line) => `  ${line}`)
}
