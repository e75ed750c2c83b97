/** Loaded before HWLab (`--expose-gc --import`): says what is left in memory after a collection, whenever the parent asks. */
process.on('message', () => {
  globalThis.gc?.()
  globalThis.gc?.()
  process.send?.(process.memoryUsage())
})
process.channel?.unref()
