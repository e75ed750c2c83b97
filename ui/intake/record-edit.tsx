import type { ItemView } from '../../agent/protocol/items.ts'
import { ChangeDecision } from '../cards/change-decision.tsx'
import { Button } from '../kit/button.tsx'
import { Notice, Refusal } from '../kit/notice.tsx'
import { Conflict } from '../queue/conflict.tsx'
import { TakeBack } from '../queue/take-back.tsx'
import { useAsking } from '../use-asking.ts'
import { useLab } from '../use-lab.ts'
import { AddPhoto } from './add-photo.tsx'
import { changeLook } from './item-look.ts'

/** What a recorded thing waits for: a choice where both sides changed it, or a decision. */
export function RecordEdit({ item }: { item: ItemView }) {
  const conflict = useLab((lab) =>
    lab.queue?.operations.find((one) => one.tag === item.tag && one.conflict.length > 0),
  )
  const look = item.edit && changeLook(item.edit)
  const edit = look === 'waiting' || look === 'working' || look === 'failed' ? item.edit : null
  if (!item.record || !(conflict || edit)) return null
  return (
    <div className="record-edit">
      {conflict?.why && <Notice tone="ask">{conflict.why}</Notice>}
      {conflict && <Conflict operation={conflict} />}
      {edit && !conflict && (
        <>
          <p className="record-edit-title">{edit.title}</p>
          <ChangeDecision change={edit} item={item} preview={null} />
        </>
      )}
    </div>
  )
}

/** What can be done with a recorded thing when nothing waits: take the last change back, or retire it. */
export function RecordActions({ item }: { item: ItemView }) {
  const { busy, refusal, ask } = useAsking()
  const readOnly = useLab((lab) => lab.session?.readOnly ?? false)
  const { edit, record } = item
  const look = edit && changeLook(edit)
  if (!record || readOnly || look === 'waiting' || look === 'working') return null
  return (
    <div className="record-actions">
      {edit && look === 'done' && <TakeBack what={edit.id} title={edit.title} />}
      {!record.retired && <AddPhoto itemId={item.id} />}
      {!record.retired && (
        <Button
          look="quiet"
          disabled={busy}
          onClick={() => ask('record-change', { itemId: item.id, field: 'status', value: 'retired' })}
        >
          Retire this thing
        </Button>
      )}
      <Refusal why={refusal} />
    </div>
  )
}
