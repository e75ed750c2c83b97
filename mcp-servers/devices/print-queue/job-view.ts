import type { PrintJob, PrintJobState } from './print-jobs.ts'

export const jobActions = ['label-came-out', 'no-label', 'reprint', 'void'] as const
export type JobAction = (typeof jobActions)[number]

interface StateView {
  tone: 'ask' | 'working' | 'good' | 'bad' | 'muted'
  /** What a person may do about a job in this state. */
  actions: JobAction[]
  words(job: PrintJob): string
}

/** Everything that a person sees of a state, in one place. */
export const jobStateViews: Record<PrintJobState, StateView> = {
  queued: {
    tone: 'working',
    actions: ['void'],
    words: (job) => (job.words === '' ? 'Waiting for the printer' : `Waiting: ${job.words}`),
  },
  sending: { tone: 'working', actions: [], words: () => 'Printing' },
  printed: { tone: 'good', actions: ['reprint', 'void'], words: (job) => job.words },
  saved: { tone: 'good', actions: ['reprint', 'void'], words: () => 'Saved as a file' },
  'sent-unconfirmed': {
    tone: 'ask',
    actions: ['label-came-out', 'no-label'],
    words: () => 'Sent, unconfirmed',
  },
  failed: { tone: 'bad', actions: ['reprint', 'void'], words: (job) => `Failed: ${job.words}` },
  unknown: {
    tone: 'ask',
    actions: ['label-came-out', 'no-label'],
    words: (job) => `Did the label come out? ${job.words}`,
  },
  void: { tone: 'muted', actions: ['reprint'], words: () => 'Void' },
}

/** Shaped as a print job of the bench panel. */
export function jobView(job: PrintJob) {
  const view = jobStateViews[job.state]
  return {
    id: job.id,
    tag: job.tag,
    printerName: job.printerName,
    stateWords: view.words(job),
    tone: view.tone,
    fileUrl: job.filePath === null ? null : `/labels/jobs/${job.id}`,
    actions: [...view.actions],
    updatedAt: new Date(job.updatedAtMs).toISOString(),
  }
}
export type PrintJobView = ReturnType<typeof jobView>
