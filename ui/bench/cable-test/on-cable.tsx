import { useId, useRef, useState } from 'react'
import type { CableNoteResponses } from '../../../agent/protocol/cable-test-notes.ts'
import type { CableTestView } from '../../../agent/protocol/cable-tests.ts'
import { Button } from '../../kit/button.tsx'
import { Refusal } from '../../kit/notice.tsx'
import { useAsking } from '../../use-asking.ts'

type Cable = CableNoteResponses['cable-test-cables']['cables'][number]

/** So many fit beside each other without looking for one. */
const mostShown = 6

/** The cable of the inventory that was tested, among those of the item that the result belongs to. */
export function OnCable({ test: { id: testId, itemId, cable } }: { test: CableTestView }) {
  const { busy, refusal, ask } = useAsking()
  const [cables, setCables] = useState<Cable[] | null>(null)
  const line = useRef<HTMLParagraphElement>(null)
  const offer = async () => {
    const answer = await ask('cable-test-cables', { testId })
    if (answer.kind === 'ok') setCables(answer.value.cables)
  }
  const put = async (cableId: number | null) => {
    const answer = await ask('cable-test-cable', { testId, cableId })
    if (answer.kind === 'refused') return
    setCables(null)
    line.current?.focus()
  }
  return (
    <>
      <p ref={line} tabIndex={-1} className="panel-line on-cable" role="status">
        <span className="panel-note">Cable</span>
        <span>{cable?.words ?? 'none: it is about the item itself'}</span>
      </p>
      {cables ? (
        <CableChoice cables={cables} busy={busy} onChoose={put} onCancel={() => setCables(null)} />
      ) : (
        <div className="actions">
          {itemId !== null && (
            <Button look="quiet" disabled={busy} onClick={offer}>
              {cable ? 'Another cable' : 'Choose its cable'}
            </Button>
          )}
          {cable && (
            <Button look="quiet" disabled={busy} onClick={() => put(null)}>
              No cable
            </Button>
          )}
        </div>
      )}
      <Refusal why={refusal} />
    </>
  )
}

interface ChoiceFacts {
  cables: Cable[]
  busy: boolean
  onChoose(id: number): void
  onCancel(): void
}

function CableChoice({ cables, busy, onChoose, onCancel }: ChoiceFacts) {
  const [wanted, setWanted] = useState('')
  const fieldId = useId()
  const words = wanted.toLowerCase().split(/\s+/)
  const found = cables.filter((one) => words.every((word) => one.words.toLowerCase().includes(word)))
  const left = found.length - mostShown
  return (
    <div className="cable-form">
      {cables.length > mostShown && (
        <div className="cable-field">
          <label htmlFor={fieldId}>Port or device</label>
          <input
            id={fieldId}
            type="search"
            className="field-input"
            autoComplete="off"
            value={wanted}
            onChange={({ target }) => setWanted(target.value)}
          />
        </div>
      )}
      <ul className="cable-choices" aria-label="Cables of this item">
        {found.slice(0, mostShown).map(({ id, words: ends }) => (
          <li key={id}>
            <Button disabled={busy} onClick={() => onChoose(id)}>
              {ends}
            </Button>
          </li>
        ))}
      </ul>
      <p className="panel-note" role="status">
        {foundWords(cables.length, found.length, left)}
      </p>
      <div className="actions">
        <Button look="quiet" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </div>
  )
}

function foundWords(all: number, found: number, left: number): string {
  if (all === 0) return 'The inventory has no cable at this item. Record it there first.'
  if (found === 0) return 'No cable has these words.'
  return left > 0 ? `${left} more: type a port or a device.` : ''
}
