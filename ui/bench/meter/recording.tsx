import { useState } from 'react'
import type { RecordingView } from '../../../agent/protocol/meters.ts'
import { Badge } from '../../kit/badge.tsx'
import { Button } from '../../kit/button.tsx'
import { DeleteButton } from '../../kit/delete-button.tsx'
import { agoWords } from '../../kit/elapsed.ts'
import { Refusal } from '../../kit/notice.tsx'
import { Status } from '../../kit/status.tsx'
import { useNow } from '../../kit/use-now.ts'
import { useAsking } from '../../use-asking.ts'
import { BelongsTo } from '../belongs-to.tsx'
import { durationWords, gapWords, inMilliampereHours, inWattHours } from './quantities.ts'
import { RecordingDrawing } from './recording-drawing.tsx'

/** One recording of a meter: what it came to, its drawing, the item it belongs to, and its samples as a file. */
export function Recording({ recording }: { recording: RecordingView }) {
  const { busy, refusal, ask } = useAsking()
  const [isOpen, setOpen] = useState(false)
  const nowMs = useNow(1000)
  const { id, startedAt, endedAt, rawReports } = recording
  const seconds = ((endedAt === null ? nowMs : Date.parse(endedAt)) - Date.parse(startedAt)) / 1000
  const gap = gapWords(recording.gaps, recording.missingSeconds)
  return (
    <div className="recording">
      <p className="panel-line">
        <span className="panel-name">{durationWords(Math.max(0, seconds))}</span>
        {recording.simulated && <Badge>Simulated</Badge>}
        <time className="panel-note" dateTime={startedAt}>
          {agoWords(startedAt, nowMs)}
        </time>
      </p>
      <p className="panel-line mono recording-sum">
        <span>{inWattHours(recording.wattHours)}</span>
        <span>{inMilliampereHours(recording.milliampereHours)}</span>
        <span className="panel-note">{recording.meterName}</span>
      </p>
      {endedAt === null && <Status tone="working">Recording</Status>}
      {gap && <p className="panel-note">{gap}: not counted.</p>}
      {recording.words && <p className="panel-why">{recording.words}</p>}
      {rawReports?.words && <p className="panel-note">{rawReports.words}</p>}
      {endedAt !== null && (
        <>
          <BelongsTo
            itemId={recording.itemId}
            request="recording-attach"
            id={id}
            noItemWords="No item: it goes after a month"
          />
          <div className="actions">
            <Button look={isOpen ? 'quiet' : 'plain'} onClick={() => setOpen(!isOpen)}>
              {isOpen ? 'Hide the curve' : 'Show the curve'}
            </Button>
            <a className="button button-plain" href={recording.csvUrl} download>
              Save CSV
            </a>
            {rawReports && rawReports.count > 0 && (
              <a className="button button-plain" href={rawReports.url} download>
                Save raw reports
              </a>
            )}
            <DeleteButton busy={busy} onDelete={() => ask('recording-delete', { recordingId: id })} />
          </div>
        </>
      )}
      <Refusal why={refusal} />
      {isOpen && endedAt !== null && <RecordingDrawing recordingId={id} />}
    </div>
  )
}
