import type { Message } from '../../agent/protocol/messages.ts'

/** Whole sentences only, so that a screen reader is not interrupted by every word. */
export function sentencesOf(text: string, ended: boolean): string[] {
  const pieces = text.split(/(?<=[.!?:])\s+|\n+/).filter((piece) => piece.trim() !== '')
  return ended || /[.!?:\n]\s*$/.test(text) ? pieces : pieces.slice(0, -1)
}

/** Reads the newest answer out, sentence by sentence as they are finished. */
export function Announcer({ message, streaming }: { message: Message | undefined; streaming: boolean }) {
  const speaks = message?.role === 'advisor'
  const text = speaks
    ? message.parts
        .flatMap((part) => (part.kind === 'text' || part.kind === 'notice' ? [part.text] : []))
        .join('\n')
    : ''
  return (
    <div className="sr-only" role="log" aria-live="polite" aria-label="Newest answer">
      {sentencesOf(text, !streaming).map((sentence, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: sentences are only ever added at the end
        <p key={`${message?.id} ${index}`}>{sentence}</p>
      ))}
    </div>
  )
}
