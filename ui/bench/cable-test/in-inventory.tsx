import type { CableTestView } from '../../../agent/protocol/cable-tests.ts'
import { ChangeCard } from '../../cards/change-card.tsx'
import { Button } from '../../kit/button.tsx'
import { Notice, Refusal } from '../../kit/notice.tsx'
import { Status } from '../../kit/status.tsx'
import { useAsking } from '../../use-asking.ts'
import { useLab } from '../../use-lab.ts'
import { OnCable } from './on-cable.tsx'
import './in-inventory.css'

/** Where a result goes in the inventory: the item or one of its cables, and the request to note it there. */
export function InInventory({ test }: { test: CableTestView }) {
  const { busy, refusal, ask } = useAsking()
  const isRecorded = useLab((lab) => lab.items?.some((one) => one.id === test.itemId && one.record !== null))
  const readOnly = useLab((lab) => lab.session?.readOnly) === true
  const isAsked = test.note !== null && test.note.kind !== 'failed' && test.note.kind !== 'noted'
  if (!isRecorded && test.cable === null && test.note === null) return null
  return (
    <div className="in-inventory">
      {(isRecorded || test.cable !== null) && <OnCable test={test} />}
      {test.note && <Note note={test.note} />}
      {(isRecorded || test.cable !== null) && !isAsked && !test.isNoted && (
        <div className="actions">
          <Button disabled={busy || readOnly} onClick={() => ask('cable-test-note', { testId: test.id })}>
            {test.note?.kind === 'noted' ? 'Note it here as well' : 'Note it in the inventory'}
          </Button>
        </div>
      )}
      <Refusal why={refusal} />
    </div>
  )
}

/** The request while it waits, then what became of it. */
function Note({ note }: { note: NonNullable<CableTestView['note']> }) {
  const change = useLab((lab) => lab.changes?.find((one) => one.id === note.changeId))
  switch (note.kind) {
    case 'waiting':
      return change ? <ChangeCard change={change} /> : <Status tone="ask">Waits for your decision</Status>
    case 'writing':
      return <Status tone="working">{note.words}</Status>
    case 'noted':
      return <Status tone="good">{note.words}</Status>
    case 'stands':
    case 'failed':
      return <Notice tone="bad">{note.why}</Notice>
  }
}
