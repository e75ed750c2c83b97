import { afterEach, expect } from 'vitest'
import { type QueueWorld, queueWorld } from './queue-world.ts'

/** Opens worlds that are stopped after each test; a bug that the outbox reported fails the test. */
export function queueWorldsOfATest(): typeof queueWorld {
  const opened: QueueWorld[] = []
  afterEach(async () => {
    for (const lab of opened.splice(0)) {
      await lab.outbox.stop()
      expect(lab.bugs).toEqual([])
    }
  })
  return (options) => {
    const lab = queueWorld(options)
    opened.push(lab)
    return lab
  }
}
