import type { QueueView } from '../../agent/protocol/queue.ts'
import { Button } from '../kit/button.tsx'
import { agoWords } from '../kit/elapsed.ts'
import { Refusal } from '../kit/notice.tsx'
import { Status } from '../kit/status.tsx'
import { WithCode } from '../kit/with-code.tsx'
import { useAsking } from '../use-asking.ts'

/** How it stands with the connection, how long things wait, and what helps all of them at once. */
export function QueueStanding({
  queue: { words, tone, standing },
  isEmpty,
  nowMs,
}: {
  queue: QueueView
  isEmpty: boolean
  nowMs: number
}) {
  const { busy, refusal, ask } = useAsking()
  const times = [
    ['Since', standing.since],
    ['Last answer', standing.lastContact],
    ['Oldest waits since', standing.oldestWaitsSince],
  ] as const
  const known = times.flatMap(([label, at]) => (at === null ? [] : [`${label}: ${agoWords(at, nowMs)}`]))
  const isBad = standing.connectionTone === 'bad'
  return (
    <>
      {/* Trouble with the connection is what the line above begins with. */}
      {!(isBad && tone === 'bad') && (
        <p className="panel-line">
          <Status tone={standing.connectionTone}>{standing.connectionWords}</Status>
        </p>
      )}
      {standing.why && !words.includes(standing.why) && (
        <p className="panel-why">
          <WithCode text={standing.why} />
        </p>
      )}
      {known.length > 0 && <p className="panel-note">{known.join(' · ')}</p>}
      {standing.restWords && <p className="panel-note">{standing.restWords}</p>}
      {(isBad || !isEmpty) && (
        <div className="actions">
          {isBad && (
            <Button disabled={busy} onClick={() => ask('queue-check', {})}>
              Check now
            </Button>
          )}
          {standing.stuck > 1 && (
            <Button disabled={busy} onClick={() => ask('queue-retry-all', {})}>
              {`Try all ${standing.stuck} again`}
            </Button>
          )}
          {!isEmpty && (
            <a className="button button-quiet" href="/queue/export.json" download>
              Save what waits to a file
            </a>
          )}
        </div>
      )}
      <Refusal why={refusal} />
    </>
  )
}
