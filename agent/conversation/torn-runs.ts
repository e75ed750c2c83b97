import type { Chunk, Message } from '../protocol/messages.ts'
import type { RunRow } from '../store/runs.ts'
import type { Transcript } from '../store/transcript.ts'
import type { ChunkLog } from './chunk-log.ts'
import { endRun, leftOf } from './recovery.ts'

/** Answers that HWLab itself could not bring to their end, most likely because the disk took nothing more. */
export interface TornRuns {
  /** Whoever watches is told at once; on disk it ends now, or before the next answer of its conversation. */
  tear(row: RunRow, log: ChunkLog, error: unknown): void
  /** Throws when the disk still takes nothing. */
  mend(conversationId: string): void
}

export function openTornRuns(deps: {
  transcript: Transcript
  nowMs(): number
  answererOf(row: RunRow): Message['answeredBy']
  onChunk(chunk: Chunk): void
  /** A sentence of ours for trouble that a person can end. */
  excuseFor(error: unknown): string | null
  onFailure(error: unknown): void
}): TornRuns {
  const { transcript } = deps
  const left = (row: RunRow, why: string) =>
    leftOf(row, transcript, { why, answeredBy: deps.answererOf(row) })
  const torn = new Map<string, { row: RunRow; why: string }>()

  function mend(conversationId: string): void {
    const one = torn.get(conversationId)
    if (!one) return
    endRun(transcript, one.row, left(one.row, one.why), deps.nowMs())
    torn.delete(conversationId)
  }

  return {
    tear(row, log, error) {
      const { id: runId, conversationId } = row
      const why = `HWLab could not finish this answer. ${deps.excuseFor(error) ?? 'The log says more; ask again.'}`
      deps.onFailure(error)
      torn.set(conversationId, { row, why })
      try {
        log.flush()
      } catch (error) {
        deps.onFailure(error)
      }
      const message = left(row, why)
      const seq = log.lastSeq() + 1
      const end = {
        kind: 'run-end' as const,
        messageId: message.id,
        outcome: 'failed' as const,
        answeredBy: message.answeredBy,
      }
      deps.onChunk({ conversationId, runId, seq, body: { kind: 'message-start', message } })
      deps.onChunk({ conversationId, runId, seq: seq + 1, body: end })
      try {
        mend(conversationId)
      } catch (error) {
        deps.onFailure(error)
      }
    },
    mend,
  }
}
