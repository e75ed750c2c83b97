import type { Part } from '../../agent/protocol/messages.ts'
import { Disclosure } from '../kit/disclosure.tsx'

type ReasoningPart = Extract<Part, { kind: 'reasoning' }>

function thoughtWords(elapsedMs: number): string {
  const seconds = Math.round(elapsedMs / 1000)
  if (seconds < 1) return 'Thought for a moment'
  return seconds < 60
    ? `Thought for ${seconds} s`
    : `Thought for ${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

/** What a model thought before it answered: its own words, not an answer, and folded. */
export function Reasoning({ part }: { part: ReasoningPart }) {
  return (
    <div className="reasoning">
      <Disclosure summary={part.elapsedMs === null ? 'Thinking…' : thoughtWords(part.elapsedMs)}>
        <p className="reasoning-text">{part.text}</p>
      </Disclosure>
    </div>
  )
}
