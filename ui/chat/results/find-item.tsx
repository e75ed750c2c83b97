import { z } from 'zod'

/** What the tool answers, as far as it is drawn here. */
const resultSchema = z.object({
  drafts: z.array(
    z.object({ item_id: z.string(), tag: z.string().nullable(), title: z.string(), state: z.string() }),
  ),
  records: z.array(
    z.object({
      tag: z.string().nullable(),
      name: z.string(),
      model: z.string(),
      serial: z.string().nullable(),
      location: z.string().nullable(),
      url: z.string(),
    }),
  ),
})

/** Records and drafts that were found, one line each. */
export default function FoundItems({ result }: { result: unknown }) {
  const parsed = resultSchema.safeParse(result)
  if (!parsed.success) return null
  const { drafts, records } = parsed.data
  if (drafts.length + records.length === 0) return null
  return (
    <ul className="result-list">
      {records.map((record) => (
        <li key={record.url}>
          {record.tag && <span className="mono">{record.tag}</span>}
          <span>{record.model === '' ? record.name : record.model}</span>
          {record.serial && <span className="mono result-faint">{record.serial}</span>}
          {record.location && <span className="result-faint">{record.location}</span>}
          <a href={record.url} target="_blank" rel="noreferrer">
            Open the record
          </a>
        </li>
      ))}
      {drafts.map((draft) => (
        <li key={draft.item_id}>
          {draft.tag && <span className="mono">{draft.tag}</span>}
          <span>{draft.title}</span>
          <span className="result-faint">{draft.state}</span>
        </li>
      ))}
    </ul>
  )
}
