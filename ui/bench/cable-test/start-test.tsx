import { useId, useState } from 'react'
import type { CableKinds } from '../../../agent/protocol/cable-tests.ts'
import type { ConsolePlaceView } from '../../../agent/protocol/consoles.ts'
import { Button } from '../../kit/button.tsx'
import { Refusal } from '../../kit/notice.tsx'
import { useAsking } from '../../use-asking.ts'
import { Choice, Shielded, wiringWords } from './choice.tsx'
import { useCableKinds } from './use-cable-kinds.ts'

interface StartFacts {
  places: ConsolePlaceView[]
  onEnd(): void
}

/** Says where the tester is, which one it is, and what cable it is for. */
export function StartTest({ places, onEnd }: StartFacts) {
  const { kinds, refusal } = useCableKinds()
  if (kinds) return <Form kinds={kinds} places={places} onEnd={onEnd} />
  return refusal === null ? <p className="panel-empty">One moment…</p> : <Refusal why={refusal} />
}

function Form({ kinds, places, onEnd }: StartFacts & { kinds: CableKinds }) {
  const { busy, refusal, ask } = useAsking()
  const headingId = useId()
  const [chosenPlace, setPlace] = useState('')
  const [profileId, setProfileId] = useState('hwlab-v1')
  const [chosenWiring, setWiringId] = useState('')
  const [shieldExpected, setShieldExpected] = useState(false)
  // A person says where: any port, also an only one, may be the console of a switch, and a tester’s bytes are not for it.
  const place = places.find((one) => one.place === chosenPlace)
  const profile = kinds.profiles.find(({ id }) => id === profileId) ?? kinds.profiles[0]
  const wirings = kinds.wirings.filter(({ plug }) => plug === profile?.plug)
  const wiring = wirings.find(({ id }) => id === chosenWiring) ?? wirings[0]
  const start = async () => {
    if (!place || !profile || !wiring) return
    const wish = { place: place.place, profileId: profile.id, wiringId: wiring.id, shieldExpected }
    const answer = await ask('cable-listen', wish)
    if (answer.kind === 'ok') onEnd()
  }
  return (
    <form
      className="cable-form"
      aria-labelledby={headingId}
      onSubmit={(event) => {
        event.preventDefault()
        void start()
      }}
    >
      <h4 id={headingId}>Listen to a tester</h4>
      <Choice
        label="Serial port"
        value={place?.place ?? ''}
        onChoose={setPlace}
        options={[
          ...(place ? [] : [{ id: '', words: 'Choose where the tester is' }]),
          ...places.map((one) => ({
            id: one.place,
            words: one.usedFor === null ? one.name : `${one.name} (in use)`,
          })),
        ]}
      />
      <Choice
        label="Tester"
        value={profile?.id ?? ''}
        onChoose={setProfileId}
        options={kinds.profiles.map(({ id, name }) => ({ id, words: name }))}
      />
      <Choice
        label="Cable should be"
        value={wiring?.id ?? ''}
        onChoose={setWiringId}
        options={wirings.map((one) => ({ id: one.id, words: wiringWords(one) }))}
      />
      <Shielded isChosen={shieldExpected} onChoose={setShieldExpected} />
      <div className="actions">
        <Button look="primary" type="submit" disabled={busy || !place}>
          {profile?.hasTrigger === false ? 'Listen' : 'Test the cable'}
        </Button>
        <Button look="quiet" onClick={onEnd}>
          Cancel
        </Button>
      </div>
      <Refusal why={refusal} />
    </form>
  )
}
