import { z } from 'zod'
import { tagNumber, tagText } from '../tags/tag-text.ts'
import type { Inventory, Looked } from './inventory.ts'
import { exactLimit, openRecordLook } from './look-for-records.ts'
import { macText } from './mac-text.ts'
import type { RecordSeen } from './record-seen.ts'
import type { Rest } from './rest.ts'
import { openServerStatus } from './server-status.ts'

const macRowSchema = z.object({
  mac_address: z.string(),
  assigned_object: z.looseObject({ device: z.looseObject({ id: z.number() }).optional() }).nullable(),
})

/** Everything but how it is reached and what it is called: the same for NetBox and for the embedded inventory. */
export function inventoryOverRest(rest: Rest): Omit<Inventory, 'kind' | 'describe' | 'close'> {
  const { probe, features } = openServerStatus(rest)
  const look = openRecordLook(rest, features)
  return {
    rest,
    probe,
    features,
    async findByTag(tag) {
      return kept(await look.everywhere({ asset_tag: tag }), (record) => record.assetTag === tag)
    },
    async findBySerial(serial) {
      const wanted = serial.trim().toLowerCase()
      const found = await look.everywhere({ serial: serial.trim() })
      return kept(found, (record) => record.serial?.toLowerCase() === wanted)
    },
    async findByHwlabId(hwlabId) {
      return kept(await look.everywhere({ cf_hwlab_id: hwlabId }), (record) => record.hwlabId === hwlabId)
    },
    async findByMac(mac) {
      const wanted = macText(mac)
      if (wanted === null) return { kind: 'looked', records: [] }
      const answer = await rest.list('dcim/mac-addresses', { mac_address: wanted }, { limit: exactLimit })
      if (answer.kind === 'failed') return { kind: 'away', why: answer.why }
      const deviceIds = answer.rows.flatMap((row) => {
        const mac = macRowSchema.safeParse(row)
        const id = mac.success ? mac.data.assigned_object?.device?.id : undefined
        return mac.success && macText(mac.data.mac_address) === wanted && id !== undefined ? [id] : []
      })
      const onPorts = [...new Set(deviceIds)].slice(0, 20).map((id) => device(id))
      return joined(await Promise.all([...onPorts, onAssets(wanted)]))
    },
    async search(text, limit) {
      const q = text.trim().slice(0, 100)
      if (q === '' || limit < 1) return { kind: 'looked', records: [] }
      const found = await look.everywhere({ q }, limit)
      return found.kind === 'away' ? found : { kind: 'looked', records: found.records.slice(0, limit) }
    },
    async get(kind, id) {
      return kept(await look.at(kind, { id }), (record) => record.id === id)
    },
    async highestTag() {
      let highest = 0
      // Tags sort as text, so each count of digits is asked for by itself; longer ones exist only if shorter ones ran out.
      for (let digits = 5; digits <= 9; digits += 1) {
        const looked = await look.highestTags(`^HW-[0-9]{${digits}}$`)
        if (looked.kind === 'away') return looked
        const numbers = looked.tags.map((tag) => tagNumber(tag) ?? 0)
        if (numbers.length === 0 && digits > 5) break
        highest = Math.max(highest, ...numbers.filter((number) => tagText(number).length === digits + 3))
      }
      return { kind: 'looked', number: highest }
    },
  }

  /** An asset has no interfaces; its address is in a custom field. */
  async function onAssets(mac: string): Promise<Looked> {
    return kept(
      await look.assets({ cf_hwlab_mac: mac }),
      ({ customFields }) => macText(String(customFields?.hwlab_mac ?? '')) === mac,
    )
  }

  /** The device, or what has become of it where it only keeps the notes of a part that is in use elsewhere. */
  async function device(id: number): Promise<Looked> {
    const found = kept(await look.at('device', { id }), (record) => record.id === id)
    const [record] = found.kind === 'looked' ? found.records : []
    if (!record?.hwlabId || record.assetTag !== null) return found
    const { hwlabId } = record
    const now = kept(await look.everywhere({ cf_hwlab_id: hwlabId }), (other) => other.hwlabId === hwlabId)
    return now.kind === 'looked' && now.records.length === 0 ? found : now
  }
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
