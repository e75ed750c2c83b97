import { useState } from 'react'
import type { MeterView } from '../../../agent/protocol/meters.ts'
import { Badge } from '../../kit/badge.tsx'
import { Button } from '../../kit/button.tsx'
import { Refusal } from '../../kit/notice.tsx'
import { Status } from '../../kit/status.tsx'
import { WithCode } from '../../kit/with-code.tsx'
import { useAsking } from '../../use-asking.ts'
import { useLab } from '../../use-lab.ts'
import { LiveValues } from './live-values.tsx'

/** A power meter: its state, its live values when somebody wants them, and its recording. */
export function Meter({ meter }: { meter: MeterView }) {
  const { busy, refusal, ask } = useAsking()
  const [isLooking, setLooking] = useState(false)
  const [keepsReports, setKeepsReports] = useState(false)
  const recording = useLab((lab) => lab.bench?.recordings.find((one) => one.id === meter.recordingId))
  const record = async () => {
    if (meter.recordingId !== null) return ask('meter-record-stop', { recordingId: meter.recordingId })
    const started = await ask('meter-record', { key: meter.key, keepsReports })
    if (started.kind === 'ok') setKeepsReports(false)
  }
  const lookWords = isLooking ? 'Hide live values' : 'Show live values'
  return (
    <div className="meter">
      <p className="panel-line">
        <span className="panel-name">{meter.name}</span>
        {meter.simulated && <Badge>Simulated</Badge>}
      </p>
      <p className="panel-line">
        <Status tone={meter.tone}>{meter.stateWords}</Status>
        {recording && (
          <span className="panel-note">
            {recording.rawReports ? 'Recording, with raw reports' : 'Recording'}
          </span>
        )}
      </p>
      {meter.why && (
        <p className="panel-why">
          <WithCode text={meter.why} />
        </p>
      )}
      <div className="actions">
        <Button
          look={isLooking ? 'quiet' : 'plain'}
          aria-label={`${lookWords}: ${meter.name}`}
          onClick={() => setLooking(!isLooking)}
        >
          {lookWords}
        </Button>
        <Button look={meter.recordingId === null ? 'plain' : 'primary'} disabled={busy} onClick={record}>
          {meter.recordingId === null ? 'Record' : 'Stop recording'}
        </Button>
      </div>
      {meter.recordingId === null && (
        <label className="step-toggle">
          <input
            type="checkbox"
            checked={keepsReports}
            onChange={(event) => setKeepsReports(event.currentTarget.checked)}
          />
          <span>Keep raw reports, for support</span>
        </label>
      )}
      <Refusal why={refusal} />
      {isLooking && <LiveValues meter={meter} />}
    </div>
  )
}
