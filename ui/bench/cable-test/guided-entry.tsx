import { useId, useState } from 'react'
import type { LampPhotoView } from '../../../agent/protocol/cable-tests.ts'
import { Button } from '../../kit/button.tsx'
import { Refusal } from '../../kit/notice.tsx'
import { Choice, Shielded, wiringWords } from './choice.tsx'
import { GuidedSteps } from './guided-steps.tsx'
import { useCableKinds } from './use-cable-kinds.ts'

/** Contact by contact: which lamps of the far end lit, with photos of them or without. */
export function GuidedEntry({ photos, onEnd }: { photos: readonly LampPhotoView[]; onEnd(): void }) {
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
        <GuidedSteps
          wiring={wiring}
          shieldExpected={shieldExpected}
          photos={photos.filter((photo) => photo.wiringId === wiring.id)}
          onEnd={onEnd}
        />
      ) : (
        <>
          <Choice
            label="Cable should be"
            value={wiring.id}
            onChoose={setWiringId}
            options={kinds.wirings.map((one) => ({ id: one.id, words: wiringWords(one) }))}
          />
          <Shielded isChosen={shieldExpected} onChoose={setShieldExpected} />
          <p className="panel-note">Once you begin, photos of the lamps can be read for you.</p>
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
