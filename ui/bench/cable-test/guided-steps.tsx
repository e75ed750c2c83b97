import { useState } from 'react'
import type { CableKinds, LampPhotoView } from '../../../agent/protocol/cable-tests.ts'
import { Button } from '../../kit/button.tsx'
import { Refusal } from '../../kit/notice.tsx'
import { useAsking } from '../../use-asking.ts'
import { ContactStep } from './contact-step.tsx'
import { EntrySummary } from './entry-summary.tsx'
import { LampPhotos } from './lamp-photos.tsx'
import { readOfContact } from './read-of-contact.ts'

interface StepsFacts {
  wiring: CableKinds['wirings'][number]
  shieldExpected: boolean
  /** Of this kind of cable. */
  photos: readonly LampPhotoView[]
  onEnd(): void
}

/** Contact by contact. What a photo shows is offered; nothing is entered before the person has said so. */
export function GuidedSteps({ wiring, shieldExpected, photos, onEnd }: StepsFacts) {
  const { busy, refusal, ask } = useAsking()
  const [entry, setEntry] = useState<Record<string, string[]>>({})
  const [at, setAt] = useState(0)
  const isAsked = (contact: string) => contact !== 'S' || shieldExpected
  const contacts = wiring.contacts.filter(({ near }) => isAsked(near))
  const contact = contacts[at]
  const rest = contacts.slice(at)
  const read = readOfContact(contact?.near ?? '', photos)
  const photoIds = photos.map(({ id }) => id)
  const isRestUnread = rest.every(({ near }) => readOfContact(near, photos).steps.length === 0)

  const record = async () => {
    const answer = await ask('cable-enter', { wiringId: wiring.id, shieldExpected, entry, photoIds })
    if (answer.kind === 'ok') onEnd()
  }
  const cancel = () => {
    if (photoIds.length > 0) void ask('cable-photos-drop', { photoIds })
    onEnd()
  }
  const go = (near: string, lit: readonly string[] | null) => {
    const { [near]: _before, ...others } = entry
    setEntry(lit === null ? others : { ...others, [near]: [...lit] })
    setAt(at + 1)
  }
  const restAsItShould = () => {
    setEntry({ ...entry, ...Object.fromEntries(rest.map(({ near, expected }) => [near, [...expected]])) })
    setAt(contacts.length)
  }
  return (
    <>
      <LampPhotos wiringId={wiring.id} photos={photos} />
      {contact ? (
        <ContactStep
          key={`${contact.near} ${read.offered?.join() ?? '-'} ${read.steps.length}`}
          contact={contact}
          far={wiring.far.filter((one) => isAsked(one) || read.offered?.includes(one))}
          step={{ at, count: contacts.length }}
          read={read}
          before={entry[contact.near] ?? null}
          onLit={(lit) => go(contact.near, lit)}
        />
      ) : (
        <EntrySummary entry={entry} contacts={contacts} photos={photos} onLook={setAt} />
      )}
      <div className="actions">
        {contact && isRestUnread && <Button onClick={restAsItShould}>All the rest as they should</Button>}
        {!contact && (
          <Button look="primary" disabled={busy} onClick={() => void record()}>
            Keep the result
          </Button>
        )}
        {at > 0 && (
          <Button look="quiet" onClick={() => setAt(at - 1)}>
            Back
          </Button>
        )}
        <Button look="quiet" onClick={cancel}>
          Cancel
        </Button>
      </div>
      <Refusal why={refusal} />
    </>
  )
}
