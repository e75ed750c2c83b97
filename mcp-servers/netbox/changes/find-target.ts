import { type Refusal, refused } from '../../serving/tool.ts'
import type { Inventory } from '../client/inventory.ts'
import { quoted } from '../intake/field-words.ts'
import { tagNumber, tagText } from '../tags/tag-text.ts'
import { type LiveRecord, readRecord } from './read-record.ts'
import type { ChangeTarget } from './record-change.ts'

/** The record with this tag as it is now, or the sentence why it cannot be changed. */
export async function findTarget(
  inventory: Inventory,
  text: string,
): Promise<{ kind: 'found'; target: ChangeTarget; live: LiveRecord } | Refusal> {
  const number = tagNumber(text.trim())
  if (number === null) return refused(`“${quoted(text, 40)}” is not a tag. A tag looks like HW-00001.`)
  const tag = tagText(number)
  const looked = await inventory.findByTag(tag)
  if (looked.kind === 'away') return refused(`${looked.why} A change is checked against NetBox first.`)
  const [record, other] = looked.records
  if (!record) return refused(`${tag} is not in the inventory. Use find_item to look for it.`)
  if (other)
    return refused(
      `${tag} is on two records, ${quoted(record.display)} and ${quoted(other.display)}. Remove it from one of them in NetBox first.`,
    )
  const live = await readRecord(inventory.rest, record)
  if (live.kind === 'failed') return refused(live.why)
  const { kind, id, hwlabId, manufacturer, model } = record
  const name = quoted(`${manufacturer} ${model}`.trim() || record.display, 80)
  return { kind: 'found', target: { kind, id, assetTag: tag, hwlabId, name }, live }
}
