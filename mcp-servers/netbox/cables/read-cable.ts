import { z } from 'zod'
import { type CableRow, cableFields, cableRowSchema } from '../client/cable-row.ts'
import type { Failure } from '../client/failure.ts'
import type { Rest } from '../client/rest.ts'
import { strange } from '../parts/read-part.ts'
import type { ConnectCable } from './cable-intent.ts'

/** Our cable, by its `hwlab_id`; `foreign`: its tag is on a cable that HWLab did not connect. */
export async function readCable(
  rest: Rest,
  { hwlabId, loose }: Pick<ConnectCable, 'hwlabId' | 'loose'>,
  signal?: AbortSignal,
): Promise<{ kind: 'read'; row: CableRow | null } | { kind: 'needs-human'; why: string } | Failure> {
  const ask = { limit: 50, fields: cableFields, ...(signal ? { signal } : {}) }
  const byId = await rest.list('dcim/cables', { cf_hwlab_id: hwlabId }, ask)
  if (byId.kind === 'failed') return byId
  const tag = loose?.part.tag ?? null
  const byLabel =
    tag === null ? { kind: 'ok' as const, rows: [] } : await rest.list('dcim/cables', { label: tag }, ask)
  if (byLabel.kind === 'failed') return byLabel
  const rows = z.array(cableRowSchema).safeParse([...byId.rows, ...byLabel.rows])
  if (!rows.success) return strange()
  const own = rows.data.find((row) => row.custom_fields.hwlab_id === hwlabId)
  const other = rows.data.find((row) => tag !== null && row.label === tag && row.id !== own?.id)
  if (other)
    return {
      kind: 'needs-human',
      why: `In NetBox ${tag} is the label of another cable (${other.id}). Remove it there, then retry.`,
    }
  return { kind: 'read', row: own ?? null }
}
