import { z } from 'zod'

const recordSchema = z.object({
  display: z.string().optional(),
  name: z.string().nullish(),
  asset_tag: z.string().nullish(),
  tag: z.string().nullish(),
  serial: z.string().nullish(),
  model: z.string().nullish(),
  url: z.string().nullish(),
})
const resultSchema = z.object({ records: z.array(recordSchema).max(50) })

/** Records that were found, as lines with their tag and a link. */
export default function FoundItems({ result }: { result: unknown }) {
  const parsed = resultSchema.safeParse(result)
  if (!parsed.success || parsed.data.records.length === 0) return null
  return (
    <ul className="result-list">
      {parsed.data.records.map((record) => {
        const tag = record.tag ?? record.asset_tag ?? ''
        const title = record.display ?? record.name ?? record.model ?? 'Unnamed'
        return (
          <li key={`${tag} ${title} ${record.serial}`}>
            {tag && <span className="mono">{tag}</span>}
            <span>{title}</span>
            {record.serial && <span className="mono result-faint">{record.serial}</span>}
            {record.url && (
              <a href={record.url} target="_blank" rel="noreferrer">
                Open
              </a>
            )}
          </li>
        )
      })}
    </ul>
  )
}
