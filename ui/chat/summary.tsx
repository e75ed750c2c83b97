import type { Part } from '../../agent/protocol/messages.ts'
import { Markdown } from './markdown.tsx'

type SummaryPart = Extract<Part, { kind: 'summary' }>

function dayWords(iso: string): string {
  return new Date(iso).toLocaleDateString([], { day: 'numeric', month: 'short', year: 'numeric' })
}

/** What stands in place of older messages, and says so. */
export function Summary({ part }: { part: SummaryPart }) {
  const { messages, from, to, madeBy, promptHash } = part
  const [first, last] = [dayWords(from), dayWords(to)]
  const when = first === last ? `of ${first}` : `from ${first} to ${last}`
  const what = messages === 1 ? 'the message' : `${messages} messages`
  return (
    <section className="summary" aria-label="Summary">
      <p
        className="summary-about"
        title={promptHash === null ? undefined : `prompts/summarise.md ${promptHash}`}
      >
        {`Summary of ${what} ${when}, made by ${madeBy ?? 'HWLab without a model'}. The messages themselves are gone.`}
      </p>
      <Markdown text={part.text} streaming={false} />
    </section>
  )
}
