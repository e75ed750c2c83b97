import { monotonicFactory } from 'ulid'
import type { StepOutcome } from '../../approval/change-request.ts'
import type { Clock } from '../../serving/clock.ts'
import { DeviceError } from '../device-error.ts'
import type { LabelFacts } from '../labels/label-svg.ts'
import type { Printer, PrintOutcome } from '../printers/printer.ts'
import type { PrintJob, PrintJobMove, PrintJobState, PrintJobs } from './print-jobs.ts'

/** Whether the record of a tag may be printed: only what was read back from the inventory. */
export type RecordLookUp = (
  tag: string,
) => Promise<
  { kind: 'confirmed'; facts: LabelFacts } | { kind: 'waiting'; why: string } | { kind: 'unknown' }
>

export interface PrintQueue {
  /** Synchronous, inside the caller's transaction; twice with one step changes nothing. */
  enqueue(stepId: string, label: { tag: string; printerId: string; printerName: string }): void
  /** Resolves when no printer has work that it could do now. */
  idle(): Promise<void>
  /** Stops taking jobs and waits for the label that is being printed. */
  stop(): Promise<void>
}

const lookAgainAfterMs = 3000
/** After that nobody stands at the printer for this label any more. */
const longestWaitMs = 24 * 60 * 60 * 1000

interface QueueSeams {
  jobs: PrintJobs
  clock: Clock
  printer(id: string): Printer | null
  record: RecordLookUp
  /** The step's outcome, as often as it may have to be told again. */
  report(stepId: string, outcome: StepOutcome): void
  changed(printerId: string): void
  /** For the log: what a person only sees as a sentence. */
  onFault(fault: unknown): void
}

/**
 * One queue per printer, so that one printer's trouble never stalls another. The row is first, the bytes second: a job
 * found in `sending` at start may be a label on the floor, so a person is asked and nothing is sent again.
 */
