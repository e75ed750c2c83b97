import { type FormEvent, useState } from 'react'
import type { DriftResponses } from '../../agent/protocol/drift.ts'
import type { RequestBody } from '../../agent/protocol.ts'
import { Button } from '../kit/button.tsx'
import { Disclosure } from '../kit/disclosure.tsx'
import { Notice, Refusal } from '../kit/notice.tsx'
import { useAsking } from '../use-asking.ts'
import { useLab } from '../use-lab.ts'

type Wish = RequestBody<'set-back-count'>

/** Sends items that fit back to draft, to be read again: counted first, then one request. */
export function SetBack() {
  const many = useLab((lab) => (lab.items?.length ?? 0) > 0)
  if (!many) return null
  return (
    <section className="panel-section" aria-label="Read items again">
      <Disclosure summary="Read items again…">
        <SetBackForm />
      </Disclosure>
    </section>
  )
}

function SetBackForm() {
  const readOnly = useLab((lab) => lab.session?.readOnly ?? false)
  const { busy, refusal, ask } = useAsking()
  const [wish, setWish] = useState<Wish>({})
  const [counted, setCounted] = useState<DriftResponses['set-back-count'] | null>(null)
  const [filed, setFiled] = useState(false)
  const narrow = (change: Wish) => {
    setWish(cleaned({ ...wish, ...change }))
    setCounted(null)
    setFiled(false)
  }
  const count = async (event: FormEvent) => {
    event.preventDefault()
    const answer = await ask('set-back-count', wish)
    setCounted(answer.kind === 'ok' ? answer.value : null)
  }
  const propose = async () => {
    const answer = await ask('set-back-propose', wish)
    setFiled(answer.kind === 'ok')
    if (answer.kind === 'ok') setCounted(null)
  }
  return (
    <form className="set-back" onSubmit={count}>
      <Choice label="State" options={states} onChoose={(state) => narrow({ state })} />
      <Choice label="Best evidence" options={evidences} onChoose={(evidence) => narrow({ evidence })} />
      <Choice
        label="Less sure than"
        options={sureness}
        onChoose={(text) => narrow({ below: text === undefined ? undefined : Number(text) })}
      />
      <Text label="Manufacturer or model" onChange={(model) => narrow({ model })} />
      <Text label="Role" onChange={(role) => narrow({ role })} />
      <Text label="Taken in since" type="date" onChange={(since) => narrow({ since })} />
      <Text label="Read by the model" onChange={(read_by) => narrow({ read_by })} />
      <Text label="With the prompt (hash)" onChange={(prompt) => narrow({ prompt })} />
      <div className="set-back-rest">
        <p className="panel-note">
          What was read is dropped and read anew; what you typed stays. Records in NetBox stay until you
          confirm again.
        </p>
        <div role="status">
          {counted && <Notice tone={counted.count > 0 ? 'ask' : 'muted'}>{counted.words}</Notice>}
          {filed && <Notice tone="ask">It waits for your decision among the requests above.</Notice>}
        </div>
        <div className="actions">
          <Button type="submit" disabled={busy}>
            Count them
          </Button>
          {counted && counted.count > 0 && (
            <Button disabled={busy || readOnly} onClick={propose}>
              {`Ask to read ${counted.count} again`}
            </Button>
          )}
        </div>
        <Refusal why={refusal} />
      </div>
    </form>
  )
}

function cleaned(wish: Wish): Wish {
  return Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined && value !== ''))
}

const states = [
  ['complete', 'In the inventory'],
  ['researched', 'Ready to confirm'],
  ['needs_research', 'Needs research'],
  ['indexed', 'Read'],
] as const
const evidences = [
  ['said', 'Only said by a model'],
  ['derived', 'Derived by a rule'],
  ['catalogue', 'Catalogue'],
  ['read', 'Label text'],
  ['decoded', 'Code'],
  ['operator', 'A person'],
] as const
const sureness = [
  ['0.95', '95 %'],
  ['0.9', '90 %'],
  ['0.8', '80 %'],
  ['0.7', '70 %'],
  ['0.5', '50 %'],
] as const

function Choice({
  label,
  options,
  onChoose,
}: {
  label: string
  options: readonly (readonly [string, string])[]
  onChoose(value: string | undefined): void
}) {
  return (
    <label>
      <span>{label}</span>
      <select className="field-input" onChange={(event) => onChoose(event.currentTarget.value || undefined)}>
        <option value="">Any</option>
        {options.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </label>
  )
}

function Text({
  label,
  type = 'text',
  onChange,
}: {
  label: string
  type?: 'text' | 'date'
  onChange(value: string | undefined): void
}) {
  return (
    <label>
      <span>{label}</span>
      <input
        className="field-input"
        type={type}
        maxLength={60}
        onChange={(event) => onChange(event.currentTarget.value || undefined)}
      />
    </label>
  )
}
