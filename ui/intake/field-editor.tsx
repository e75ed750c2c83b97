import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import type { FieldView } from '../../agent/protocol/items.ts'
import { Button } from '../kit/button.tsx'
import { isCode } from './likelihood.ts'

interface EditorFacts {
  field: FieldView
  busy: boolean
  onSave(value: string): void
  onCancel(): void
}

/** Enter saves, Escape leaves everything as it was. */
export function FieldEditor({ field, busy, onSave, onCancel }: EditorFacts) {
  const [value, setValue] = useState(field.value ?? '')
  const control = useRef<HTMLInputElement & HTMLSelectElement>(null)
  const id = useId()
  useEffect(() => {
    control.current?.focus()
    if (control.current instanceof HTMLInputElement) control.current.select()
  }, [])

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault()
      onCancel()
    }
  }
  const shared = { id, ref: control, value, disabled: busy, onKeyDown, className: 'field-input' }
  return (
    <form
      className="field-editor"
      onSubmit={(event) => {
        event.preventDefault()
        if (value.trim() === (field.value ?? '')) onCancel()
        else onSave(value.trim())
      }}
    >
      <label htmlFor={id} className="sr-only">
        {field.label}
      </label>
      {field.choices.length > 0 ? (
        <select {...shared} onChange={(event) => setValue(event.currentTarget.value)}>
          {!field.choices.includes(value) && (
            <option value={value}>{value === '' ? 'Choose…' : value}</option>
          )}
          {field.choices.map((choice) => (
            <option key={choice}>{choice}</option>
          ))}
        </select>
      ) : (
        <input
          {...shared}
          className={`field-input ${isCode(field.field) ? 'mono' : ''}`}
          maxLength={2000}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          onChange={(event) => setValue(event.currentTarget.value)}
        />
      )}
      <Button type="submit" disabled={busy}>
        {busy ? 'Saving…' : 'Save'}
      </Button>
      <Button look="quiet" onClick={onCancel} disabled={busy}>
        Cancel
      </Button>
    </form>
  )
}
