import type { ItemView } from '../../agent/protocol.ts'
import { PrintJob } from '../bench/print-job.tsx'
import { useLab } from '../use-lab.ts'
import { LabelPreview } from './label-preview.tsx'

/** What exists now: the record, its tag, and what became of the label. */
export function Outcome({ item }: { item: ItemView }) {
  const jobs = useLab((lab) => lab.bench?.printJobs)
  if (!item.record) return null
  const job = jobs?.find((one) => one.tag === item.tag)
  return (
    <div className="outcome">
      <LabelPreview item={item} />
      <div className="outcome-facts">
        {item.tag && <p className="outcome-tag mono">{item.tag}</p>}
        <p>
          {item.record.words}{' '}
          <a className="outcome-link" href={item.record.url} target="_blank" rel="noreferrer">
            Open the record
          </a>
        </p>
        {job && <PrintJob job={job} showTag={false} />}
      </div>
    </div>
  )
}
