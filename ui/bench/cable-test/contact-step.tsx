import { useState } from 'react'
import type { CableKinds } from '../../../agent/protocol/cable-tests.ts'
import { Button } from '../../kit/button.tsx'
import { LampPicture } from './lamp-picture.tsx'
import { litWords, readerWords } from './lamp-words.ts'
import type { ReadOfContact } from './read-of-contact.ts'

interface StepFacts {
  contact: CableKinds['wirings'][number]['contacts'][number]
  far: readonly string[]
  step: { at: number; count: number }
  /** What photos show of it. */
  read: ReadOfContact
  /** What was entered before. */
  before: readonly string[] | null
  /** null: not tested. */
  onLit(lit: readonly string[] | null): void
}

/** One near contact: which lamps of the far end lit while it was driven. */
export function ContactStep({ contact, far, step, read, before, onLit }: StepFacts) {
  const { near, signal, expected } = contact
  const [lit, setLit] = useState<readonly string[]>(before ?? read.offered ?? [])
  const toggle = (one: string) =>
    setLit(lit.includes(one) ? lit.filter((other) => other !== one) : [...lit, one])
  const isDarkRead = lit.length === 0 && read.offered?.length === 0
  return (
    <fieldset className="cable-step">
      <legend>
        <span className="panel-name">{nameOf(near, signal)}</span>{' '}
        <span className="panel-note">
          {step.at + 1} of {step.count}
        </span>
      </legend>
      <PhotosOfContact read={read} />
      <p>What lit at the far end?</p>
      <div className="cable-lamps">
        {far.map((one) => (
          <button
            key={one}
            type="button"
            className="cable-lamp mono"
            aria-pressed={lit.includes(one)}
            onClick={() => toggle(one)}
          >
            {one}
          </button>
        ))}
      </div>
      <div className="actions">
        {lit.length > 0 ? (
          <Button look="primary" onClick={() => onLit(lit)}>
            {`Next: ${lit.join(', ')} lit`}
          </Button>
        ) : (
          expected.length > 0 && (
            <Button look={isDarkRead ? 'plain' : 'primary'} onClick={() => onLit(expected)}>
              {`As it should: ${expected.join(', ')}`}
            </Button>
          )
        )}
        <Button look={isDarkRead ? 'primary' : 'plain'} onClick={() => onLit([])}>
          None lit
        </Button>
        <Button look="quiet" onClick={() => onLit(null)}>
          Not tested
        </Button>
      </div>
    </fieldset>
  )
}

function PhotosOfContact({ read: { steps, offered } }: { read: ReadOfContact }) {
  if (steps.length === 0) return null
  return (
    <div className="lamp-evidence">
      <div className="lamp-pictures">
        {steps.map((one) => (
          <figure key={one.attachmentId}>
            <LampPicture attachmentId={one.attachmentId} words={`Photo that reads ${litWords(one.lit)}`} />
            <figcaption>
              <span className="panel-name">{litWords(one.lit)}</span>{' '}
              <span className="panel-note">{readerWords(one)}</span>
            </figcaption>
          </figure>
        ))}
      </div>
      <p className="panel-why">
        {offered === null
          ? 'These photos do not say the same. Look at them, and choose.'
          : 'Read from the photo. Compare it, and correct it here if it is wrong.'}
      </p>
    </div>
  )
}

function nameOf(near: string, signal: string | null): string {
  if (near === 'S') return 'Shield'
  return signal === null ? `Pin ${near}` : `${near} ${signal}`
}
