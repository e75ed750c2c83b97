import { z } from 'zod'
import type { Clock } from '../../serving/clock.ts'
import { type PhotoReader, photoReadingSchema } from './photo-reading.ts'
import { openWorkerPool } from './worker-pool.ts'

const noteSchema = z.object({ stage: z.enum(['codes', 'text']), words: z.string() })

export interface PhotoReaderOptions {
  /** Photos read at once; each takes a thread, and two more for text. */
  workers: number
  /** Time for one photo once it has begun; 30 s leave a slow or busy machine ten times what a photo takes. */
  limitMs?: number
  clock?: Clock
}

/** Reads codes and text of prepared photos in worker threads, so that the event loop stays free. */
export function openPhotoReader(options: PhotoReaderOptions): PhotoReader {
  const pool = openWorkerPool({
    script: new URL('./photo-worker.ts', import.meta.url),
    workers: options.workers,
    limitMs: options.limitMs ?? 30_000,
    tooLong: 'Reading this photo took too long. Take it closer, so that the label fills the picture.',
    idleMs: 120_000,
    // Tesseract says it of every texture that turns out not to be text.
    idleTalk: /^(?:Line cannot be recognized|Image too small to scale)/,
    ...(options.clock ? { clock: options.clock } : {}),
  })
  return {
    async read(jpeg, onStage, signal) {
      const result = await pool.run(
        jpeg,
        (note) => {
          const { stage, words } = noteSchema.parse(note)
          onStage(stage, words)
        },
        signal,
      )
      return photoReadingSchema.parse(result)
    },
    close: () => pool.close(),
  }
}
