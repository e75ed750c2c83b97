import type { Clock } from '../clock.ts'
import type { Chunk } from '../protocol/messages.ts'
import type { ChunkBody, ChunksTable, NumberedBody } from '../store/chunks.ts'

/**
 * At most 16 batches a second, the first of a burst and whatever begins something at once; deltas of one part are joined in
 * between. What a person wrote waits for the beginning of the answer, which comes in the same moment.
 */
const flushEveryMs = 60

/**
 * The stream of one run: numbered, on disk before anybody sees it, joined so that a fast model does not flood a socket.
 */
export interface ChunkLog {
  append(body: ChunkBody): void
  flush(): void
  lastSeq(): number
}

export function openChunkLog(deps: {
  run: { conversationId: string; runId: string }
  chunks: ChunksTable
  clock: Clock
  emit: (chunk: Chunk) => void
}): ChunkLog {
  const { run, chunks, clock, emit } = deps
  let lastSeq = 0
  let held: ChunkBody[] = []
  let cancelTimer: (() => void) | null = null
  let flushedAtMs = Number.NEGATIVE_INFINITY
  let partBegun = ''

  function begins(body: ChunkBody): boolean {
    if (body.kind === 'message-start') return body.message.role === 'advisor'
    if (body.kind !== 'text-delta') return false
    const before = partBegun
    partBegun = `${body.messageId} ${body.partIndex}`
    return partBegun !== before
  }

  function flush(): void {
    cancelTimer?.()
    cancelTimer = null
    if (held.length === 0) return
    flushedAtMs = clock.nowMs()
    const numbered: NumberedBody[] = held.map((body, offset) => ({ seq: lastSeq + offset + 1, body }))
    chunks.append(run.runId, numbered)
    held = []
    lastSeq += numbered.length
    for (const { seq, body } of numbered) emit({ ...run, seq, body })
  }

  return {
    append(body) {
      const last = held.at(-1)
      if (
        last?.kind === 'text-delta' &&
        body.kind === 'text-delta' &&
        last.messageId === body.messageId &&
        last.partIndex === body.partIndex
      ) {
        held[held.length - 1] = { ...last, text: last.text + body.text }
      } else held.push(body)
      const isBeginning = begins(body)
      const isFollowed = body.kind === 'message-start' && !isBeginning
      const waitMs = isFollowed ? flushEveryMs : flushedAtMs + flushEveryMs - clock.nowMs()
      if (isBeginning || waitMs <= 0) flush()
      else cancelTimer ??= clock.after(waitMs, flush)
    },
    flush,
    lastSeq: () => lastSeq,
  }
}
