import { createInterface } from 'node:readline'
import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import { type Clock, systemClock } from '../../serving/clock.ts'

/** What a worker sends while it has a job; a worker has one job at a time. */
const replySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('note'), note: z.unknown() }),
  z.object({ kind: z.literal('done'), result: z.unknown() }),
  z.object({ kind: z.literal('failed'), why: z.string() }),
])
export type WorkerReply = z.infer<typeof replySchema>

export interface PoolOptions {
  script: URL
  workers: number
  /** Time for one job once it has begun. */
  limitMs: number
  /** The sentence thrown when it passes. */
  tooLong: string
  /** An idle worker is ended after this time; the next job starts a new one. */
  idleMs: number
  clock?: Clock
  /** Lines that the worker's libraries print to stderr and nobody needs; all others pass. */
  idleTalk?: RegExp
}

export interface WorkerPool {
  /** Throws the worker's sentence, the signal's reason, or `tooLong`; a worker that was cut off or died is replaced. */
  run(job: unknown, onNote: (note: unknown) => void, signal: AbortSignal): Promise<unknown>
  close(): Promise<void>
}

interface Seat {
  worker: Worker
  forgetIdle: () => void
}

/** Threads are started when needed and never keep the process alive by themselves. */
export function openWorkerPool(options: PoolOptions): WorkerPool {
  const clock = options.clock ?? systemClock
  const idle: Seat[] = []
  const living = new Set<Worker>()
  const waiting: (() => void)[] = []
  let busy = 0
  let closed = false

  const start = (): Seat => {
    // Decoders print to stdout, which belongs to protocols: what they say is dropped.
    const worker = new Worker(options.script, { stdout: true, stderr: true })
    worker.stdout.resume()
    createInterface({ input: worker.stderr }).on('line', (line) => {
      if (!options.idleTalk?.test(line)) process.stderr.write(`${line}\n`)
    })
    living.add(worker)
    worker.once('exit', () => living.delete(worker))
    return { worker, forgetIdle: () => {} }
  }
  const end = async (worker: Worker) => {
    living.delete(worker)
    await worker.terminate()
  }
  const rest = (seat: Seat) => {
    seat.worker.unref()
    seat.forgetIdle = clock.after(options.idleMs, () => {
      idle.splice(idle.indexOf(seat), 1)
      void end(seat.worker)
    })
    idle.push(seat)
  }

  return {
    async run(job, onNote, signal) {
      if (busy >= options.workers) await new Promise<void>((go) => waiting.push(go))
      else busy++
      try {
        signal.throwIfAborted()
        if (closed) throw new Error('HWLab is closing; try again after it has started.')
        const seat = takeIdle(idle, living) ?? start()
        try {
          seat.worker.ref()
          const result = await runJob(seat.worker, job, { onNote, signal, clock, ...options })
          rest(seat)
          return result
        } catch (error) {
          if (error instanceof JobFailed) rest(seat)
          else await end(seat.worker)
          throw error
        }
      } finally {
        const next = waiting.shift()
        if (next) next()
        else busy--
      }
    },
    async close() {
      closed = true
      for (const seat of idle.splice(0)) seat.forgetIdle()
      await Promise.all([...living].map(end))
    },
  }
}

function takeIdle(idle: Seat[], living: Set<Worker>): Seat | null {
  for (let seat = idle.pop(); seat; seat = idle.pop()) {
    seat.forgetIdle()
    if (living.has(seat.worker)) return seat
  }
  return null
}

/** The worker is well; this job could not be done. */
class JobFailed extends Error {}

interface Watch {
  onNote: (note: unknown) => void
  signal: AbortSignal
  clock: Clock
  limitMs: number
  tooLong: string
}

function runJob(worker: Worker, job: unknown, watch: Watch): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      stopTimer()
      watch.signal.removeEventListener('abort', onAbort)
      worker.off('message', onMessage).off('error', onError).off('exit', onExit)
      finish()
    }
    const onMessage = (message: unknown) => {
      const reply = replySchema.parse(message)
      if (reply.kind === 'note') watch.onNote(reply.note)
      else if (reply.kind === 'done') settle(() => resolve(reply.result))
      else settle(() => reject(new JobFailed(reply.why)))
    }
    const onAbort = () => settle(() => reject(watch.signal.reason))
    const onError = (error: unknown) =>
      settle(() =>
        reject(new Error('Reading the photo failed. Try it again, or take another photo.', { cause: error })),
      )
    const onExit = () => onError(new Error('the worker ended'))
    const stopTimer = watch.clock.after(watch.limitMs, () => settle(() => reject(new Error(watch.tooLong))))
    watch.signal.addEventListener('abort', onAbort)
    worker.on('message', onMessage).on('error', onError).on('exit', onExit)
    worker.postMessage(job)
  })
}
