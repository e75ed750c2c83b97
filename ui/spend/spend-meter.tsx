import type { SpendView } from '../../agent/protocol/spend.ts'

/** Spent in full colour, reserved behind it in a lighter one; the words say the same. */
export function SpendMeter({ meter }: { meter: SpendView['meters'][number] }) {
  const { name, words, spentShare, reservedShare, reservedWords } = meter
  const percent = (share: number) => `${(share * 100).toFixed(1)}%`
  return (
    <div className="spend-meter">
      <p className="panel-line">
        <span className="panel-name">{name}</span>
        <span className="spend-amount">{words}</span>
      </p>
      <div className="spend-bar" aria-hidden="true">
        <span className="spend-bar-spent" style={{ width: percent(spentShare) }} />
        <span className="spend-bar-reserved" style={{ width: percent(reservedShare) }} />
      </div>
      {reservedWords !== null && <p className="panel-note">{reservedWords}</p>}
    </div>
  )
}
