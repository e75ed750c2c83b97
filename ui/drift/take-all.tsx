import { useState } from 'react'
import type { DriftResponses, FindingView } from '../../agent/protocol/drift.ts'
import { Button } from '../kit/button.tsx'
import { Notice, Refusal } from '../kit/notice.tsx'
import { useAsking } from '../use-asking.ts'

/** NetBox's values for everything shown; what could not be taken is told with its reason. */
export function TakeAll({ findings }: { findings: FindingView[] }) {
  const [taken, setTaken] = useState<DriftResponses['drift-take-all'] | null>(null)
  const { busy, refusal, ask } = useAsking()
  const ids = findings.filter(({ actions }) => actions.includes('take')).map(({ id }) => id)
  if (ids.length < 2 && taken === null && refusal === null) return null
  const takeAll = async () => {
    const answer = await ask('drift-take-all', { findingIds: ids })
    if (answer.kind === 'ok') setTaken(answer.value)
  }
  return (
    <section className="panel-section" aria-label="All at once">
      {ids.length > 1 && (
        <div className="actions">
          <Button disabled={busy} onClick={takeAll}>{`Take NetBox’s for all (${ids.length})`}</Button>
        </div>
      )}
      <Refusal why={refusal} />
      <div role="status">
        {taken && (
          <Notice tone={taken.left.length > 0 ? 'ask' : 'good'}>
            <p>{taken.words}</p>
            {taken.left.length > 0 && (
              <ul>
                {taken.left.map(({ name, why }) => (
                  <li key={name}>{`${name}: ${why}`}</li>
                ))}
              </ul>
            )}
          </Notice>
        )}
      </div>
    </section>
  )
}
