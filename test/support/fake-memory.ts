import type { MemoryView } from '../../agent/protocol/memory.ts'

/** What is kept, as the agent tells it on a machine in use. */
export function fakeMemory(changes: Partial<MemoryView> = {}): MemoryView {
  return {
    rules: [
      {
        name: 'conversations',
        label: 'Conversations nobody goes on with',
        words: 'Become a summary. Pinned ones, and those with a decision that waits, stay as they are.',
        days: 7,
      },
      {
        name: 'routes',
        label: 'Why an answer came from its model',
        words: 'Goes, and is counted no more.',
        days: null,
      },
    ],
    keptWords: 'Kept for good: items, photos and evidence, decisions, the audit log.',
    sizes: [
      { name: 'Photos', words: '41.2 MB' },
      { name: 'Conversations', words: '3.4 MB' },
    ],
    sizeWords: '52.8 MB',
    tidyWords: 'Tidied up on 2026-11-20 at 09:00 UTC: 2 conversations became summaries.',
    compactWords: 'The file is compacted once in 30 days, when nobody waits for an answer.',
    ...changes,
  }
}
