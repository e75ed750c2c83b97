import { z } from 'zod'
import { type AssetRow, assetFields, assetRowSchema, assetSeen } from './asset-row.ts'
import { cableFields, cableRowSchema, cableSeen } from './cable-row.ts'
import { deviceFields, deviceRowSchema, deviceSeen } from './device-row.ts'
import type { Filters } from './endpoints.ts'
import { type Failure, failed } from './failure.ts'
import type { FeaturesKnown, Looked } from './inventory.ts'
import { moduleFields, moduleRowSchema, moduleSeen } from './module-row.ts'
import type { RecordKind, RecordSeen } from './record-seen.ts'
import type { Rest, Row } from './rest.ts'

/** Filters that devices, modules and assets share. */
type Shared = Pick<Filters<'dcim/devices'>, 'id' | 'asset_tag' | 'serial' | 'q' | 'cf_hwlab_id'>
type OfAssets = Shared & Pick<Filters<'plugins/inventory/assets'>, 'cf_hwlab_mac'>

/** So many parts in use are looked up one by one after a search. */
const mostElsewhere = 5

/** Enough for any exact question; should NetBox ignore the filter, not the whole table comes. */
export const exactLimit = 50

export interface RecordLook {
  /** The keys of the answers are for the caller to check. */
  at(kind: RecordKind, filters: Shared): Promise<Looked>
  assets(filters: OfAssets): Promise<Looked>
  /** A thing that is a device or module and an asset as well is answered once, as what it is in the rack. */
  everywhere(filters: Shared, limit?: number): Promise<Looked>
  /** The highest tags whose text fits the pattern, at most one of each kind of record and of racks. */
  highestTags(pattern: string): Promise<{ kind: 'looked'; tags: string[] } | { kind: 'away'; why: string }>
}

type Assets = { kind: 'assets'; rows: AssetRow[] } | { kind: 'away'; why: string }

