import type { LiveRow, MeterFrame, MeterView, RecordingView } from '../../agent/protocol/meters.ts'
import { startedAt } from './fake-lab-things.ts'

export function fakeMeter(facts: Partial<MeterView> = {}): MeterView {
  return {
    key: 'usb:2e3c:5558:A1',
    name: 'FNIRSI FNB58',
    simulated: false,
    state: 'off',
    stateWords: 'Ready',
    tone: 'good',
    why: null,
    recordingId: null,
    ...facts,
  }
}

export function fakeRecording(facts: Partial<RecordingView> = {}): RecordingView {
  return {
    id: 'recording-1',
    meterName: 'FNIRSI FNB58',
    simulated: false,
    itemId: null,
    startedAt,
    endedAt: new Date(Date.parse(startedAt) + 134_000).toISOString(),
    samples: 13_400,
    wattHours: 0.4213,
    milliampereHours: 47.2,
    gaps: 1,
    missingSeconds: 9.2,
    words: '',
    csvUrl: '/meter/recordings/recording-1.csv',
    rawReports: null,
    ...facts,
  }
}

/** A minute of a phone that charges, with three seconds in which the meter was unplugged. */
export function fakeRows(untilMs: number): LiveRow[] {
  return Array.from({ length: 1200 }, (_, at): LiveRow => {
    const timeMs = untilMs - (1199 - at) * 50
    const second = at / 20
    if (second > 31 && second < 34) return [timeMs, null, null, null, null]
    const amperes = (second < 12 ? 0.3 : second < 40 ? 1.62 : 1.1) + Math.sin(at / 5) * 0.02
    return [timeMs, 9.05 - amperes * 0.09, amperes, 0.6, 0.62]
  })
}

export function fakeFrame(rows: LiveRow[]): MeterFrame {
  return {
    key: 'usb:2e3c:5558:A1',
    rows,
    latest: { volts: 8.951, amperes: 1.1043, dPlusVolts: 0.601, dMinusVolts: 0.622, celsius: 31.5 },
    energy: {
      wattHours: 0.1534,
      ampereHours: 0.0171,
      measuredMs: 57_000,
      missingMs: 3000,
      gaps: 1,
    },
  }
}
