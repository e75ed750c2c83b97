import type { DevicesServer } from '../devices/main.ts'
import type { LiveRow, MeterFrame } from '../devices/meters/live-feed.ts'
import { rawLog } from '../devices/meters/recordings/raw-log.ts'
import { mostReports } from '../devices/meters/recordings/recorder.ts'
import { recordingCsv } from '../devices/meters/recordings/recording-csv.ts'
import type { Recording } from '../devices/meters/recordings/recordings-table.ts'
import type { Stretch } from '../devices/meters/recordings/thin-out.ts'
import type { NetboxServer } from '../netbox/main.ts'
import { type Refusal, refused } from '../serving/tool.ts'

type Answer<Value> = Promise<{ kind: 'ok'; value: Value } | Refusal>

const gone = 'This recording is not there any more.'

/** What a signed-in person may do with power meters and their recordings, and with simulated devices. */
export function metersDesk({ meters, simulated }: DevicesServer, { intake }: NetboxServer) {
  return {
    async 'meter-record'({
      key,
      keepsReports,
    }: {
      key: string
      keepsReports: boolean
    }): Answer<{ recordingId: string }> {
      const started = meters.record(key, { itemId: null, keepsReports })
      return started.kind === 'refused' ? started : { kind: 'ok', value: { recordingId: started.id } }
    },
    async 'meter-record-stop'({ recordingId }: { recordingId: string }): Answer<{ recordingId: string }> {
      return answered(meters.stopRecording(recordingId), { recordingId })
    },
    async 'recording-open'({
      recordingId,
      most,
    }: {
      recordingId: string
      most: number
    }): Answer<{ stretches: Stretch[] }> {
      const recording = meters.recording(recordingId)
      return recording ? { kind: 'ok', value: { stretches: meters.drawn(recording, most) } } : refused(gone)
    },
    async 'recording-attach'({
      recordingId,
      itemId,
    }: {
      recordingId: string
      itemId: string | null
    }): Answer<{ recordingId: string }> {
      if (itemId !== null && !intake.card(itemId))
        return refused('This item is not in the tray any more. Choose another one.')
      return answered(meters.attach(recordingId, itemId), { recordingId })
    },
    async 'recording-delete'({ recordingId }: { recordingId: string }): Answer<{ recordingId: string }> {
      return answered(meters.remove(recordingId), { recordingId })
    },
    async 'simulated-plug'(body: { id: string; plugged: boolean }): Answer<{ id: string }> {
      return answered(await simulated.plug(body.id, body.plugged), { id: body.id })
    },
    async 'simulated-move'(body: { id: string }): Answer<{ id: string }> {
      return answered(await simulated.move(body.id), body)
    },
    async 'simulated-turn'(body: { id: string; switchId: string; position: string }): Answer<{ id: string }> {
      return answered(simulated.turn(body.id, body.switchId, body.position), { id: body.id })
    },
    watchMeter(
      key: string,
      onFrame: (frame: MeterFrame) => void,
    ): { kind: 'watching'; history: LiveRow[]; stop(): void } | Refusal {
      return meters.watch(key, onFrame)
    },
    /** CSV text in parts, or null. */
    recordingCsv(recordingId: string): Iterable<string> | null {
      return meters.recording(recordingId) ? recordingCsv(meters.readings(recordingId)) : null
    },
    /** Text in parts, or null: what the meter sent was not kept. */
    recordingReports(recordingId: string): Iterable<string> | null {
      const recording = meters.recording(recordingId)
      return recording?.rawReports ? rawLog(recording, meters.reports(recordingId)) : null
    },
  }
}

/** Shaped as the bench panel shows them. */
export function meterViews({ meters, simulated }: DevicesServer) {
  return {
    meters: meters.views(),
    recordings: meters.recordings().map(recordingView),
    simulated: simulated.views(),
  }
}

function recordingView(recording: Recording) {
  const { id, deviceName, simulated, itemId, startedAtMs, endedAtMs, samples, gaps, words } = recording
  return {
    ...{ id, simulated, itemId, samples, gaps, words },
    meterName: deviceName,
    startedAt: new Date(startedAtMs).toISOString(),
    endedAt: endedAtMs === null ? null : new Date(endedAtMs).toISOString(),
    wattHours: recording.wattHours,
    milliampereHours: recording.ampereHours * 1000,
    missingSeconds: recording.missingMs / 1000,
    csvUrl: `/meter/recordings/${id}.csv`,
    rawReports: recording.rawReports === null ? null : rawReportsView(id, recording.rawReports),
  }
}

function rawReportsView(id: string, count: number) {
  const words =
    count < mostReports
      ? ''
      : 'The raw reports end after the first hour, because they are large. The samples go on.'
  return { count, words, url: `/meter/recordings/${id}.txt` }
}

function answered<Value>(
  outcome: { kind: 'ok' } | Refusal,
  value: Value,
): { kind: 'ok'; value: Value } | Refusal {
  return outcome.kind === 'refused' ? outcome : { kind: 'ok', value }
}
