import type { ConsoleSessionView } from '../../../agent/protocol/consoles.ts'
import { Badge } from '../../kit/badge.tsx'
import { DeleteButton } from '../../kit/delete-button.tsx'
import { agoWords } from '../../kit/elapsed.ts'
import { Refusal } from '../../kit/notice.tsx'
import { Status, type Tone } from '../../kit/status.tsx'
import { useNow } from '../../kit/use-now.ts'
import { useAsking } from '../../use-asking.ts'
import { BelongsTo } from '../belongs-to.tsx'
import { StartItem } from '../start-item.tsx'
import { ConsoleFacts } from './console-facts.tsx'
import { Transcript } from './transcript.tsx'

/** One time at a console: what came of it, what it said of itself, and its transcript. */
export function ConsoleSession({ session }: { session: ConsoleSessionView }) {
  const { busy, refusal, ask } = useAsking()
  const nowMs = useNow(10_000)
  const { id, startedAt, endedAt } = session
  return (
    <div className="console-session">
      <p className="panel-line">
        <span className="panel-name">{session.deviceName}</span>
        {session.simulated && <Badge>Simulated</Badge>}
        <time className="panel-note" dateTime={startedAt}>
          {agoWords(startedAt, nowMs)}
        </time>
      </p>
      <p className="panel-line">
        <Status tone={toneOf(session)}>{stateOf(session)}</Status>
        {session.baudRate !== null && (
          <span className="panel-note">{session.baudRate.toLocaleString('en-US')} baud</span>
        )}
      </p>
      {session.outcome !== 'identified' && <p className="panel-why">{session.words}</p>}
      {session.facts && <ConsoleFacts facts={session.facts} />}
      {endedAt !== null && (
        <>
          <BelongsTo itemId={session.itemId} request="console-attach" id={id} noItemWords="No item" />
          <div className="actions">
            {session.facts && !session.facts.isVirtual && (
              <StartItem
                from={{ request: 'console-intake', sessionId: id }}
                look="primary"
                name={session.deviceName}
                count={session.facts.chassis.length}
                itemId={session.itemId}
              />
            )}
            <DeleteButton busy={busy} onDelete={() => ask('console-delete', { sessionId: id })} />
          </div>
          <Transcript sessionId={id} />
        </>
      )}
      <Refusal why={refusal} />
    </div>
  )
}

function toneOf({ kind, outcome, endedAt }: ConsoleSessionView): Tone {
  if (endedAt === null) return 'working'
  if (kind === 'terminal') return 'muted'
  if (outcome === 'identified') return 'good'
  return outcome === 'stopped' || outcome === 'silent' || outcome === 'unknown-family' ? 'ask' : 'bad'
}

const outcomes: Record<string, string> = {
  identified: 'Identified',
  'unknown-family': 'Not known',
  stopped: 'Needs you',
  silent: 'Silent',
  garbled: 'Only noise',
  'fell-silent': 'Stopped answering',
  endless: 'Too much output',
  'login-refused': 'Login refused',
  unplugged: 'Unplugged',
}

function stateOf({ kind, outcome, endedAt }: ConsoleSessionView): string {
  if (endedAt === null) return kind === 'look' ? 'Looking…' : 'Terminal open'
  if (kind === 'terminal') return 'Terminal closed'
  return outcome === null ? 'Not finished' : (outcomes[outcome] ?? outcome)
}
