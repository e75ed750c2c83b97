import { Notice } from '../kit/notice.tsx'
import { useNow } from '../kit/use-now.ts'
import { useLab } from '../use-lab.ts'
import { QueueHistory } from './queue-history.tsx'
import { QueueRow } from './queue-row.tsx'
import { QueueStanding } from './queue-standing.tsx'

export function QueuePanel() {
  const queue = useLab((lab) => lab.queue)
  const nowMs = useNow(30_000)
  if (!queue) return <p className="panel-empty">Looking at the queue…</p>
  const { operations, standing } = queue
  const settled = operations.filter(({ tone }) => tone === 'good' || tone === 'muted')
  const open = operations.filter((operation) => !settled.includes(operation))
  return (
    <div className="panel-section">
      <p className="panel-note">{`Records are saved to ${queue.target}.`}</p>
      <Notice tone={queue.tone}>{queue.words}</Notice>
      <QueueStanding queue={queue} isEmpty={open.length === 0} nowMs={nowMs} />
      <ul className="rows">
        {open.map((operation) => (
          <QueueRow key={operation.id} operation={operation} nowMs={nowMs} />
        ))}
      </ul>
      {standing.hidden > 0 && (
        <p className="panel-note">{`${standing.hidden} more wait behind these. The file to save has them all.`}</p>
      )}
      <QueueHistory settled={settled} hasEarlier={standing.hasEarlier} nowMs={nowMs} />
    </div>
  )
}
