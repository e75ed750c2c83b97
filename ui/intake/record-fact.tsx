import { useEffect, useRef, useState } from 'react'
import type { FieldView } from '../../agent/protocol/items.ts'
import { Icon } from '../kit/icon.tsx'
import { Refusal } from '../kit/notice.tsx'
import { useAsking } from '../use-asking.ts'
import { FieldEditor } from './field-editor.tsx'
import { isCode } from './likelihood.ts'

interface FactFacts {
  itemId: string
  field: FieldView
  editable: boolean
  /** Just added by hand: it opens for editing, and goes away again when nothing is filled in. */
  fresh: boolean
  onGiveUp(): void
}

/** One field of a record; an edit does not write it, but asks for the request that does. */
export function RecordFact({ itemId, field, editable, fresh, onGiveUp }: FactFacts) {
  const [editing, setEditing] = useState(fresh)
  const { busy, refusal, ask, forget } = useAsking()
  const value = useRef<HTMLButtonElement>(null)
  const wasEditing = useRef(false)
  useEffect(() => {
    if (wasEditing.current && !editing) value.current?.focus()
    wasEditing.current = editing
  }, [editing])

  const end = () => {
    setEditing(false)
    if (fresh && field.value === null) onGiveUp()
  }
  const save = async (next: string) => {
    const answer = await ask('record-change', { itemId, field: field.field, value: next })
    if (answer.kind === 'ok') end()
  }
  const cancel = () => {
    forget()
    end()
  }
  const look = isCode(field.field) ? 'mono' : ''
  return (
    <div className="record-fact">
      <dt>{field.label}</dt>
      <dd className={editable ? '' : look}>
        {editing && <FieldEditor field={field} busy={busy} onSave={save} onCancel={cancel} />}
        {!editing && editable && (
          <button
            ref={value}
            type="button"
            className={`field-value field-value-editable ${look}`}
            aria-label={`${field.label}: ${field.value ?? 'empty'}. Change`}
            onClick={() => setEditing(true)}
          >
            <span className="field-value-words">{field.value}</span>
            <Icon name="edit" />
          </button>
        )}
        {!editing && !editable && field.value}
        <Refusal why={refusal} />
      </dd>
    </div>
  )
}
