import type { ChangeView } from '../../agent/protocol/changes.ts'
import { Mark, type Tone } from '../kit/status.tsx'

type Step = ChangeView['steps'][number]

const tones: Record<Step['state'], Tone> = {
  waiting: 'muted',
  running: 'working',
  done: 'good',
  failed: 'bad',
  unknown: 'ask',
  'left-out': 'muted',
}

const words: Record<Step['state'], string> = {
  waiting: 'waits',
  running: 'running…',
  done: 'done',
  failed: 'failed',
  unknown: 'may have happened',
  'left-out': 'left out',
}

/** How each step went, in its own words where it has some; `writing`: what the queue says while a record is written. */
export function ChangeSteps({ steps, writing = null }: { steps: Step[]; writing?: string | null }) {
  return (
    <ol className="steps" aria-label="Steps">
      {steps.map((step) => (
        <li key={step.position} className="step">
          <Mark tone={tones[step.state]} />
          <span className="step-words">
            {step.title}
            <span className="step-outcome">{step.outcome ?? nowWords(step, writing)}</span>
          </span>
        </li>
      ))}
    </ol>
  )
}

function nowWords({ kind, state }: Step, writing: string | null): string {
  return state === 'running' && kind.startsWith('netbox.') && writing !== null ? writing : words[state]
}
