import { useId } from 'react'
import type { DriftView } from '../../agent/protocol/drift.ts'
import { Button } from '../kit/button.tsx'
import { agoWords } from '../kit/elapsed.ts'
import { Notice, Refusal } from '../kit/notice.tsx'
import { useNow } from '../kit/use-now.ts'
import { useAsking } from '../use-asking.ts'
import { useLab } from '../use-lab.ts'
import { Finding } from './finding.tsx'
import { TakeAll } from './take-all.tsx'

/** What changed in NetBox since HWLab last saw it, and what to do about each difference. */
export function DriftPanel() {
  const drift = useLab((lab) => lab.drift)
  if (!drift) return <p className="panel-empty">Looking at what was found…</p>
  return (
    <>
      <Standing drift={drift} />
      <TakeAll findings={drift.findings} />
      {groupsOf(drift).map(([title, findings]) => (
        <section key={title} className="panel-section" aria-label={title}>
          <h3>{`${title} (${findings.length})`}</h3>
          <ul className="rows">
            {findings.map((finding) => (
              <Finding key={finding.id} finding={finding} />
            ))}
          </ul>
        </section>
      ))}
      {drift.more > 0 && <p className="panel-note">{`${drift.more} more are in the report.`}</p>}
      <Report drift={drift} />
    </>
  )
}

/** In the order in which they were sent: the gravest kind first. */
function groupsOf({ findings }: DriftView): [string, DriftView['findings']][] {
  return Object.entries(Object.groupBy(findings, ({ kindWords }) => kindWords)).map(([title, held = []]) => [
    title,
    held,
  ])
}

function Standing({ drift }: { drift: DriftView }) {
  const { busy, refusal, ask } = useAsking()
  const nowMs = useNow(30_000)
  const looking = busy || drift.isLooking
  return (
    <section className="panel-section" aria-label="Comparison">
      <p className="panel-note">{`Compared with ${drift.target}.`}</p>
      <div role="status">
        <Notice tone={drift.isLooking ? 'working' : drift.tone}>
          {drift.isLooking ? 'Comparing…' : drift.words}
        </Notice>
      </div>
      {drift.lookedAt !== null && (
        <p className="panel-note">
          {'Last compared '}
          <time dateTime={drift.lookedAt}>{agoWords(drift.lookedAt, nowMs)}</time>
        </p>
      )}
      <div className="actions">
        <Button disabled={looking} onClick={() => ask('drift-look', { scope: 'changes' })}>
          Check now
        </Button>
        <Button look="quiet" disabled={looking} onClick={() => ask('drift-look', { scope: 'everything' })}>
          Look through everything
        </Button>
      </div>
      <Weekly weekly={drift.weekly} />
      <Refusal why={refusal} />
    </section>
  )
}

function Weekly({ weekly }: { weekly: boolean }) {
  const { busy, refusal, ask } = useAsking()
  const id = useId()
  return (
    <>
      <label className="step-toggle" htmlFor={id}>
        <input
          id={id}
          type="checkbox"
          checked={weekly}
          disabled={busy}
          onChange={(event) => ask('drift-weekly', { on: event.currentTarget.checked })}
        />
        <span>Look through everything once a week</span>
      </label>
      <Refusal why={refusal} />
    </>
  )
}

function Report({ drift }: { drift: DriftView }) {
  if (drift.findings.length === 0) return null
  return (
    <section className="panel-section" aria-label="Report">
      <h3>The whole report as a file</h3>
      <p className="panel-files">
        <a href="/drift/netbox-changes.csv" download>
          Table (CSV)
        </a>
        <a href="/drift/netbox-changes.md" download>
          Text (Markdown)
        </a>
      </p>
    </section>
  )
}
