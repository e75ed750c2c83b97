import type { Approvals } from '../../approval/approvals.ts'
import { type Refusal, refused } from '../../serving/tool.ts'
import { type JobAction, jobStateViews } from './job-view.ts'
import type { PrintJob, PrintJobMove, PrintJobs } from './print-jobs.ts'
import { printPlan } from './print-plan.ts'
import { stepOutcome } from './print-queue.ts'

/** What a signed-in person may do with a print job. */
export function openJobDesk(deps: { jobs: PrintJobs; approvals: Approvals; changed(): void }) {
  const { jobs, approvals, changed } = deps

  function settle(job: PrintJob, operator: string, change: Omit<PrintJobMove, 'from'>): boolean {
    if (!jobs.move(job.id, { ...change, from: job.state })) return false
    approvals.audit.append({
      who: `operator:${operator}`,
      channel: 'desk',
      what: `print job ${change.to}`,
      about: job.id,
      details: { tag: job.tag, printer: job.printerName, from: job.state },
    })
    const now = jobs.get(job.id)
    const outcome = now && stepOutcome(now)
    if (outcome) approvals.finishStep(job.stepId, outcome)
    changed()
    return true
  }

  function reprint(job: PrintJob, operator: string): { kind: 'ok' } | Refusal {
    const requester = `operator:${operator}`
    const filed = approvals.fileIfRoom(
      printPlan({
        ...job,
        title: `Print label ${job.tag} again`,
        warnings: [`A label ${job.tag} may already be out. Destroy the other one.`],
      }),
      { server: 'devices', tool: 'print_label', requester },
    )
    return filed.kind === 'refused' ? filed : { kind: 'ok' }
  }

  return (jobId: string, action: JobAction, operator: string): { kind: 'ok' } | Refusal => {
    const job = jobs.get(jobId)
    if (!job) return refused('There is no such print job.')
    if (!jobStateViews[job.state].actions.includes(action))
      return refused(`That cannot be done now; the job says “${jobStateViews[job.state].words(job)}”.`)
    if (action === 'reprint') return reprint(job, operator)
    const changes: Record<Exclude<JobAction, 'reprint'>, Omit<PrintJobMove, 'from'>> = {
      'label-came-out': { to: 'printed', words: `Printed, says ${operator}` },
      'no-label': { to: 'failed', words: `No label came out, says ${operator}.` },
      void: { to: 'void', words: `By ${operator}` },
    }
    return settle(job, operator, changes[action])
      ? { kind: 'ok' }
      : refused('The job changed at the same moment. Look at it again.')
  }
}
