import { useState } from 'react'
import type { ItemView } from '../../agent/protocol/items.ts'
import { Button } from '../kit/button.tsx'
import { AddField } from './add-field.tsx'
import { FieldRow } from './field-row.tsx'
import { isSettled } from './item-look.ts'
import { isWorthShowing } from './worth-showing.ts'

const shownAtFirst = 14

export function FieldList({ item, onLookAt }: { item: ItemView; onLookAt(field: string): void }) {
  const [all, setAll] = useState(false)
  const [added, setAdded] = useState<string[]>([])
  if (item.fields.length === 0) return null
  const settled = isSettled(item)
  const useful = item.fields.filter((field) => isWorthShowing(field, settled) || added.includes(field.field))
  const shown = all ? useful : useful.slice(0, shownAtFirst)
  const rest = useful.length - shown.length
  const addable = settled ? [] : item.fields.filter((field) => !useful.includes(field))
  return (
    <div className="fields">
      <ul aria-label="What was read">
        {shown.map((field) => (
          <FieldRow
            key={field.field}
            itemId={item.id}
            field={field}
            settled={settled}
            fresh={added.includes(field.field)}
            onLookAt={onLookAt}
            onGiveUp={() => setAdded(added.filter((name) => name !== field.field))}
          />
        ))}
      </ul>
      {rest > 0 && (
        <Button look="quiet" onClick={() => setAll(true)}>
          {`Show ${rest} more fields`}
        </Button>
      )}
      <AddField fields={addable} onAdd={(field) => setAdded([...added, field])} />
    </div>
  )
}
