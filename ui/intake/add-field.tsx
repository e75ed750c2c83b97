import { useState } from 'react'
import type { FieldView } from '../../agent/protocol/items.ts'
import { Button } from '../kit/button.tsx'

/** Fields that no label shows, such as a name: filled in only by those who want them. */
export function AddField({ fields, onAdd }: { fields: FieldView[]; onAdd(field: string): void }) {
  const [open, setOpen] = useState(false)
  if (fields.length === 0) return null
  if (!open)
    return (
      <Button look="quiet" icon="add" onClick={() => setOpen(true)}>
        Add a field
      </Button>
    )
  return (
    <fieldset className="add-field">
      <legend>Add</legend>
      {fields.map((field) => (
        <Button
          key={field.field}
          className="alternative"
          onClick={() => {
            setOpen(false)
            onAdd(field.field)
          }}
        >
          {field.label}
        </Button>
      ))}
    </fieldset>
  )
}
