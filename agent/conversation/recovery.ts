import type { Message, Part } from '../protocol/messages.ts'
import type { RunRow } from '../store/runs.ts'
import type { Transcript } from '../store/transcript.ts'
import { foldChunks } from './fold-chunks.ts'

const restarted = 'HWLab was restarted while answering. What is above stands; ask again to go on.'

/**
 * Ends the runs that an earlier process left running: what was streamed is kept and marked. How a decision ended is told
 * anew, so the beginning of that is dropped, unless it asked for something that waits for a person.
 */
export function recoverRuns(
  transcript: Transcript,
  nowMs: number,
  answererOf: (row: RunRow) => Message['answeredBy'],
): void {
  for (const row of transcript.runs.allRunning()) {
    const left = leftOf(row, transcript, { why: restarted, answeredBy: answererOf(row) })
    const hasAsked = left.parts.some((part) => part.kind === 'tool-call' && part.state === 'waiting')
    endRun(transcript, row, row.requestId === null && !hasAsked ? null : left, nowMs)
  }
}

/** What was streamed of a run that did not come to its end, with the sentence that says why. */
export function leftOf(
  row: RunRow,
  transcript: Transcript,
  { why, answeredBy }: { why: string; answeredBy: Message['answeredBy'] },
): Message {
  const message = foldChunks(bodiesOf(row, transcript)) ?? emptyMessage(row)
  return { ...marked(message, transcript, why), answeredBy }
}

/** Keeps the answer as it ended, or else what is `left` of it; null: nothing. */
export function endRun(transcript: Transcript, row: RunRow, left: Message | null, nowMs: number): void {
  transcript.together(() => {
    const bodies = bodiesOf(row, transcript)
    const end = bodies.find((body) => body.kind === 'run-end')
    const message = end ? foldChunks(bodies) : left
    if (message) transcript.messages.insert(row.conversationId, message)
    const state = end?.kind === 'run-end' ? end.outcome : 'interrupted'
    const answeredBy = end?.kind === 'run-end' ? end.answeredBy : null
    transcript.runs.end(row.id, { state, modelKey: row.modelKey, answeredBy }, nowMs)
    transcript.chunks.remove(row.id)
  })
}

const bodiesOf = (row: RunRow, transcript: Transcript) =>
  transcript.chunks.after(row.id, 0).map((chunk) => chunk.body)

function emptyMessage(row: RunRow): Message {
  return {
    id: row.advisorMessageId,
    role: 'advisor',
    createdAt: new Date(row.startedAtMs).toISOString(),
    parts: [],
    answeredBy: null,
  }
}

function marked(message: Message, transcript: Transcript, why: string): Message {
  const parts = message.parts.map((part): Part => {
    if (part.kind === 'reasoning') return { ...part, elapsedMs: part.elapsedMs ?? 0 }
    if (part.kind !== 'tool-call' || part.state !== 'running') return part
    const waits = transcript.pendingCalls.state(part.callId) === 'waiting'
    return waits
      ? { ...part, state: 'waiting', outcome: 'Waiting for your decision.' }
      : { ...part, state: 'failed', outcome: 'HWLab stopped before it answered.' }
  })
  return { ...message, parts: [...parts, { kind: 'notice', tone: 'muted', text: why }] }
}