export function openRecordLook(rest: Rest, features: () => Promise<FeaturesKnown>): RecordLook {
  async function devices(filters: Shared, limit: number): Promise<Looked> {
    const answer = await rest.list('dcim/devices', filters, { limit, fields: deviceFields })
    return looked(parsed(answer, deviceRowSchema), deviceSeen)
  }

  async function modules(filters: Shared, limit: number): Promise<Looked> {
    const answer = await rest.list('dcim/modules', filters, { limit, fields: moduleFields })
    return looked(parsed(answer, moduleRowSchema), moduleSeen)
  }

  async function assets({ serial, ...filters }: OfAssets, limit: number): Promise<Assets> {
    const has = await features()
    if (has.kind === 'away') return has
    if (!has.features.assets) return { kind: 'assets', rows: [] }
    // The plugin compares serial numbers with case unless asked otherwise.
    const bySerial = serial === undefined ? {} : { serial__ie: serial }
    const options = { limit, fields: assetFields }
    const answer = await rest.list('plugins/inventory/assets', { ...filters, ...bySerial }, options)
    const rows = parsed(answer, assetRowSchema)
    return rows.kind === 'failed' ? { kind: 'away', why: rows.why } : { kind: 'assets', rows: rows.rows }
  }

  /** NetBox does not search parts in bays by their model, but the device that keeps their notes is found by it. */
  async function inUseElsewhere(devices: RecordSeen[], known: RecordSeen[]): Promise<Looked> {
    const ids = devices.flatMap((device) => (isCurrent(device) ? [] : (device.hwlabId ?? [])))
    const missing = [...new Set(ids)].filter((id) => !known.some(({ hwlabId }) => hwlabId === id))
    const records: RecordSeen[] = []
    for (const id of missing.slice(0, mostElsewhere)) {
      const [module, cable] = await Promise.all([
        modules({ cf_hwlab_id: id }, exactLimit),
        cables({ cf_hwlab_id: id }, exactLimit),
      ])
      if (module.kind === 'away') return module
      if (cable.kind === 'away') return cable
      records.push(...[...module.records, ...cable.records].filter(({ hwlabId }) => hwlabId === id))
    }
    return { kind: 'looked', records }
  }

  async function allAssets(filters: OfAssets): Promise<Looked> {
    const found = await assets(filters, exactLimit)
    return found.kind === 'away' ? found : { kind: 'looked', records: found.rows.map(assetSeen) }
  }

  /** A cable has no serial number, and its tag is its label. */
  async function cables({ serial, asset_tag, ...filters }: Shared, limit: number): Promise<Looked> {
    if (serial !== undefined) return { kind: 'looked', records: [] }
    const label = asset_tag === undefined ? {} : { label: asset_tag }
    const answer = await rest.list('dcim/cables', { ...filters, ...label }, { limit, fields: cableFields })
    return looked(parsed(answer, cableRowSchema), cableSeen)
  }

  return {
    async at(kind, filters) {
      if (kind === 'device') return devices(filters, exactLimit)
      if (kind === 'module') return modules(filters, exactLimit)
      if (kind === 'cable') return cables(filters, exactLimit)
      return allAssets(filters)
    },
    assets: allAssets,
    async everywhere(filters, limit = exactLimit) {
      const [inRacks, inBays, inUse, owned] = await Promise.all([
        devices(filters, limit),
        modules(filters, limit),
        cables(filters, limit),
        assets(filters, limit),
      ])
      if (inRacks.kind === 'away') return inRacks
      if (inBays.kind === 'away') return inBays
      if (inUse.kind === 'away') return inUse
      if (owned.kind === 'away') return owned
      const elsewhere = await inUseElsewhere(inRacks.records, [...inBays.records, ...inUse.records])
      if (elsewhere.kind === 'away') return elsewhere
      const loose = inRacks.records.filter(isCurrent)
      const records = [...loose, ...inBays.records, ...inUse.records, ...elsewhere.records]
      const others = owned.rows.filter((asset) => !records.some((record) => isHardwareOf(asset, record)))
      return { kind: 'looked', records: [...records, ...others.map(assetSeen)] }
    },
    async highestTags(pattern) {
      const has = await features()
      if (has.kind === 'away') return has
      const tables = ['dcim/devices', 'dcim/modules', 'dcim/racks', 'plugins/inventory/assets'] as const
      const present = tables.filter((table) => table !== 'plugins/inventory/assets' || has.features.assets)
      const options = { ordering: '-asset_tag', limit: 1, fields: ['asset_tag'] }
      const answers = present.map((table) => rest.list(table, { asset_tag__regex: pattern }, options))
      const tags: string[] = []
      for (const answer of await Promise.all(answers)) {
        if (answer.kind === 'failed') return { kind: 'away', why: answer.why }
        tags.push(...answer.rows.map((row) => String(row.asset_tag)))
      }
      const labels = { ordering: '-label', limit: 1, fields: ['label'] }
      const cables = await rest.list('dcim/cables', { label__regex: pattern }, labels)
      if (cables.kind === 'failed') return { kind: 'away', why: cables.why }
      tags.push(...cables.rows.map((row) => String(row.label)))
      return { kind: 'looked', tags }
    },
  }
}

/** The device of a part that is in use elsewhere keeps photos and notes, and is no answer to anything. */
function isCurrent({ hwlabId, assetTag, status }: RecordSeen): boolean {
  return hwlabId === null || assetTag !== null || status !== 'offline'
}

function isHardwareOf(asset: AssetRow, record: RecordSeen): boolean {
  if (record.kind === 'device') return asset.device?.id === record.id
  return record.kind === 'module' && asset.module?.id === record.id
}

function parsed<Parsed>(
  answer: { kind: 'ok'; rows: Row[] } | Failure,
  schema: z.ZodType<Parsed>,
): { kind: 'rows'; rows: Parsed[] } | Failure {
  if (answer.kind === 'failed') return answer
  const rows = z.array(schema).safeParse(answer.rows)
  return rows.success
    ? { kind: 'rows', rows: rows.data }
    : failed('base-url', 'NetBox’s answer has another shape than NetBox 4.4 to 4.7.')
}

function looked<Parsed>(
  answer: { kind: 'rows'; rows: Parsed[] } | Failure,
  show: (row: Parsed) => RecordSeen,
): Looked {
  return answer.kind === 'failed'
    ? { kind: 'away', why: answer.why }
    : { kind: 'looked', records: answer.rows.map(show) }
}
