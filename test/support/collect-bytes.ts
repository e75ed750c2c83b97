/** Holds bytes until as many have come as a test waits for. */
export function collectBytes() {
  let held = Buffer.alloc(0)
  let waiting: { length: number; resolve: (bytes: Uint8Array) => void } | null = null
  const settle = () => {
    if (!waiting || held.length < waiting.length) return
    const { length, resolve } = waiting
    waiting = null
    const bytes = held.subarray(0, length)
    held = held.subarray(length)
    resolve(bytes)
  }
  return {
    put(bytes: Uint8Array) {
      held = Buffer.concat([held, bytes])
      settle()
    },
    received: (length: number) =>
      new Promise<Uint8Array>((resolve) => {
        waiting = { length, resolve }
        settle()
      }),
  }
}
