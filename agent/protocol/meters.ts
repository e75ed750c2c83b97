import { z } from 'zod'

/** USB power meters: what they show now, and recordings of them. Times are Unix milliseconds unless they say ISO. */

const meterViewSchema = z.object({
  key: z.string(),
  name: z.string(),
  simulated: z.boolean(),
  state: z.enum(['off', 'starting', 'live', 'degraded', 'silent', 'unplugged', 'refused']),
  stateWords: z.string(),
  tone: z.enum(['good', 'working', 'bad', 'muted']),
  /** What to do, or null. */
  why: z.string().nullable(),
  recordingId: z.string().nullable(),
})
export type MeterView = z.infer<typeof meterViewSchema>

const recordingViewSchema = z.object({
  id: z.string(),
  meterName: z.string(),
  simulated: z.boolean(),
  itemId: z.string().nullable(),
  /** ISO 8601 UTC. */
  startedAt: z.string(),
  /** null: it is going on. */
  endedAt: z.string().nullable(),
  samples: z.number(),
  wattHours: z.number(),
  milliampereHours: z.number(),
  gaps: z.number(),
  missingSeconds: z.number(),
  /** Why it ended by itself; empty: somebody stopped it. */
  words: z.string(),
  /** Where its samples are as CSV. */
  csvUrl: z.string(),
  /** What the meter sent, report by report; null: not kept. `words`: why they are not all there, or empty. */
  rawReports: z.object({ count: z.number(), url: z.string(), words: z.string() }).nullable(),
})
export type RecordingView = z.infer<typeof recordingViewSchema>

/** A device that can be had as a program. */
const simulatedViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.string(),
  plugged: z.boolean(),
  /** Whether it can be plugged in somewhere else. */
  movable: z.boolean(),
  /** What can be turned to see what HWLab makes of it; `position` is where it stands. */
  switches: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      position: z.string(),
      positions: z.array(z.object({ id: z.string(), name: z.string() })),
    }),
  ),
})

/** What the bench shows of meters and simulated devices. */
export const meterBench = {
  meters: z.array(meterViewSchema),
  recordings: z.array(recordingViewSchema),
  simulated: z.array(simulatedViewSchema),
}

/** Volts, amperes, volts on D+ and on D−; nulls stand for time without samples. */
export type LiveRow = [timeMs: number, ...values: (number | null)[]]

export interface MeterFrame {
  key: string
  rows: LiveRow[]
  latest: {
    volts: number
    amperes: number
    dPlusVolts: number
    dMinusVolts: number
    celsius: number
  } | null
  /** Since somebody began to look. */
  energy: { wattHours: number; ampereHours: number; measuredMs: number; missingMs: number; gaps: number }
}

/** Least, mean and greatest of a stretch of time. */
export type Span = [least: number, mean: number, most: number]
export type DrawnStretch =
  | { kind: 'gap'; fromMs: number; untilMs: number }
  | {
      kind: 'samples'
      fromMs: number
      untilMs: number
      volts: Span
      amperes: Span
      watts: Span
      dPlusVolts: Span
      dMinusVolts: Span
    }

const key = z.string().min(1).max(200)
const recordingId = z.string().min(1).max(64)
/** "meter", "printer:simulated". */
const simulatedId = z.string().min(1).max(80)

export const meterRequests = {
  /** While a page looks at a meter, `meter-frame` events come, at most ten a second. */
  'meter-watch': z.object({ key, watching: z.boolean() }),
  /** `keepsReports`: what the meter sends is kept too, as it comes. */
  'meter-record': z.object({ key, keepsReports: z.boolean() }),
  'meter-record-stop': z.object({ recordingId }),
  'recording-open': z.object({ recordingId, most: z.number().int().min(10).max(2000) }),
  /** Null takes it from its item. */
  'recording-attach': z.object({ recordingId, itemId: z.string().min(1).max(64).nullable() }),
  'recording-delete': z.object({ recordingId }),
  'simulated-plug': z.object({ id: simulatedId, plugged: z.boolean() }),
  /** Pulls it out and plugs it in somewhere else, its switches as they stand. */
  'simulated-move': z.object({ id: simulatedId }),
  'simulated-turn': z.object({
    id: simulatedId,
    switchId: z.string().min(1).max(40),
    position: z.string().min(1).max(40),
  }),
} as const

export interface MeterResponses {
  'meter-watch': { history: LiveRow[] }
  'meter-record': { recordingId: string }
  'meter-record-stop': { recordingId: string }
  'recording-open': { stretches: DrawnStretch[] }
  'recording-attach': { recordingId: string }
  'recording-delete': { recordingId: string }
  'simulated-plug': { id: string }
  'simulated-move': { id: string }
  'simulated-turn': { id: string }
}
