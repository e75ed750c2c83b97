import type { TesterView } from '../../../agent/protocol/cable-tests.ts'
import { Badge } from '../../kit/badge.tsx'
import { Button } from '../../kit/button.tsx'
import { Refusal } from '../../kit/notice.tsx'
import { Status, type Tone } from '../../kit/status.tsx'
import { useAsking } from '../../use-asking.ts'

const states: Record<TesterView['state'], { words: string; tone: Tone }> = {
  waiting: { words: 'Waiting for the tester', tone: 'working' },
  steadying: { words: 'Waiting for the same again', tone: 'working' },
  result: { words: 'Measured', tone: 'good' },
  'no-cable': { words: 'No cable', tone: 'muted' },
  silent: { words: 'No answer', tone: 'bad' },
  noise: { words: 'Not understood', tone: 'bad' },
  trouble: { words: 'Trouble', tone: 'bad' },
  unsteady: { words: 'Not steady', tone: 'bad' },
  ended: { words: 'Ended', tone: 'muted' },
}

/** A tester that HWLab listens to: where it stands, and the next cable. */
export function Tester({ tester }: { tester: TesterView }) {
  const { busy, refusal, ask } = useAsking()
  const { id, state, words } = tester
  const hasEnded = state === 'ended'
  return (
    <div className="cable-tester">
      <p className="panel-line">
        <span className="panel-name">{tester.name}</span>
        {tester.simulated && <Badge>Simulated</Badge>}
        <span className="panel-note">{tester.wiringName}</span>
      </p>
      <p className="panel-line" role="status">
        <Status tone={states[state].tone}>{states[state].words}</Status>
      </p>
      <p className="panel-why">{words}</p>
      <div className="actions">
        {!hasEnded && (
          <Button look="primary" disabled={busy} onClick={() => ask('cable-again', { testerId: id })}>
            Test again
          </Button>
        )}
        <Button disabled={busy} onClick={() => ask('cable-stop', { testerId: id })}>
          {hasEnded ? 'Dismiss' : 'Stop'}
        </Button>
      </div>
      <Refusal why={refusal} />
    </div>
  )
}
