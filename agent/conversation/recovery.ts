import type { Message, Part } from '../protocol/messages.ts'
import type { RunRow } from '../store/runs.ts'
import type { Transcript } from '../store/transcript.ts'
import { foldChunks } from './fold-chunks.ts'

const interrupted = 'HWLab was restarted while answering. What is above stands; ask again to go on.'

/**
 * Ends the runs that an earlier process left running: what was streamed is kept and marked. A continuation after a
 * decision that had said nothing yet is dropped, because it is told anew.
 */
export function recoverRuns(transcript: Transcript, nowMs: number): void {
  for (const row of transcript.runs.allRunning()) {
    transcript.together(() => {
      const bodies = transcript.chunks.after(row.id, 0).map((chunk) => chunk.body)
      const message = foldChunks(bodies) ?? emptyMessage(row)
      const end = bodies.find((body) => body.kind === 'run-end')
      if (end) transcript.messages.insert(row.conversationId, message)
      else if (row.requestId !== null)
        transcript.messages.insert(row.conversationId, marked(message, transcript))
      const state = end?.kind === 'run-end' ? end.outcome : 'interrupted'
      const answeredBy = end?.kind === 'run-end' ? end.answeredBy : null
      transcript.runs.end(row.id, { state, modelKey: row.modelKey, answeredBy }, nowMs)
      transcript.chunks.remove(row.id)
    })
  }
}

function emptyMessage(row: RunRow): Message {
  return {
    id: row.advisorMessageId,
    role: 'advisor',
    createdAt: new Date(row.startedAtMs).toISOString(),
    parts: [],
    answeredBy: null,
  }
}

function marked(message: Message, transcript: Transcript): Message {
  const parts = message.parts.map((part): Part => {
    if (part.kind === 'reasoning') return { ...part, elapsedMs: part.elapsedMs ?? 0 }
    if (part.kind !== 'tool-call' || part.state !== 'running') return part
    const waits = transcript.pendingCalls.state(part.callId) === 'waiting'
    return waits
      ? { ...part, state: 'waiting', outcome: 'Waiting for your decision.' }
      : { ...part, state: 'failed', outcome: 'HWLab was restarted before it answered.' }
  })
  return { ...message, parts: [...parts, { kind: 'notice', tone: 'muted', text: interrupted }] }
}
