import type { FieldView } from '../../agent/protocol/items.ts'
import { Crop } from './crop.tsx'

export function EvidenceList({ field }: { field: FieldView }) {
  if (field.evidence.length === 0)
    return <p className="evidence-none">Nothing was read for this. You can type it in.</p>
  return (
    <div className="evidence">
      <ul className="evidence-list">
        {field.evidence.map((evidence) => (
          <li key={evidence.id} className="evidence-row">
            <div className="evidence-crop">
              {evidence.crop && <Crop crop={evidence.crop} quote={evidence.quote} />}
            </div>
            <div className="evidence-words">
              <p>{evidence.words}</p>
              <p className="evidence-quote">
                <span className="mono">{evidence.quote === '' ? evidence.value : evidence.quote}</span>
                {evidence.quote !== '' && evidence.value !== evidence.quote && (
                  <>
                    {', read as '}
                    <span className="mono">{evidence.value}</span>
                  </>
                )}
              </p>
            </div>
          </li>
        ))}
      </ul>
      <p className="evidence-number">
        Probability <span className="mono">{field.probability.toFixed(2)}</span> of 1
      </p>
    </div>
  )
}
