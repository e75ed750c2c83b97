import type { z } from 'zod'
import { assetFields, assetRowSchema, assetSeen } from '../client/asset-row.ts'
import { cableFields, cableRowSchema, cableSeen } from '../client/cable-row.ts'
import { deviceFields, deviceRowSchema, deviceSeen } from '../client/device-row.ts'
import type { Filters } from '../client/endpoints.ts'
import { type Failure, failed } from '../client/failure.ts'
import { moduleFields, moduleRowSchema, moduleSeen } from '../client/module-row.ts'
import { localUrl } from '../client/open-inventory.ts'
import { type RecordKind, type RecordSeen, recordPlaces } from '../client/record-seen.ts'
import type { Rest, Row } from '../client/rest.ts'

/** Filters that all kinds share, and where a kind keeps its tag. */
type Shared = Pick<Filters<'dcim/devices'>, 'id' | 'asset_tag__regex' | 'last_updated__gte'> &
  Pick<Filters<'dcim/cables'>, 'label__regex'>

const readers = {
  device: reader(deviceFields, deviceRowSchema, deviceSeen),
  module: reader(moduleFields, moduleRowSchema, moduleSeen),
  asset: reader(assetFields, assetRowSchema, assetSeen),
  cable: reader(cableFields, cableRowSchema, cableSeen),
} as const

function reader<Parsed>(
  fields: readonly string[],
  schema: z.ZodType<Parsed>,
  show: (row: Parsed) => RecordSeen,
): { fields: readonly string[]; read(row: Row): RecordSeen | null } {
  return {
    fields,
    read(row) {
      const parsed = schema.safeParse(row)
      if (!parsed.success) return null
      const record = show(parsed.data)
      return { ...record, url: localUrl(record.url) }
    },
  }
}

export type RecordPage = { kind: 'records'; records: RecordSeen[] } | Failure

/** The records of a kind, page by page in the order of ids; ends after a failure. */
export async function* readRecords(
  rest: Rest,
  kind: RecordKind,
  filters: Shared,
  signal: AbortSignal,
): AsyncGenerator<RecordPage, void> {
  const { fields, read } = readers[kind]
  for await (const page of rest.pages(recordPlaces[kind].endpoint, filters, { fields, signal })) {
    if (page.kind === 'failed') return yield page
    const records: RecordSeen[] = []
    for (const row of page.rows) {
      const record = read(row)
      if (record === null)
        return yield failed('base-url', 'NetBox’s answer has another shape than NetBox 4.4 to 4.7.')
      records.push(record)
    }
    yield { kind: 'records', records }
  }
}
