import { setTimeout as wait } from 'node:timers/promises'

/** The value, or the sentence as an error when it takes longer. */
export async function within<Value>(work: Promise<Value>, limitMs: number, sentence: string): Promise<Value> {
  const stop = new AbortController()
  const late = wait(limitMs, null, { signal: stop.signal }).then(() => {
    throw new Error(sentence)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    stop.abort()
    late.catch(() => {})
  }
}
