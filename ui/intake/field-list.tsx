import { useState } from 'react'
import type { ItemView } from '../../agent/protocol.ts'
import { Button } from '../kit/button.tsx'
import { FieldRow } from './field-row.tsx'
import { isSettled } from './item-look.ts'

const shownAtFirst = 14

export function FieldList({ item, onLookAt }: { item: ItemView; onLookAt(field: string): void }) {
  const [all, setAll] = useState(false)
  if (item.fields.length === 0) return null
  const shown = all ? item.fields : item.fields.slice(0, shownAtFirst)
  const rest = item.fields.length - shown.length
  return (
    <div className="fields">
      <ul aria-label="What was read">
        {shown.map((field) => (
          <FieldRow
            key={field.field}
            itemId={item.id}
            field={field}
            settled={isSettled(item)}
            onLookAt={onLookAt}
          />
        ))}
      </ul>
      {rest > 0 && (
        <Button look="quiet" onClick={() => setAll(true)}>
          {`Show ${rest} more fields`}
        </Button>
      )}
    </div>
  )
}
