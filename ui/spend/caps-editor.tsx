import { useState } from 'react'
import type { SpendCaps } from '../../agent/protocol/spend.ts'
import { Button } from '../kit/button.tsx'
import { Notice, Refusal } from '../kit/notice.tsx'
import { useQuestionFocus } from '../kit/use-question-focus.ts'
import { useAsking } from '../use-asking.ts'

const fields: { key: keyof SpendCaps; label: string; name: string }[] = [
  { key: 'queryUsd', label: 'For one question', name: 'for one question' },
  { key: 'dayUsd', label: 'For a day', name: 'for a day' },
  { key: 'monthUsd', label: 'For a month', name: 'for a month' },
]

type Typed = Record<keyof SpendCaps, string>

const typedOf = (caps: SpendCaps): Typed => ({
  queryUsd: amount(caps.queryUsd),
  dayUsd: amount(caps.dayUsd),
  monthUsd: amount(caps.monthUsd),
})

/** At least two decimals, as money is written. */
function amount(usd: number): string {
  return Number.isInteger(usd * 100) ? usd.toFixed(2) : String(usd)
}

/** The caps; raising one is asked back, lowering one is not. */
export function CapsEditor({ caps }: { caps: SpendCaps }) {
  const { busy, refusal, ask, forget } = useAsking()
  const [typed, setTyped] = useState(typedOf(caps))
  const [isAsking, setIsAsking] = useState(false)
  const { keep, back } = useQuestionFocus<HTMLInputElement>(isAsking)
  const wished = capsIn(typed)
  const raised = wished ? fields.filter(({ key }) => wished[key] > caps[key]) : []
  const isChanged = wished !== null && fields.some(({ key }) => wished[key] !== caps[key])
  const save = () => {
    if (wished) void ask('spend-caps-set', wished)
  }
  const leave = () => {
    setTyped(typedOf(caps))
    setIsAsking(false)
    forget()
  }
  return (
    <section className="panel-section" aria-label="Caps">
      <h3>Caps</h3>
      <form
        className="spend-caps"
        onSubmit={(event) => {
          event.preventDefault()
          if (!isChanged || busy) return
          if (raised.length > 0) setIsAsking(true)
          else save()
        }}
      >
        {fields.map(({ key, label }, at) => (
          <label key={key}>
            <span>{label}</span>
            <span className="spend-cap">
              <span aria-hidden="true">$</span>
              <input
                ref={at === 0 ? back : undefined}
                className="field-input mono"
                inputMode="decimal"
                autoComplete="off"
                aria-label={`${label}, in US dollars`}
                value={typed[key]}
                disabled={busy || isAsking}
                onChange={(event) => setTyped({ ...typed, [key]: event.currentTarget.value })}
              />
            </span>
          </label>
        ))}
        {!isAsking && (
          <div className="actions">
            <Button type="submit" disabled={!isChanged || busy}>
              Save
            </Button>
          </div>
        )}
      </form>
      {wished === null && <p className="panel-note">Write each cap as dollars from 0 to 1000, like 0.50.</p>}
      {isAsking && wished && (
        <div role="alert">
          <Notice tone="ask">
            <p>
              {`HWLab may then spend ${raised
                .map(({ key, name }) => `$${amount(wished[key])} instead of $${amount(caps[key])} ${name}`)
                .join(', ')}.`}
            </p>
            <div className="actions">
              <Button look="primary" disabled={busy} onClick={save}>
                {raised.length === 1 ? 'Raise the cap' : 'Raise the caps'}
              </Button>
              <Button ref={keep} look="quiet" disabled={busy} onClick={leave}>
                Keep the old caps
              </Button>
            </div>
          </Notice>
        </div>
      )}
      <Refusal why={refusal} />
      <p className="panel-note">
        $0 turns cloud models off. Set a limit on the key at your provider, too: it holds whatever happens
        here.
      </p>
    </section>
  )
}

/** null: something is not an amount. */
function capsIn(typed: Typed): SpendCaps | null {
  const [queryUsd, dayUsd, monthUsd] = fields.map(({ key }) => usdIn(typed[key]))
  if (queryUsd === undefined || dayUsd === undefined || monthUsd === undefined) return null
  return { queryUsd, dayUsd, monthUsd }
}

function usdIn(text: string): number | undefined {
  const trimmed = text.trim().replace(/^\$/, '').replace(',', '.')
  if (!/^\d{1,4}(\.\d{1,4})?$/.test(trimmed)) return undefined
  const value = Number(trimmed)
  return value <= 1000 ? value : undefined
}
