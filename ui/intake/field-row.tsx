import { Collapsible } from 'radix-ui'
import { useEffect, useRef, useState } from 'react'
import type { FieldView } from '../../agent/protocol/items.ts'
import { Button } from '../kit/button.tsx'
import { Icon } from '../kit/icon.tsx'
import { Refusal } from '../kit/notice.tsx'
import { Mark } from '../kit/status.tsx'
import { useAsking } from '../use-asking.ts'
import { EvidenceList } from './evidence-list.tsx'
import { FieldEditor } from './field-editor.tsx'
import { isCode, likelihoodTone, likelihoodWords } from './likelihood.ts'
import { missingWords } from './worth-showing.ts'

interface RowFacts {
  itemId: string
  field: FieldView
  settled: boolean
  /** Just added by hand: it opens for editing, and goes away again when nothing is filled in. */
  fresh: boolean
  onLookAt(field: string): void
  onGiveUp(): void
}

export function FieldRow({ itemId, field, settled, fresh, onLookAt, onGiveUp }: RowFacts) {
  const [editing, setEditing] = useState(fresh)
  const { busy, refusal, ask, forget } = useAsking()
  const value = useRef<HTMLButtonElement>(null)
  const wasEditing = useRef(false)
  useEffect(() => {
    if (wasEditing.current && !editing) value.current?.focus()
    wasEditing.current = editing
  }, [editing])

  const correct = async (next: string) => {
    const answer = await ask('field-correct', { itemId, field: field.field, value: next })
    if (answer.kind === 'ok') setEditing(false)
  }
  const look = () => onLookAt(field.field)
  return (
    <Collapsible.Root asChild>
      <li className="field" onFocus={look} onMouseEnter={look}>
        <div className="field-line">
          <span className="field-label">{field.label}</span>
          {editing ? (
            <FieldEditor
              field={field}
              busy={busy}
              onSave={correct}
              onCancel={() => {
                forget()
                setEditing(false)
                if (fresh && field.value === null) onGiveUp()
              }}
            />
          ) : (
            <>
              <FieldValue field={field} settled={settled} onEdit={() => setEditing(true)} button={value} />
              <Standing field={field} />
            </>
          )}
        </div>
        {!settled && !editing && <Alternatives field={field} busy={busy} onChoose={correct} />}
        <Refusal why={refusal} />
        <Collapsible.Content className="field-evidence">
          <EvidenceList field={field} />
        </Collapsible.Content>
      </li>
    </Collapsible.Root>
  )
}

interface ValueFacts {
  field: FieldView
  settled: boolean
  onEdit(): void
  button: React.RefObject<HTMLButtonElement | null>
}

function FieldValue({ field, settled, onEdit, button }: ValueFacts) {
  const words = field.value ?? missingWords(field)
  const look = `${field.value === null ? 'field-missing' : ''} ${isCode(field.field) && field.value !== null ? 'mono' : ''}`
  if (settled) return <span className={`field-value ${look}`}>{words}</span>
  return (
    <button
      ref={button}
      type="button"
      className={`field-value field-value-editable ${look}`}
      aria-label={`${field.label}: ${words}. Edit`}
      onClick={onEdit}
    >
      <span className="field-value-words">{words}</span>
      <Icon name="edit" />
    </button>
  )
}

function Standing({ field }: { field: FieldView }) {
  const likelihood = likelihoodWords(field)
  if (field.evidence.length === 0) {
    if (field.value === null) return null
    return (
      <span className="field-standing">
        <Mark tone="muted" />
        <span>{field.standing}</span>
      </span>
    )
  }
  return (
    <Collapsible.Trigger className="field-standing">
      <Mark tone={likelihoodTone(field)} />
      <span>
        <span className="sr-only">{`${field.label}: `}</span>
        {likelihood === null ? (
          'why?'
        ) : (
          <>
            <span className="field-likelihood">{likelihood}</span>
            <span className="sr-only">, </span>
            <span className="field-source">{field.standing}</span>
          </>
        )}
      </span>
      <Icon name="chevron" />
    </Collapsible.Trigger>
  )
}

interface AlternativesFacts {
  field: FieldView
  busy: boolean
  onChoose(value: string): void
}

function Alternatives({ field, busy, onChoose }: AlternativesFacts) {
  const offered =
    field.conflict && field.value !== null ? [field.value, ...field.alternatives] : field.alternatives
  if (offered.length === 0) return null
  return (
    <div className="field-alternatives">
      <span className={field.conflict ? 'alternatives-ask' : ''}>
        {field.conflict ? 'Which is it?' : 'Also read:'}
      </span>
      {offered.slice(0, 4).map((value) => (
        <Button
          key={value}
          disabled={busy}
          className={`alternative ${isCode(field.field) ? 'mono' : ''}`}
          aria-label={`Use ${value} as ${field.label}`}
          onClick={() => onChoose(value)}
        >
          {value}
        </Button>
      ))}
    </div>
  )
}
