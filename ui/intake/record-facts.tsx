import { useState } from 'react'
import type { ItemView } from '../../agent/protocol/items.ts'
import { useLab } from '../use-lab.ts'
import { AddField } from './add-field.tsx'
import { isElsewhere } from './record-address.ts'
import { RecordFact } from './record-fact.tsx'

/** What somebody who scanned the label wants to know: the facts, since when, and on whose word. */
export function RecordFacts({ item, record }: { item: ItemView; record: NonNullable<ItemView['record']> }) {
  const [added, setAdded] = useState<string[]>([])
  const readOnly = useLab((lab) => lab.session?.readOnly ?? false)
  const isEditable = (field: string) => !readOnly && record.editable.includes(field)
  const shown = item.fields.filter((field) => field.value !== null || added.includes(field.field))
  const addable = item.fields.filter((field) => isEditable(field.field) && !shown.includes(field))
  const by = item.change?.decidedBy ? ` by ${item.change.decidedBy}` : ''
  return (
    <div className="record-facts">
      <dl>
        {shown.map((field) => (
          <RecordFact
            key={field.field}
            itemId={item.id}
            field={field}
            editable={isEditable(field.field)}
            fresh={added.includes(field.field)}
            onGiveUp={() => setAdded(added.filter((name) => name !== field.field))}
          />
        ))}
        <div className="record-fact">
          <dt>Recorded</dt>
          <dd>
            <time dateTime={record.confirmedAt}>{dayAndTime(record.confirmedAt)}</time>
            {`${by}. ${record.words} `}
            {isElsewhere(record.url) && (
              <a className="outcome-link" href={record.url} target="_blank" rel="noreferrer">
                Open the record
              </a>
            )}
          </dd>
        </div>
      </dl>
      <AddField fields={addable} onAdd={(field) => setAdded([...added, field])} />
    </div>
  )
}

function dayAndTime(iso: string): string {
  return new Date(iso).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })
}
