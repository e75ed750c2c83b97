import type { QueueView } from '../../agent/protocol/queue.ts'

/** Nothing waits and all is well. */
export function fakeQueue(): QueueView {
  return {
    target: 'the built-in inventory',
    words: 'Everything is saved.',
    tone: 'good',
    standing: {
      connectionWords: 'The built-in inventory answers',
      connectionTone: 'good',
      why: null,
      since: null,
      lastContact: null,
      oldestWaitsSince: null,
      restWords: null,
      stuck: 0,
      hidden: 0,
      hasEarlier: false,
    },
    operations: [],
  }
}
