import { useState } from 'react'
import type { BenchView } from '../../../agent/protocol/bench.ts'
import type { ConsolePlaceView, ConsoleSessionView } from '../../../agent/protocol/consoles.ts'
import { Badge } from '../../kit/badge.tsx'
import { Button } from '../../kit/button.tsx'
import { Refusal } from '../../kit/notice.tsx'
import { Status } from '../../kit/status.tsx'
import { useRowFocus } from '../../kit/use-row-focus.ts'
import { useAsking } from '../../use-asking.ts'
import { TerminalDialog } from '../terminal/terminal-dialog.tsx'
import { ConsoleSession } from './console-session.tsx'
import { LoginForm } from './login-form.tsx'
import './console.css'

/** Serial ports that may lead to a console, and what was seen there. */
export function Consoles({ bench }: { bench: BenchView }) {
  const { consolePlaces, consoleSessions } = bench
  const sessions = useRowFocus(consoleSessions.length)
  return (
    <>
      {consolePlaces.length > 0 && (
        <section className="panel-section" aria-label="Consoles">
          <h3>Consoles</h3>
          <ul className="rows">
            {consolePlaces.map((place) => (
              <li key={place.place} className="row">
                <ConsolePlace
                  place={place}
                  last={consoleSessions.find((one) => one.place === place.place && one.kind === 'look')}
                />
              </li>
            ))}
          </ul>
        </section>
      )}
      {consoleSessions.length > 0 && (
        <section className="panel-section" aria-label="Seen at consoles">
          <h3>Seen at consoles</h3>
          <ul className="rows" {...sessions}>
            {consoleSessions.map((session) => (
              <li key={session.id} className="row">
                <ConsoleSession session={session} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

function ConsolePlace({ place, last }: { place: ConsolePlaceView; last: ConsoleSessionView | undefined }) {
  const { busy, refusal, ask } = useAsking()
  const [isTerminalOpen, setTerminalOpen] = useState(false)
  const isUsed = place.usedFor !== null
  const wantsLogin = last?.endedAt !== null && last?.outcome === 'stopped' && /login/.test(last.words)
  return (
    <div className="console-place">
      <p className="panel-line">
        <span className="panel-name">{place.name}</span>
        {place.simulated && <Badge>Simulated</Badge>}
      </p>
      <p className="panel-line">
        <Status tone={isUsed ? 'working' : 'good'}>{isUsed ? `In use: ${place.usedFor}` : 'Free'}</Status>
      </p>
      <div className="actions">
        <Button
          look="primary"
          disabled={busy || isUsed}
          aria-label={`Ask who is there: ${place.name}`}
          onClick={() => ask('console-look', { place: place.place, login: null })}
        >
          Ask who is there
        </Button>
        <Button
          disabled={isUsed && !isTerminalOpen}
          aria-label={`Open terminal: ${place.name}`}
          onClick={() => setTerminalOpen(true)}
        >
          Open terminal
        </Button>
      </div>
      <Refusal why={refusal} />
      {wantsLogin && !isUsed && (
        <LoginForm busy={busy} onLogin={(login) => ask('console-look', { place: place.place, login })} />
      )}
      {isTerminalOpen && (
        <TerminalDialog
          place={place}
          baudRate={last?.baudRate ?? null}
          onClose={() => setTerminalOpen(false)}
        />
      )}
    </div>
  )
}
