import { z } from 'zod'

/** What the tool answers, as far as it is drawn here. */
const resultSchema = z.object({
  note: z.string().nullable(),
  results: z.array(z.object({ title: z.string(), url: z.url({ protocol: /^https?$/ }), domain: z.string() })),
})

/** Pages that were found; the address is shown, because the title is in a stranger's words. */
export default function FoundPages({ result }: { result: unknown }) {
  const parsed = resultSchema.safeParse(result)
  if (!parsed.success) return null
  const { note, results } = parsed.data
  return (
    <>
      {note && <p className="result-note">{note}</p>}
      <ul className="result-list">
        {results.map((page) => (
          <li key={page.url}>
            <a href={page.url} target="_blank" rel="noreferrer nofollow">
              {page.title}
            </a>
            <span className="result-faint">{page.url}</span>
          </li>
        ))}
      </ul>
    </>
  )
}
