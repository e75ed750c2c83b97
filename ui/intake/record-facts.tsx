import type { ItemView } from '../../agent/protocol.ts'
import { isCode } from './likelihood.ts'
import { isElsewhere } from './record-address.ts'

/** What somebody who scanned the label wants to know: the facts, since when, and on whose word. */
export function RecordFacts({ item, record }: { item: ItemView; record: NonNullable<ItemView['record']> }) {
  const known = item.fields.filter((field) => field.value !== null)
  const by = item.change?.decidedBy ? ` by ${item.change.decidedBy}` : ''
  return (
    <dl className="record-facts">
      {known.map((field) => (
        <div key={field.field} className="record-fact">
          <dt>{field.label}</dt>
          <dd className={isCode(field.field) ? 'mono' : ''}>{field.value}</dd>
        </div>
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
  )
}

function dayAndTime(iso: string): string {
  return new Date(iso).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })
}
