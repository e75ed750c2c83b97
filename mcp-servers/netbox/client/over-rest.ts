import { z } from 'zod'
import { tagNumber, tagText } from '../tags/tag-text.ts'
import { deviceRowSchema, deviceSeen, moduleRowSchema, moduleSeen } from './device-row.ts'
import type { Filters } from './endpoints.ts'
import { type Failure, failed } from './failure.ts'
import type { Inventory, Looked, Probe } from './inventory.ts'
import { macText } from './mac-text.ts'
import type { RecordSeen } from './record-seen.ts'
import type { Rest } from './rest.ts'

const statusSchema = z.object({ 'netbox-version': z.string() })
const macRowSchema = z.object({
  mac_address: z.string(),
  assigned_object: z.looseObject({ device: z.looseObject({ id: z.number() }).optional() }).nullable(),
})

/** Everything but how it is reached and what it is called: the same for NetBox and for the embedded inventory. */
export function inventoryOverRest(rest: Rest): Omit<Inventory, 'kind' | 'describe' | 'close'> {
  const devices = (filters: Filters<'dcim/devices'>, options?: { limit?: number; ordering?: string }) =>
    rest.list('dcim/devices', filters, options).then((answer) => seen(answer, deviceRowSchema, deviceSeen))
  const modules = (filters: Filters<'dcim/modules'>, options?: { limit?: number; ordering?: string }) =>
    rest.list('dcim/modules', filters, options).then((answer) => seen(answer, moduleRowSchema, moduleSeen))

  return {
    rest,
    probe: () => probe(rest),
    async findByTag(tag) {
      const both = joined(await Promise.all([devices({ asset_tag: tag }), modules({ asset_tag: tag })]))
      return kept(both, (record) => record.assetTag === tag)
    },
    async findBySerial(serial) {
      const both = joined(await Promise.all([devices({ serial }), modules({ serial })]))
      return kept(both, (record) => record.serial?.toLowerCase() === serial.trim().toLowerCase())
    },
    async findByHwlabId(hwlabId) {
      return kept(await devices({ cf_hwlab_id: hwlabId }), (record) => record.hwlabId === hwlabId)
    },
    async findByMac(mac) {
      const wanted = macText(mac)
      if (wanted === null) return { kind: 'looked', records: [] }
      const answer = await rest.list('dcim/mac-addresses', { mac_address: wanted })
      if (answer.kind === 'failed') return away(answer)
      const deviceIds = answer.rows.flatMap((row) => {
        const mac = macRowSchema.safeParse(row)
        const id = mac.success ? mac.data.assigned_object?.device?.id : undefined
        return mac.success && macText(mac.data.mac_address) === wanted && id !== undefined ? [id] : []
      })
      const found = [...new Set(deviceIds)].slice(0, 20).map((id) => devices({ id }))
      return joined(await Promise.all(found))
    },
    async search(text, limit) {
      const q = text.trim().slice(0, 100)
      if (q === '' || limit < 1) return { kind: 'looked', records: [] }
      const both = joined(await Promise.all([devices({ q }, { limit }), modules({ q }, { limit })]))
      return both.kind === 'away' ? both : { kind: 'looked', records: both.records.slice(0, limit) }
    },
    async get(kind, id) {
      const found = kind === 'device' ? await devices({ id }) : await modules({ id })
      return kept(found, (record) => record.id === id)
    },
    async highestTag() {
      let highest = 0
      // Tags sort as text, so each count of digits is asked for by itself; longer ones exist only if shorter ones ran out.
      for (let digits = 5; digits <= 9; digits += 1) {
        const query = { asset_tag__regex: `^HW-[0-9]{${digits}}$` }
        const order = { ordering: '-asset_tag', limit: 1 }
        const both = joined(await Promise.all([devices(query, order), modules(query, order)]))
        if (both.kind === 'away') return both
        const numbers = both.records.map((record) => tagNumber(record.assetTag ?? '') ?? 0)
        if (numbers.length === 0 && digits > 5) break
        highest = Math.max(highest, ...numbers.filter((number) => tagText(number).length === digits + 3))
      }
      return { kind: 'looked', number: highest }
    },
  }
}

async function probe(rest: Rest): Promise<Probe> {
  const answer = await rest.call({ method: 'GET', path: 'status/' })
  if (answer.kind === 'failed') {
    const person = ['auth', 'base-url', 'denied', 'gone'].includes(answer.cause)
    return person ? { kind: 'refused', why: answer.why } : { kind: 'away', why: answer.why }
  }
  const status = statusSchema.safeParse(answer.body)
  if (!status.success)
    return {
      kind: 'refused',
      why: 'Something answers at NETBOX_URL, but it is no NetBox. Check the address.',
    }
  const version = status.data['netbox-version']
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major < 4 || (major === 4 && minor < 4))
    return { kind: 'refused', why: `This is NetBox ${version}. HWLab needs NetBox 4.4 or newer.` }
  return { kind: 'ready', version }
}

function seen<Parsed>(
  answer: { kind: 'ok'; rows: unknown[] } | Failure,
  schema: z.ZodType<Parsed>,
  show: (row: Parsed) => RecordSeen,
): Looked {
  if (answer.kind === 'failed') return away(answer)
  const rows = z.array(schema).safeParse(answer.rows)
  if (!rows.success)
    return away(failed('base-url', 'NetBox’s answer has another shape than NetBox 4.4 to 4.7.'))
  return { kind: 'looked', records: rows.data.map(show) }
}

function away(failure: Failure): Looked & { kind: 'away' } {
  return { kind: 'away', why: failure.why }
}

function joined(answers: Looked[]): Looked {
  const records: RecordSeen[] = []
  for (const answer of answers) {
    if (answer.kind === 'away') return answer
    records.push(...answer.records)
  }
  return { kind: 'looked', records }
}

function kept(answer: Looked, isIt: (record: RecordSeen) => boolean): Looked {
  return answer.kind === 'away' ? answer : { kind: 'looked', records: answer.records.filter(isIt) }
}
