import type { QueueOperation } from '../../agent/protocol/queue.ts'
import { usePlace } from '../house/place.ts'
import { Button } from '../kit/button.tsx'
import { agoWords } from '../kit/elapsed.ts'
import { Refusal } from '../kit/notice.tsx'
import { Status } from '../kit/status.tsx'
import { useAsking } from '../use-asking.ts'
import { Conflict } from './conflict.tsx'
import { TakeBack } from './take-back.tsx'

const labels = { retry: 'Try again', edit: 'Edit the item', cancel: 'Cancel' } as const

export function QueueRow({ operation, nowMs }: { operation: QueueOperation; nowMs: number }) {
  const { busy, refusal, ask } = useAsking()
  const { go } = usePlace()
  const { id, title, itemId } = operation
  async function act(action: keyof typeof labels): Promise<void> {
    const answer = await ask('operation-act', { operationId: id, action })
    if (answer.kind === 'ok' && action === 'edit' && itemId !== null) go({ kind: 'item', itemId })
  }
  // Where both sides changed a field, the choice is the way on; another record is another way.
  const actions = operation.actions.filter((action) => action !== 'choose')
  const shown = operation.conflict.length > 0 ? actions.filter((action) => action === 'edit') : actions
  return (
    <li className="row">
      <p className="panel-line">
        <span className="panel-name">{title}</span>
        {operation.tag && !title.includes(operation.tag) && <span className="mono">{operation.tag}</span>}
      </p>
      <p className="panel-line">
        <Status tone={operation.tone}>{operation.stateWords}</Status>
        <time className="panel-note" dateTime={operation.updatedAt}>
          {agoWords(operation.updatedAt, nowMs)}
        </time>
      </p>
      {operation.why && !operation.stateWords.includes(operation.why) && (
        <p className="panel-why">{operation.why}</p>
      )}
      {operation.conflict.length > 0 && <Conflict operation={operation} />}
      {operation.undoable && <TakeBack what={id} title={title} />}
      {shown.length > 0 && (
        <div className="actions">
          {shown.map((action) => (
            <Button
              key={action}
              look={action === 'retry' ? 'plain' : 'quiet'}
              disabled={busy}
              aria-label={`${labels[action]}: ${title}`}
              onClick={() => act(action)}
            >
              {labels[action]}
            </Button>
          ))}
        </div>
      )}
      <Refusal why={refusal} />
    </li>
  )
}
