import { useEffect, useRef } from 'react'
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
  const request = useLab((lab) =>
    test.note?.kind === 'waiting' ? lab.changes?.find(({ id }) => id === test.note?.changeId) : undefined,
  )
  const section = useFocusAfter(test.note?.kind === 'waiting')
  const isAsked = test.note !== null && test.note.kind !== 'failed' && test.note.kind !== 'noted'
  if (!isRecorded && test.cable === null && test.note === null) return null
  return (
    <div ref={section} className="in-inventory" tabIndex={-1}>
      {(isRecorded || test.cable !== null) && <OnCable test={test} />}
      {request && <ChangeCard change={request} />}
      <div role="status">{test.note && !request && <Note note={test.note} />}</div>
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

/** The decided card goes away, and with it the focus and the place to which the panel was scrolled. */
function useFocusAfter(isWaiting: boolean) {
  const section = useRef<HTMLDivElement>(null)
  const hasWaited = useRef(isWaiting)
  useEffect(() => {
    if (!isWaiting && hasWaited.current && document.activeElement === document.body) section.current?.focus()
    hasWaited.current = isWaiting
  }, [isWaiting])
  return section
}

/** What became of the request. */
function Note({ note }: { note: NonNullable<CableTestView['note']> }) {
  switch (note.kind) {
    case 'waiting':
      return <Status tone="ask">Waits for your decision</Status>
    case 'writing':
      return <Status tone="working">{note.words}</Status>
    case 'noted':
      return <Status tone="good">{note.words}</Status>
    case 'stands':
    case 'failed':
      return <Notice tone="bad">{note.why}</Notice>
  }
}
