import type { ItemView } from '../../agent/protocol/items.ts'
import { PrintJob } from '../bench/print-job.tsx'
import { ChangeSteps } from '../cards/change-steps.tsx'
import { isPrint } from '../cards/step-choice.tsx'
import { useLab } from '../use-lab.ts'
import { LabelPreview } from './label-preview.tsx'
import { Photos } from './photos.tsx'
import { RecordFacts } from './record-facts.tsx'

/** What exists now: the thing, its record, and what became of the label. */
export function Outcome({ item }: { item: ItemView }) {
  const jobs = useLab((lab) => lab.bench?.printJobs)
  if (!item.record) return null
  const job = jobs?.find((one) => one.tag === item.tag)
  const prints = item.change?.steps.filter((step) => isPrint(step.kind)) ?? []
  return (
    <>
      <div className="reading">
        <Photos item={item} lookedAt={null} />
        <RecordFacts item={item} record={item.record} />
      </div>
      <div className="outcome">
        <LabelPreview item={item} />
        <div className="outcome-label">
          {job ? (
            <PrintJob job={job} showTag={false} />
          ) : prints.length > 0 ? (
            <ChangeSteps steps={prints} />
          ) : (
            <p className="panel-note">No label was printed.</p>
          )}
        </div>
      </div>
    </>
  )
}
