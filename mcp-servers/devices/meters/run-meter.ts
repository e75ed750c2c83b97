import type { MeterCommand, MeterLine } from './commands.ts'
import type { MeterClock } from './meter-clock.ts'
import type { MeterModel } from './models.ts'
import { openReportReader, type RawReport } from './report-reader.ts'
import type { Gap, Sample } from './sample-times.ts'

export interface MeterListener {
  samples(samples: Sample[], gap: Gap | null): void
  /** Every report that came, before its samples. */
  report(report: RawReport): void
  /** `silent`: the line is there, but no samples come. `degraded`: more than one packet in twenty is damaged. */
  state(state: 'live' | 'degraded' | 'silent'): void
  /** It froze while asked once a second: from now on it is asked after every packet. */
  impatient(): void
}

export interface MeterRun {
  line: MeterLine
  model: Pick<MeterModel, 'third' | 'keepAlive'>
  clock: MeterClock
  signal: AbortSignal
}

/** "or the device will crash": Randomblock1/fnirsi-usb-tool `usb.rs`. */
const betweenCommandsMs = 25
const keepAliveMs = 900
const missedAfterMs = 250
const twoGapsWithinMs = 5000
/** Startling a meter that is only slow may reboot it, so the mild ways come first. */
const restartAfterMs = [1500, 3500, 8500] as const
const drainSilenceMs = 1000
const drainAtMostMs = 5000
const degradedWindowMs = 10_000
const degradedShare = 0.05
const fewestToJudge = 20

/**
 * Keeps a meter sending until the signal aborts or the line ends. Firmware V0.68 of the FNB58 freezes when it is asked once
 * a second (baryluk #19), so a meter that falls silent is asked at once, and one that does so twice is asked after every
 * packet from then on. Ends with a drained line: an FNB48 whose last packets nobody takes freezes its screen (baryluk #4).
 */
export async function runMeter(run: MeterRun, listener: MeterListener): Promise<'stopped' | 'closed'> {
  const { line, clock, signal } = run
  const watchdog = openWatchdog(run, listener)
  const reader = openReportReader()
  const quality = openQuality(listener)
  try {
    await startMeter(run, ['info', 'start', run.model.third])
    while (!signal.aborted) {
      let got = await line.read(watchdog.waitMs())
      // After a stall of this process its timers come first: what has arrived meanwhile is seen a moment later.
      if (got.kind === 'silent') got = await line.read(1)
      if (got.kind === 'closed') return 'closed'
      if (got.kind === 'silent') {
        const { isSilence, isRestart } = await watchdog.missed()
        if (isSilence) reader.silent()
        if (!isRestart) continue
        reader.restarted()
        quality.forget()
        continue
      }
      const report = { bytes: got.bytes, atMs: clock.steadyMs(), place: reader.place() }
      const heard = reader.heard(report.bytes, report.atMs)
      if (heard.kind !== 'other') {
        await watchdog.heard(report.atMs)
        quality.packet(report.atMs, heard.kind === 'damaged')
      }
      listener.report(report)
      if (heard.kind === 'samples') listener.samples(heard.samples, heard.gap)
    }
    await drain(run)
    return 'stopped'
  } catch (error) {
    if (signal.aborted) return 'stopped'
    throw error
  }
}

async function startMeter({ line, clock, signal }: MeterRun, commands: MeterCommand[]): Promise<void> {
  for (const command of commands) {
    if (signal.aborted) return
    await line.say(command)
    await pause(clock, betweenCommandsMs)
  }
}

/** When to ask the meter to go on, and what to try when it has stopped. */
function openWatchdog(run: MeterRun, listener: MeterListener) {
  const { line, clock } = run
  let isEachPacket = run.model.keepAlive === 'each-packet'
  let askedMs = clock.steadyMs()
  let heardMs = clock.steadyMs()
  let restarts = 0
  let lastGapMs = Number.NEGATIVE_INFINITY
  let isGap = false

  async function ask(): Promise<void> {
    if (clock.steadyMs() - askedMs < betweenCommandsMs) return
    askedMs = clock.steadyMs()
    await line.say('continue')
  }
  function noteGap(nowMs: number): void {
    if (isGap) return
    isGap = true
    if (!isEachPacket && nowMs - lastGapMs <= twoGapsWithinMs) {
      isEachPacket = true
      listener.impatient()
    }
    lastGapMs = nowMs
  }

  return {
    waitMs(): number {
      const nowMs = clock.steadyMs()
      const untilAskMs = isEachPacket ? missedAfterMs : askedMs + keepAliveMs - nowMs
      const untilMissedMs = heardMs + missedAfterMs - nowMs
      return Math.max(1, isGap ? missedAfterMs : Math.min(untilAskMs, untilMissedMs))
    },
    async heard(nowMs: number): Promise<void> {
      heardMs = nowMs
      isGap = false
      restarts = 0
      if (isEachPacket || nowMs - askedMs >= keepAliveMs) await ask()
    },
    /** Nothing came in time. After a restart the next packet may be garbage. */
    async missed(): Promise<{ isSilence: boolean; isRestart: boolean }> {
      const nowMs = clock.steadyMs()
      const silentMs = nowMs - heardMs
      if (silentMs < missedAfterMs) {
        await ask()
        return { isSilence: false, isRestart: false }
      }
      noteGap(nowMs)
      const restartAt = restartAfterMs[Math.min(restarts, restartAfterMs.length - 1)] ?? 0
      if (silentMs < restartAt) {
        await ask()
        return { isSilence: true, isRestart: false }
      }
      listener.state('silent')
      restarts += 1
      if (restarts >= restartAfterMs.length) heardMs = nowMs - restartAfterMs[1]
      await startMeter(run, restarts === 1 ? ['start', 'start'] : ['info', 'start', run.model.third])
      askedMs = clock.steadyMs()
      return { isSilence: true, isRestart: true }
    },
  }
}

/** Tells whether the packets arrive whole, over the last ten seconds. */
function openQuality(listener: MeterListener) {
  let recent: { atMs: number; isDamaged: boolean }[] = []
  let told: 'live' | 'degraded' | null = null
  return {
    packet(atMs: number, isDamaged: boolean): void {
      recent.push({ atMs, isDamaged })
      while (recent[0] && recent[0].atMs < atMs - degradedWindowMs) recent.shift()
      if (recent.length > 2000) recent = recent.slice(-1000)
      const damaged = recent.filter((one) => one.isDamaged).length
      const isDegraded = recent.length >= fewestToJudge && damaged / recent.length > degradedShare
      const state = isDegraded ? 'degraded' : 'live'
      if (state !== told) listener.state(state)
      told = state
    },
    /** After a silence the next packet tells anew. */
    forget(): void {
      recent = []
      told = null
    },
  }
}

async function drain({ line, clock }: MeterRun): Promise<void> {
  const untilMs = clock.steadyMs() + drainAtMostMs
  while (clock.steadyMs() < untilMs) {
    const got = await line.read(drainSilenceMs)
    if (got.kind !== 'bytes') return
  }
}

function pause(clock: MeterClock, forMs: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(forMs, resolve)
  })
}
