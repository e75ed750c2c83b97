import type { SpendView } from '../../agent/protocol/spend.ts'
import { agoWords } from '../kit/elapsed.ts'
import { Status } from '../kit/status.tsx'
import { useNow } from '../kit/use-now.ts'

export function SpendCalls({ calls }: { calls: SpendView['calls'] }) {
  const nowMs = useNow(30_000)
  if (calls.length === 0) return null
  return (
    <section className="panel-section" aria-label="Last calls">
      <h3>Last calls</h3>
      <ul className="rows">
        {calls.map(({ id, at, model, costWords, tokensWords, stateWords, tone }) => (
          <li key={id} className="row">
            <p className="panel-line">
              <span className="panel-name">{model}</span>
              <span className="spend-amount">{costWords}</span>
            </p>
            <p className="panel-line">
              <Status tone={tone}>{stateWords}</Status>
              <span className="panel-note">
                {`${tokensWords} · `}
                <time dateTime={at}>{agoWords(at, nowMs)}</time>
              </span>
            </p>
          </li>
        ))}
      </ul>
      <p className="panel-files">
        <a href="/spend/ledger.csv" download>
          All calls (CSV)
        </a>
        <a href="/spend/ledger.json" download>
          All calls (JSON)
        </a>
      </p>
    </section>
  )
}
