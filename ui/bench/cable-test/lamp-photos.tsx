import { type ChangeEvent, useRef, useState } from 'react'
import type { LampPhotoView, LampStepView } from '../../../agent/protocol/cable-tests.ts'
import { Button, IconButton } from '../../kit/button.tsx'
import { Refusal } from '../../kit/notice.tsx'
import { Status } from '../../kit/status.tsx'
import { photoTypes, refusalBefore, uploadPhotos } from '../../upload-photos.ts'
import { useAsking } from '../../use-asking.ts'
import { LampPicture } from './lamp-picture.tsx'
import { photoWords, readerWords } from './lamp-words.ts'

/** What one upload takes. */
const photosAtOnce = 3

/** Photos of the tester’s lamps: they are sent, a model looks at them, and what it says is offered wire by wire. */
export function LampPhotos({ wiringId, photos }: { wiringId: string; photos: readonly LampPhotoView[] }) {
  const { ask, refusal } = useAsking()
  const [sending, setSending] = useState<string | null>(null)
  const [refused, setRefused] = useState<string | null>(null)
  const input = useRef<HTMLInputElement>(null)

  const sendFew = async (files: File[]): Promise<string | null> => {
    for (const file of await uploadPhotos(files)) {
      if (file.kind === 'refused') return file.why
      const answer = await ask('cable-photo-read', { attachmentId: file.attachmentId, wiringId })
      if (answer.kind === 'refused') return answer.why
    }
    return null
  }
  const add = async (event: ChangeEvent<HTMLInputElement>) => {
    const files = [...(event.currentTarget.files ?? [])]
    event.currentTarget.value = ''
    let why = files.map(refusalBefore).find((one) => one !== null) ?? null
    for (let at = 0; at < files.length && why === null; at += photosAtOnce) {
      setSending(files.length > photosAtOnce ? `Sending ${at + 1} of ${files.length}…` : 'Sending…')
      why = await sendFew(files.slice(at, at + photosAtOnce))
    }
    setSending(null)
    setRefused(why)
  }
  return (
    <div className="lamp-photos">
      <input ref={input} type="file" accept={photoTypes} multiple hidden onChange={add} />
      <div className="actions">
        <Button icon="camera" disabled={sending !== null} onClick={() => input.current?.click()}>
          {sending ?? 'Add photos of the lamps'}
        </Button>
      </div>
      {photos.length === 0 ? (
        <p className="panel-note">
          One photo for each lamp of the near end, with both ends in it. A model reads what is lit; you check
          it.
        </p>
      ) : (
        <ul className="lamp-list" aria-label="Photos of the lamps" aria-live="polite">
          {photos.map((photo, at) => (
            <LampPhotoRow key={photo.id} photo={photo} name={`Photo ${at + 1}`} />
          ))}
        </ul>
      )}
      <Refusal why={refused ?? refusal} />
    </div>
  )
}

function LampPhotoRow({ photo: { id, attachmentId, state }, name }: { photo: LampPhotoView; name: string }) {
  const { busy, ask } = useAsking()
  return (
    <li className="lamp-row">
      <LampPicture attachmentId={attachmentId} words={name} />
      <div className="lamp-said">
        {state.kind === 'reading' && <Status tone="working">A model looks at it…</Status>}
        {state.kind === 'read' && <WhatWasRead steps={state.steps} />}
        {state.kind === 'unread' && (
          <>
            <Status tone="muted">Not read</Status>
            <p className="panel-why">{state.why}</p>
          </>
        )}
      </div>
      <IconButton
        icon="close"
        label={`Remove ${name.toLowerCase()}`}
        disabled={busy}
        onClick={() => void ask('cable-photos-drop', { photoIds: [id] })}
      />
    </li>
  )
}

function WhatWasRead({ steps }: { steps: readonly LampStepView[] }) {
  const [first] = steps
  return (
    <>
      <Status tone="ask">{photoWords(steps)}</Status>
      {first && <p className="panel-note">{readerWords(first)}</p>}
      {steps.length > 1 && (
        <p className="panel-why">
          Lamps that light together do not show where each wire arrives: enter the others by hand.
        </p>
      )}
    </>
  )
}
