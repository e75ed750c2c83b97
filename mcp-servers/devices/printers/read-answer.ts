import type { Clock } from '../../serving/clock.ts'
import type { LabelLine } from './line-printer.ts'

/** After the last byte a printer that has begun to answer may take this long to go on. */
const goesOnWithinMs = 1500
const answerWithinMs = 8000
/** More than any status of any printer; beyond it something else is talking. */
const longestAnswerBytes = 4096

export type Answer<Value> =
  | { kind: 'answer'; value: Value }
  /** Nothing came. */
  | { kind: 'silent' }
  /** Something came that is no such answer. */
  | { kind: 'garbled' }
  | { kind: 'closed' }

/** Reads until `decode` finds the answer in all that came, however it is cut into reads. */
export async function readAnswer<Value>(
  line: LabelLine,
  decode: (bytes: Uint8Array) => Value | null,
): Promise<Answer<Value>> {
  const endsAtMs = line.clock.nowMs() + answerWithinMs
  let came: Uint8Array = new Uint8Array()
  for (;;) {
    const got = await line.channel.read(goesOnWithinMs)
    if (got.kind === 'closed') return { kind: 'closed' }
    if (got.kind === 'silent') return { kind: came.length === 0 ? 'silent' : 'garbled' }
    came = Buffer.concat([came, got.bytes])
    const value = decode(came)
    if (value !== null) return { kind: 'answer', value }
    if (came.length > longestAnswerBytes || line.clock.nowMs() > endsAtMs) return { kind: 'garbled' }
  }
}

/** Asks after throwing away what an earlier question left behind. */
export async function ask<Value>(
  line: LabelLine,
  question: Uint8Array,
  decode: (bytes: Uint8Array) => Value | null,
): Promise<Answer<Value>> {
  for (let reads = 0; reads < 20; reads += 1) {
    const left = await line.channel.read(0)
    if (left.kind !== 'bytes') break
  }
  await line.channel.write(question)
  return readAnswer(line, decode)
}

export function pause(clock: Clock, forMs: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(forMs, resolve)
  })
}
