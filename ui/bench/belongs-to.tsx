import { useId } from 'react'
import { Refusal } from '../kit/notice.tsx'
import { useAsking } from '../use-asking.ts'
import { useLab } from '../use-lab.ts'

interface BelongsToFacts {
  itemId: string | null
  request: 'recording-attach' | 'console-attach' | 'cable-test-attach'
  /** Id of the recording, console session or cable test. */
  id: string
  /** What becomes of it without an item. */
  noItemWords: string
}

/** Chooses the item of the tray that something from the bench is about. */
export function BelongsTo({ itemId, request, id, noItemWords }: BelongsToFacts) {
  const { busy, refusal, ask } = useAsking()
  const items = useLab((lab) => lab.items)
  const fieldId = useId()
  if (!items || (items.length === 0 && itemId === null)) return null
  const isKnown = items.some((item) => item.id === itemId)
  const choose = (chosen: string | null) => {
    if (request === 'recording-attach') return ask(request, { recordingId: id, itemId: chosen })
    if (request === 'console-attach') return ask(request, { sessionId: id, itemId: chosen })
    return ask(request, { testId: id, itemId: chosen })
  }
  return (
    <>
      <div className="belongs-to">
        <label htmlFor={fieldId}>Belongs to</label>
        <select
          id={fieldId}
          className="field-input"
          disabled={busy}
          value={itemId ?? ''}
          onChange={({ target }) => choose(target.value === '' ? null : target.value)}
        >
          <option value="">{noItemWords}</option>
          {itemId !== null && !isKnown && <option value={itemId}>An earlier item</option>}
          {items.map((item) => (
            <option key={item.id} value={item.id}>
              {item.tag ? `${item.tag} ${item.title}` : item.title}
            </option>
          ))}
        </select>
      </div>
      <Refusal why={refusal} />
    </>
  )
}
