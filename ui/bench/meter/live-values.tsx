import { useMemo } from 'react'
import type { MeterView } from '../../../agent/protocol/meters.ts'
import { Notice } from '../../kit/notice.tsx'
import { Status } from '../../kit/status.tsx'
import { useNow } from '../../kit/use-now.ts'
import { columnsOf, shownSeconds } from './live-columns.ts'
import {
  gapWords,
  inAmperes,
  inCelsius,
  inMilliampereHours,
  inVolts,
  inWattHours,
  inWatts,
} from './quantities.ts'
import { Strips } from './strips.tsx'
import { useLiveMeter } from './use-live-meter.ts'

/** Without a frame for this long, what is shown is not what is. */
const oldAfterMs = 700

/** What the meter shows now, and its last minute. */
export function LiveValues({ meter }: { meter: MeterView }) {
  const live = useLiveMeter(meter.key)
  const nowMs = useNow(500)
  const columns = useMemo(() => columnsOf(live.rows), [live.rows])
  if (live.refusal) return <Notice tone="bad">{live.refusal}</Notice>
  const { latest, energy, cameAtMs } = live
  if (!latest || cameAtMs === null || !energy)
    return <p className="panel-empty">Waiting for the first values…</p>
  const isOld = nowMs - cameAtMs > oldAfterMs
  const gap = gapWords(energy.gaps, energy.missingMs / 1000)
  return (
    <div className="live">
      <dl className={`meter-readings ${isOld ? 'meter-readings-old' : ''}`}>
        <Value name="Voltage">{inVolts(latest.volts)}</Value>
        <Value name="Current">{inAmperes(latest.amperes)}</Value>
        <Value name="Power">{inWatts(latest.volts * latest.amperes)}</Value>
        <Value name="D+">{inVolts(latest.dPlusVolts)}</Value>
        <Value name="D−">{inVolts(latest.dMinusVolts)}</Value>
        <Value name="Inside the meter">{inCelsius(latest.celsius)}</Value>
        <Value name="Energy since you look">{inWattHours(energy.wattHours)}</Value>
        <Value name="Charge since you look">{inMilliampereHours(energy.ampereHours * 1000)}</Value>
      </dl>
      {isOld && <Status tone="bad">No values come: these are the last ones</Status>}
      {gap && <p className="panel-note">{gap}: not counted.</p>}
      <Strips
        columns={columns}
        fromSecond={-shownSeconds}
        untilSecond={0}
        timeWords={(second) => (second === 0 ? 'now' : `−${Math.abs(second)} s`)}
      />
    </div>
  )
}

function Value({ name, children }: { name: string; children: string }) {
  return (
    <div className="meter-reading">
      <dt>{name}</dt>
      <dd className="mono">{children}</dd>
    </div>
  )
}
