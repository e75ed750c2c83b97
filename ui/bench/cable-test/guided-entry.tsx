import { useId, useState } from 'react'
import type { CableKinds } from '../../../agent/protocol/cable-tests.ts'
import { Button } from '../../kit/button.tsx'
import { Refusal } from '../../kit/notice.tsx'
import { useAsking } from '../../use-asking.ts'
import { Choice, Shielded, wiringWords } from './choice.tsx'
import { ContactStep } from './contact-step.tsx'
import { useCableKinds } from './use-cable-kinds.ts'

type Wiring = CableKinds['wirings'][number]

/** Contact by contact: which lamps of the far end lit. */
export function GuidedEntry({ onEnd }: { onEnd(): void }) {
  const { kinds, refusal } = useCableKinds()
  const [wiringId, setWiringId] = useState('rj45-straight')
  const [shieldExpected, setShieldExpected] = useState(false)
  const [isStarted, setStarted] = useState(false)
  const headingId = useId()
  const wiring = kinds?.wirings.find(({ id }) => id === wiringId) ?? kinds?.wirings[0]
  if (!kinds || !wiring)
    return refusal === null ? <p className="panel-empty">One moment…</p> : <Refusal why={refusal} />
  return (
    <section className="cable-form" aria-labelledby={headingId}>
      <h4 id={headingId}>Enter what lit up: {wiringWords(wiring)}</h4>
      {isStarted ? (
        <Steps wiring={wiring} shieldExpected={shieldExpected} onEnd={onEnd} />
      ) : (
        <>
          <Choice
            label="Cable should be"
            value={wiring.id}
            onChoose={setWiringId}
            options={kinds.wirings.map((one) => ({ id: one.id, words: wiringWords(one) }))}
          />
          <Shielded isChosen={shieldExpected} onChoose={setShieldExpected} />
          <div className="actions">
            <Button look="primary" onClick={() => setStarted(true)}>
              Begin
            </Button>
            <Button look="quiet" onClick={onEnd}>
              Cancel
            </Button>
          </div>
        </>
      )}
    </section>
  )
}

interface StepsFacts {
  wiring: Wiring
  shieldExpected: boolean
  onEnd(): void
}

function Steps({ wiring, shieldExpected, onEnd }: StepsFacts) {
  const { busy, refusal, ask } = useAsking()
  const [entry, setEntry] = useState<Record<string, string[]>>({})
  const [at, setAt] = useState(0)
  const isAsked = (contact: string) => contact !== 'S' || shieldExpected
  const contacts = wiring.contacts.filter(({ near }) => isAsked(near))
  const contact = contacts[at]
  const record = async () => {
    const answer = await ask('cable-enter', { wiringId: wiring.id, shieldExpected, entry, photoIds: [] })
    if (answer.kind === 'ok') onEnd()
  }
  const go = (near: string, lit: readonly string[] | null) => {
    const { [near]: _before, ...others } = entry
    setEntry(lit === null ? others : { ...others, [near]: [...lit] })
    setAt(at + 1)
  }
  const restAsItShould = () => {
    const rest = contacts.slice(at)
    setEntry({ ...entry, ...Object.fromEntries(rest.map(({ near, expected }) => [near, [...expected]])) })
    setAt(contacts.length)
  }
  return (
    <>
      {contact ? (
        <ContactStep
          key={contact.near}
          contact={contact}
          far={wiring.far.filter(isAsked)}
          step={{ at, count: contacts.length }}
          onLit={(lit) => go(contact.near, lit)}
        />
      ) : (
        <p>{entryWords(entry, contacts.length)}</p>
      )}
      <div className="actions">
        {contact ? (
          <Button onClick={restAsItShould}>All the rest as they should</Button>
        ) : (
          <Button look="primary" disabled={busy} onClick={() => void record()}>
            Keep the result
          </Button>
        )}
        {at > 0 && (
          <Button look="quiet" onClick={() => setAt(at - 1)}>
            Back
          </Button>
        )}
        <Button look="quiet" onClick={onEnd}>
          Cancel
        </Button>
      </div>
      <Refusal why={refusal} />
    </>
  )
}

function entryWords(entry: Record<string, string[]>, count: number): string {
  const entered = Object.values(entry)
  const dark = entered.filter((lit) => lit.length === 0).length
  const left = count - entered.length
  return [
    `${entered.length - dark} lit, ${dark} stayed dark.`,
    ...(left > 0 ? [`${left} not tested.`] : []),
  ].join(' ')
}
