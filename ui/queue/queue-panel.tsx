import type { QueueView } from '../../agent/protocol.ts'
import { Button } from '../kit/button.tsx'
import { agoWords } from '../kit/elapsed.ts'
import { Notice, Refusal } from '../kit/notice.tsx'
import { Status } from '../kit/status.tsx'
import { useNow } from '../kit/use-now.ts'
import { useAsking } from '../use-asking.ts'
import { useLab } from '../use-lab.ts'
import { Conflict } from './conflict.tsx'
import { TakeBack } from './take-back.tsx'

export function QueuePanel() {
  const queue = useLab((lab) => lab.queue)
  const nowMs = useNow(30_000)
  if (!queue) return <p className="panel-empty">Looking at the queue…</p>
  return (
    <div className="panel-section">
      <p className="panel-note">{`Records are saved to ${queue.target}.`}</p>
      <Notice tone={queue.tone}>{queue.words}</Notice>
      <ul className="rows">
        {queue.operations.map((operation) => (
          <Operation key={operation.id} operation={operation} nowMs={nowMs} />
        ))}
      </ul>
    </div>
  )
}

function Operation({ operation, nowMs }: { operation: QueueView['operations'][number]; nowMs: number }) {
  const { busy, refusal, ask } = useAsking()
  return (
    <li className="row">
      <p className="panel-line">
        <span className="panel-name">{operation.title}</span>
        {operation.tag && <span className="mono">{operation.tag}</span>}
      </p>
      <p className="panel-line">
        <Status tone={operation.tone}>{operation.stateWords}</Status>
        <time className="panel-note" dateTime={operation.updatedAt}>
          {agoWords(operation.updatedAt, nowMs)}
        </time>
      </p>
      {operation.why && <p className="panel-why">{operation.why}</p>}
      {operation.conflict.length > 0 && <Conflict operation={operation} />}
      {operation.undoable && <TakeBack what={operation.id} title={operation.title} />}
      {operation.conflict.length === 0 && operation.actions.length > 0 && (
        <div className="actions">
          {operation.actions
            .filter((action) => action !== 'choose' && action !== 'edit')
            .map((action) => (
              <Button
                key={action}
                disabled={busy}
                aria-label={`${action === 'retry' ? 'Try again' : 'Cancel'}: ${operation.title}`}
                onClick={() => ask('operation-act', { operationId: operation.id, action })}
              >
                {action === 'retry' ? 'Try again' : 'Cancel'}
              </Button>
            ))}
        </div>
      )}
      <Refusal why={refusal} />
    </li>
  )
}
