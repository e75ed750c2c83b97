import type { Clock } from '../clock.ts'
import type { CallJob } from '../protocol/calls.ts'
import type { Progress } from '../tools/connect-server.ts'

/** After so long a person wants to see that it still runs, and to be able to end it. */
const slowAfterMs = 5000
/** Some servers report more often than anybody reads. */
const progressEveryMs = 250

/** What is shown of a call while it runs; null in `job`: it is still a short one. */
export interface JobShown {
  words: string | null
  job: CallJob | null
}

export interface ToolJob {
  /** Aborts when the person ends this call, or the whole answer. */
  signal: AbortSignal
  progress(progress: Progress): void
  cancel(): void
  isCancelled(): boolean
  /** Nothing is shown of it any more. */
  end(): void
}

/** One running tool call: short ones come and go, a long one becomes a job that a person can follow and cancel. */
export function openToolJob(deps: {
  clock: Clock
  signal: AbortSignal
  show(shown: JobShown): void
}): ToolJob {
  const { clock } = deps
  const cancelled = new AbortController()
  const startedAtMs = clock.nowMs()
  let words: string | null = null
  let share: number | null = null
  let shownAtMs = Number.NEGATIVE_INFINITY
  let isSlow = false
  let isOver = false

  function show(): void {
    if (isOver) return
    shownAtMs = clock.nowMs()
    deps.show({ words, job: isSlow ? { startedAt: new Date(startedAtMs).toISOString(), share } : null })
  }
  const cancelTimer = clock.after(slowAfterMs, () => {
    isSlow = true
    show()
  })

  return {
    signal: AbortSignal.any([deps.signal, cancelled.signal]),
    progress(progress) {
      const isNew = words === null && progress.words !== ''
      words = progress.words === '' ? words : progress.words
      share = progress.share
      if (isNew || clock.nowMs() - shownAtMs >= progressEveryMs) show()
    },
    cancel: () => cancelled.abort(),
    isCancelled: () => cancelled.signal.aborted,
    end() {
      isOver = true
      cancelTimer()
    },
  }
}
