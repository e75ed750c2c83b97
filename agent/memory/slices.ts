/** Other work waits for a slice at most about this long. */
const sliceMs = 10
const rowsAtFirst = 20
const rowsMax = 2000

/**
 * Does `slice` until it finds nothing more, with other work in between; the number of rows in all. A slice that took long
 * makes the next one smaller.
 */
export async function inSlices(slice: (rows: number) => number, signal: AbortSignal): Promise<number> {
  let rows = rowsAtFirst
  let all = 0
  while (!signal.aborted) {
    const startedMs = performance.now()
    const done = slice(rows)
    const tookMs = performance.now() - startedMs
    all += done
    if (done === 0) break
    if (tookMs > sliceMs) rows = Math.max(1, Math.floor(rows / 2))
    else if (tookMs < sliceMs / 4) rows = Math.min(rowsMax, rows * 2)
    await new Promise((resolve) => setImmediate(resolve))
  }
  return all
}
