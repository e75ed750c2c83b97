import { useEffect, useState } from 'react'
import type { CableResponses, CableTestView } from '../../../agent/protocol/cable-tests.ts'
import { Badge } from '../../kit/badge.tsx'
import { Button } from '../../kit/button.tsx'
import { DeleteButton } from '../../kit/delete-button.tsx'
import { agoWords } from '../../kit/elapsed.ts'
import { Refusal } from '../../kit/notice.tsx'
import { Status, type Tone } from '../../kit/status.tsx'
import { useNow } from '../../kit/use-now.ts'
import { useAsking } from '../../use-asking.ts'
import { BelongsTo } from '../belongs-to.tsx'
import { wiringWords } from './choice.tsx'
import { InInventory } from './in-inventory.tsx'
import { TestPhotos } from './test-photos.tsx'
import { Wiremap } from './wiremap.tsx'

const tones: Record<CableTestView['result'], Tone> = { pass: 'good', fail: 'bad', none: 'muted' }

/** One result: the verdict in words, what the tester cannot see, the drawing, and the bytes it came from. */
export function CableTest({ test, isNewest }: { test: CableTestView; isNewest: boolean }) {
  const { busy, refusal, ask } = useAsking()
  const [isOpen, setOpen] = useState(isNewest)
  const [details, setDetails] = useState<CableResponses['cable-test-open'] | null>(null)
  const nowMs = useNow(10_000)
  const { id, at } = test
  useEffect(() => {
    if (!isOpen) return
    let isGone = false
    void ask('cable-test-open', { testId: id }).then((answer) => {
      if (answer.kind === 'ok' && !isGone) setDetails(answer.value)
    })
    return () => {
      isGone = true
    }
  }, [isOpen, id, ask])
  return (
    <div className="cable-test">
      <p className="panel-line">
        <Status tone={tones[test.result]}>{test.words}</Status>
      </p>
      <p className="panel-line">
        <span className="panel-note">{wiringWords({ plug: test.plug, name: test.wiringName })}</span>
        {test.simulated && <Badge>Simulated</Badge>}
        <time className="panel-note" dateTime={at}>
          {agoWords(at, nowMs)}
        </time>
      </p>
      {test.notes.length > 0 && <p className="panel-why">{test.notes.join(' ')}</p>}
      {isOpen && details && <Details test={test} details={details} />}
      <BelongsTo itemId={test.itemId} request="cable-test-attach" id={id} noItemWords="No item" />
      <InInventory test={test} />
      <div className="actions">
        <Button look="quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'Hide the wires' : 'Show the wires'}
        </Button>
        <DeleteButton busy={busy} onDelete={() => ask('cable-test-delete', { testId: id })} />
      </div>
      <Refusal why={refusal} />
    </div>
  )
}

function Details({
  test,
  details: { drawing, rawHex, photos },
}: {
  test: CableTestView
  details: CableResponses['cable-test-open']
}) {
  return (
    <>
      {drawing ? (
        <Wiremap drawing={drawing} />
      ) : (
        <p className="panel-empty">The tester did not tell the wires.</p>
      )}
      <TestPhotos photos={photos} />
      <p className="panel-ids">
        {test.source === 'guided' ? `Entered by ${test.operator}` : test.testerName}
        {rawHex !== '' && (
          <>
            {': '}
            <span className="mono">{rawHex}</span>
          </>
        )}
      </p>
    </>
  )
}
