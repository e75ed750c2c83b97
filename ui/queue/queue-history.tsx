import { useState } from 'react'
import type { QueueOperation } from '../../agent/protocol/queue.ts'
import { Button } from '../kit/button.tsx'
import { Refusal } from '../kit/notice.tsx'
import { useAsking } from '../use-asking.ts'
import { QueueRow } from './queue-row.tsx'

interface Earlier {
  rows: QueueOperation[]
  hasMore: boolean
}

/** What was written or cancelled, newest first; older pages come when they are asked for. */
export function QueueHistory({
  settled,
  hasEarlier,
  nowMs,
}: {
  settled: QueueOperation[]
  hasEarlier: boolean
  nowMs: number
}) {
  const { busy, refusal, ask } = useAsking()
  const [earlier, setEarlier] = useState<Earlier>({ rows: [], hasMore: hasEarlier })
  const rows = onceEach([...settled, ...earlier.rows])
  const hasMore = earlier.rows.length === 0 ? hasEarlier : earlier.hasMore
  async function older(): Promise<void> {
    const answer = await ask('queue-history', { before: rows.at(-1)?.id ?? null })
    if (answer.kind === 'ok')
      setEarlier({ rows: [...earlier.rows, ...answer.value.operations], hasMore: answer.value.hasEarlier })
  }
  if (rows.length === 0 && !hasMore) return null
  return (
    <>
      <h3>Done</h3>
      <ul className="rows">
        {rows.map((operation) => (
          <QueueRow key={operation.id} operation={operation} nowMs={nowMs} />
        ))}
      </ul>
      {hasMore && (
        <Button look="quiet" disabled={busy} onClick={older}>
          Show earlier ones
        </Button>
      )}
      <Refusal why={refusal} />
    </>
  )
}

function onceEach(rows: QueueOperation[]): QueueOperation[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()]
}
