import type { RecordSeen } from '../client/record-seen.ts'
import type { Undo } from '../outbox/operation.ts'
import { editLines } from './change-words.ts'
import type { RecordChange } from './record-change.ts'
import { recordShapes } from './record-shapes.ts'

/** What takes back a new record: it is not deleted, but marked as gone. */
export function retirementOf(record: RecordSeen): Undo | null {
  const { kind, id, assetTag, hwlabId, status, manufacturer, model } = record
  if (assetTag === null) return null
  const target = { kind, id, assetTag, hwlabId, name: `${manufacturer} ${model}`.slice(0, 80) }
  const fields = { status: { base: status, mine: recordShapes[kind].retired } }
  const intent: RecordChange = { target, fields, journal: null }
  return { kind: 'change_record', intent, lines: editLines(target, fields), tier: 'write' }
}
