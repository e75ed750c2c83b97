import { useState } from 'react'
import type { CableKinds } from '../../../agent/protocol/cable-tests.ts'
import { Button } from '../../kit/button.tsx'

interface StepFacts {
  contact: CableKinds['wirings'][number]['contacts'][number]
  far: readonly string[]
  step: { at: number; count: number }
  /** null: not tested. */
  onLit(lit: readonly string[] | null): void
}

/** One near contact: which lamps of the far end lit while it was driven. */
export function ContactStep({ contact: { near, signal, expected }, far, step, onLit }: StepFacts) {
  const [lit, setLit] = useState<readonly string[]>([])
  const toggle = (one: string) =>
    setLit(lit.includes(one) ? lit.filter((other) => other !== one) : [...lit, one])
  return (
    <fieldset className="cable-step">
      <legend>
        <span className="panel-name">{nameOf(near, signal)}</span>{' '}
        <span className="panel-note">
          {step.at + 1} of {step.count}
        </span>
      </legend>
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
            <Button look="primary" onClick={() => onLit(expected)}>
              {`As it should: ${expected.join(', ')}`}
            </Button>
          )
        )}
        <Button onClick={() => onLit([])}>None lit</Button>
        <Button look="quiet" onClick={() => onLit(null)}>
          Not tested
        </Button>
      </div>
    </fieldset>
  )
}

function nameOf(near: string, signal: string | null): string {
  if (near === 'S') return 'Shield'
  return signal === null ? `Pin ${near}` : `${near} ${signal}`
}
