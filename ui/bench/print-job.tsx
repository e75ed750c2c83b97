import type { BenchView } from '../../agent/protocol/bench.ts'
import { ChangeDecision } from '../cards/change-decision.tsx'
import { printRequestFor } from '../cards/print-request.ts'
import { Button } from '../kit/button.tsx'
import { Refusal } from '../kit/notice.tsx'
import { Status } from '../kit/status.tsx'
import { useAsking } from '../use-asking.ts'
import { useLab } from '../use-lab.ts'

type Job = BenchView['printJobs'][number]

const actionWords: Record<Job['actions'][number], string> = {
  'label-came-out': 'The label came out',
  'no-label': 'No label came out',
  reprint: 'Reprint',
  void: 'Void this label',
}

export function PrintJob({ job, showTag }: { job: Job; showTag: boolean }) {
  const { busy, refusal, ask } = useAsking()
  const isNewest = useLab((lab) => lab.bench?.printJobs.find((one) => one.tag === job.tag)?.id === job.id)
  const asked = useLab((lab) => (isNewest ? printRequestFor(lab.changes, job.tag) : null))
  const actions = asked ? job.actions.filter((action) => action !== 'reprint') : job.actions
  return (
    <div className="print-job">
      <p className="print-job-line">
        {showTag && <span className="mono">{job.tag}</span>}
        <Status tone={job.tone}>{job.stateWords}</Status>
        <span className="print-job-where">{job.printerName}</span>
      </p>
      {(job.fileUrl || actions.length > 0) && (
        <div className="actions">
          {job.fileUrl && (
            <a className="button button-plain" href={job.fileUrl} target="_blank" rel="noreferrer">
              Open the file
            </a>
          )}
          {actions.map((action) => (
            <Button
              key={action}
              look={action === 'void' ? 'quiet' : 'plain'}
              disabled={busy}
              aria-label={`${actionWords[action]} (${job.tag})`}
              onClick={() => ask('print-job-act', { jobId: job.id, action })}
            >
              {actionWords[action]}
            </Button>
          ))}
        </div>
      )}
      <Refusal why={refusal} />
      {asked && (
        <section className="print-again" aria-label={asked.title}>
          <p className="print-again-title">{asked.title}</p>
          <ChangeDecision change={asked} item={null} preview={null} />
        </section>
      )}
    </div>
  )
}
