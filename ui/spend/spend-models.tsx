import type { SpendView } from '../../agent/protocol/spend.ts'
import { Button } from '../kit/button.tsx'
import { Refusal } from '../kit/notice.tsx'
import { useAsking } from '../use-asking.ts'

type Model = SpendView['models'][number]

export function SpendModels({ models }: { models: Model[] }) {
  return (
    <section className="panel-section" aria-label="Models this month">
      <h3>Models this month</h3>
      {models.length === 0 && <p className="panel-empty">No model was asked yet.</p>}
      <ul className="rows">
        {models.map((model) => (
          <li key={`${model.place} ${model.key}`} className="row">
            <ModelLine model={model} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function ModelLine({ model }: { model: Model }) {
  const { busy, refusal, ask } = useAsking()
  const { key, place, callsWords, costWords, tokensWords, priceWords, changeWords, unpriced } = model
  const allow = (allowed: boolean) => ask('spend-price-allow', { modelKey: key, allowed })
  return (
    <>
      <p className="panel-line">
        <span className="panel-name">{key}</span>
        <span className="spend-amount">{costWords}</span>
      </p>
      <p className="panel-why">{`${callsWords}, ${tokensWords}`}</p>
      {place === 'cloud' && <p className="panel-ids">{priceWords}</p>}
      {changeWords !== null && <p className="panel-ids">{changeWords}</p>}
      {unpriced === 'refused' && (
        <>
          <p className="panel-why">
            It is not asked: HWLab cannot hold a cap on a price that it does not know. If you let it answer,
            all that a question may cost is set aside for each call.
          </p>
          <div className="actions">
            <Button disabled={busy} onClick={() => allow(true)}>
              Let it answer all the same
            </Button>
          </div>
        </>
      )}
      {unpriced === 'allowed' && (
        <div className="actions">
          <Button look="quiet" disabled={busy} onClick={() => allow(false)}>
            Do not ask it any more
          </Button>
        </div>
      )}
      <Refusal why={refusal} />
    </>
  )
}
