import { Notice } from '../kit/notice.tsx'
import { useLab } from '../use-lab.ts'
import { CapsEditor } from './caps-editor.tsx'
import { SpendCalls } from './spend-calls.tsx'
import { SpendMeter } from './spend-meter.tsx'
import { SpendModels } from './spend-models.tsx'

/** What models cost, what they may cost, and every call of theirs. */
export function SpendPanel() {
  const spend = useLab((lab) => lab.spend)
  if (!spend) return <p className="panel-empty">Looking at what was spent…</p>
  return (
    <>
      <section className="panel-section" aria-label="Spent">
        <div role="status">
          <Notice tone={spend.tone}>{spend.words}</Notice>
        </div>
        {spend.meters.map((meter) => (
          <SpendMeter key={meter.kind} meter={meter} />
        ))}
        <p className="panel-note">{spend.calendarWords}</p>
      </section>
      <CapsEditor key={JSON.stringify(spend.caps)} caps={spend.caps} />
      <SpendModels models={spend.models} />
      <SpendCalls calls={spend.calls} />
    </>
  )
}