export function openPrintQueue(seams: QueueSeams): PrintQueue {
  const { jobs, clock } = seams
  const nextId = monotonicFactory()
  const working = new Map<string, Promise<void>>()
  let isStopped = false

  for (const job of jobs.inState('sending')) {
    if (seams.printer(job.printerId)?.repeatable)
      jobs.move(job.id, { from: 'sending', to: 'queued', words: '' })
    else
      jobs.move(job.id, {
        from: 'sending',
        to: 'unknown',
        words: 'HWLab stopped while the label was being sent.',
      })
  }

  function move(job: PrintJob, change: PrintJobMove): boolean {
    const moved = jobs.move(job.id, change)
    if (moved) {
      tell(job.id)
      seams.changed(job.printerId)
    }
    return moved
  }

  function tell(jobId: string): void {
    const job = jobs.get(jobId)
    const outcome = job && stepOutcome(job)
    if (outcome) seams.report(job.stepId, outcome)
  }

  function wake(printerId: string): void {
    if (isStopped || working.has(printerId)) return
    working.set(
      printerId,
      drain(printerId).finally(() => rest(printerId)),
    )
  }

  /** A job that came while the last one was ending has not been looked at: its words are still empty. */
  function rest(printerId: string): void {
    working.delete(printerId)
    if (isStopped) return
    const isLeft = jobs.inState('queued').some((job) => job.printerId === printerId && job.words === '')
    if (isLeft) wake(printerId)
  }

  async function drain(printerId: string): Promise<void> {
    const passed = new Set<string>()
    for (;;) {
      const job = jobs
        .inState('queued')
        .find((candidate) => candidate.printerId === printerId && !passed.has(candidate.id))
      if (!job || isStopped) return
      passed.add(job.id)
      await attempt(job)
    }
  }

  /** The boundary of the worker: whatever fails here ends in a state with a sentence. */
  async function attempt(job: PrintJob): Promise<void> {
    try {
      await work(job)
    } catch (fault) {
      const why =
        fault instanceof DeviceError ? fault.message : 'Something went wrong inside HWLab; its log has more.'
      seams.onFault(fault)
      const afterSending = seams.printer(job.printerId)?.repeatable ? 'failed' : 'unknown'
      move(job, { from: 'sending', to: afterSending, words: why }) ||
        move(job, { from: 'queued', to: 'failed', words: why })
    }
  }

  async function work(job: PrintJob): Promise<void> {
    const printer = seams.printer(job.printerId)
    if (!printer) {
      move(job, { from: 'queued', to: 'failed', words: `${job.printerName} is no longer there.` })
      return
    }
    if (clock.nowMs() - job.createdAtMs > longestWaitMs) {
      const words = 'It waited for more than a day, so it was not printed. Reprint it if you still want it.'
      move(job, { from: 'queued', to: 'failed', words })
      return
    }
    const record = await seams.record(job.tag)
    if (record.kind === 'unknown') {
      move(job, { from: 'queued', to: 'failed', words: `There is no record ${job.tag} in the inventory.` })
    } else if (record.kind === 'waiting') {
      const why = record.why || 'the record is not confirmed yet'
      if (why !== job.words) move(job, { from: 'queued', to: 'queued', words: why })
      clock.after(lookAgainAfterMs, () => wake(job.printerId))
    } else {
      const outcome = await printer.print({
        id: job.id,
        facts: record.facts,
        sending: () => markSending(job),
      })
      settle(job, printer, outcome)
    }
  }

  function markSending(job: PrintJob): void {
    if (!move(job, { from: 'queued', to: 'sending', words: '' }))
      throw new DeviceError('unsupported', 'The job was withdrawn before it was sent.')
  }

  function settle(job: PrintJob, printer: Printer, outcome: PrintOutcome): void {
    const change = outcomeMove(printer, outcome)
    move(job, { ...change, from: 'sending' }) || move(job, { ...change, from: 'queued' })
  }

  return {
    enqueue(stepId, label) {
      jobs.insert({ id: nextId(clock.nowMs()), stepId, ...label })
      queueMicrotask(() => {
        const job = jobs.ofStep(stepId)
        if (!job) return
        seams.changed(job.printerId)
        tell(job.id)
        wake(job.printerId)
      })
    },
    async idle() {
      await Promise.resolve()
      while (working.size > 0) await Promise.all(working.values())
    },
    async stop() {
      isStopped = true
      await Promise.all(working.values())
    },
  }
}

function outcomeMove(printer: Printer, outcome: PrintOutcome): Omit<PrintJobMove, 'from'> {
  switch (outcome.kind) {
    case 'printed':
      return {
        to: 'printed',
        words: printer.simulated ? 'Printed (simulated)' : 'Printed',
        file: outcome.file,
      }
    case 'saved':
      return { to: 'saved', words: '', file: outcome.file }
    case 'sent-unconfirmed':
      return { to: 'sent-unconfirmed', words: outcome.words }
    case 'failed':
      return { to: 'failed', words: outcome.why }
    case 'unknown':
      return { to: 'unknown', words: outcome.why }
  }
}

/** "Printed (simulated)" → "The label was printed (simulated)." */
function printedSentence(words: string): string {
  return `The label was ${words.charAt(0).toLowerCase()}${words.slice(1)}.`
}

/** What the approved step is told; null while the job is on its way. */
export function stepOutcome(job: PrintJob): StepOutcome | null {
  const outcomes: Record<PrintJobState, StepOutcome | null> = {
    queued: null,
    sending: null,
    printed: { kind: 'done', words: printedSentence(job.words) },
    saved: { kind: 'done', words: 'The label was saved as a file.' },
    'sent-unconfirmed': {
      kind: 'done',
      words: 'The label was sent, but the printer did not confirm it. Look whether it came out.',
    },
    failed: { kind: 'failed', words: `The label was not printed. ${job.words}` },
    unknown: { kind: 'unknown', words: `Did the label come out? ${job.words}` },
    void: { kind: 'failed', words: 'The label was not printed: the print job was withdrawn.' },
  }
  return outcomes[job.state]
}
