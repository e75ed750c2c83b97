import type { Bitmap } from '../../labels/bitmap.ts'
import type { LabelMedia } from '../../labels/label-media.ts'
import type { LabelLine } from '../line-printer.ts'
import type { PrinterState, PrintOutcome } from '../printer.ts'
import { pause } from '../read-answer.ts'
import type { QlModel } from './models.ts'
import { qlOpening, qlPage } from './raster.ts'
import { loadedMedia, type QlStatus, readiness, StatusFrames } from './status.ts'

const statusWithinMs = 2000
const completionWithinMs = 20_000
const busyForAtMostMs = 20_000
const askAgainMs = 500
/** Something that keeps talking is listened to that many times as long. */
const patience = 3

const notAQl = 'It answers, but not as a Brother QL does. Check its driver in printers.json.'

export interface QlLine extends LabelLine {
  model: QlModel
  /** The medium to print on, once the printer has said what is loaded; null when it did not answer. */
  chooseMedia(loaded: LabelMedia | null): LabelMedia
}

interface Heard {
  frames: StatusFrames
  /** Several may come in one read. */
  waiting: QlStatus[]
}

/** Flushes a half-received job and asks; null when nothing answered in time. */
async function askStatus(line: QlLine, heard: Heard): Promise<QlStatus | null> {
  await line.channel.write(qlOpening(line.model))
  const next = nextStatus(line, heard, statusWithinMs)
  for (;;) {
    const status = await next()
    if (status === null || status.type === 'reply' || status.troubles.length > 0) return status
  }
}

/** Another label may still be on its way, or be cut. */
async function idleStatus(line: QlLine, heard: Heard): Promise<QlStatus | null> {
  const endsAtMs = line.clock.nowMs() + busyForAtMostMs
  for (;;) {
    const status = await askStatus(line, heard)
    const isBusy = status?.phase === 'printing' && status.troubles.length === 0
    if (!isBusy || line.clock.nowMs() > endsAtMs) return status
    await pause(line.clock, askAgainMs)
  }
}

export async function askQlState(line: QlLine): Promise<PrinterState> {
  const heard: Heard = { frames: new StatusFrames(), waiting: [] }
  const status = await askStatus(line, heard)
  if (!status && heard.frames.hasNoise) return { condition: 'fault', words: notAQl }
  if (status) return readiness(status, line.chooseMedia(loadedMedia(status)))
  return line.channel.answersForSure
    ? { condition: 'offline', words: 'The printer does not answer. Switch it off and on.' }
    : { condition: 'unknown', words: 'Reachable; it does not tell its state over the network.' }
}

/** One label: ask, send, listen. Only reads while the printer prints, as Brother's reference demands. */
export async function printQlLabel(
  line: QlLine,
  draw: (media: LabelMedia) => Bitmap,
  sending: () => void,
): Promise<PrintOutcome> {
  const heard: Heard = { frames: new StatusFrames(), waiting: [] }
  const before = await idleStatus(line, heard)
  if (before?.phase === 'printing' && before.troubles.length === 0)
    return { kind: 'failed', why: 'The printer is busy with something else. Print again later.' }
  if (!before && heard.frames.hasNoise) return { kind: 'failed', why: notAQl }
  if (!before && line.channel.answersForSure)
    return { kind: 'failed', why: 'The printer does not answer. Switch it off and on, then print again.' }
  const media = line.chooseMedia(before && loadedMedia(before))
  if (before) {
    const state = readiness(before, media)
    if (state.condition !== 'ready') return { kind: 'failed', why: state.words }
  }
  const page = qlPage(draw(media), media, line.model)
  heard.waiting = []
  sending()
  await line.channel.write(page)
  return completion(line, heard, before !== null)
}

async function completion(line: QlLine, heard: Heard, answers: boolean): Promise<PrintOutcome> {
  const next = nextStatus(line, heard, answers ? completionWithinMs : statusWithinMs)
  let hasBegun = false
  for (;;) {
    const status = await next()
    if (!status)
      return answers
        ? { kind: 'unknown', why: 'The printer got the label and then said nothing more.' }
        : { kind: 'sent-unconfirmed', words: 'Sent; this printer does not say whether it printed.' }
    if (status.type === 'completed') {
      await readyAgain(line, heard)
      return { kind: 'printed', words: 'The printer says that it is printed.', file: null }
    }
    hasBegun ||= status.phase === 'printing'
    const trouble = status.troubles[0]
    if (status.type === 'error' || trouble)
      return stopped(trouble?.words ?? 'The printer reports an error.', hasBegun)
    if (status.type === 'turned-off')
      return { kind: 'unknown', why: 'The printer was switched off while it printed.' }
  }
}

/** A label that the printer refused before it began is not out; one that it stopped in the middle of may be, in part. */
function stopped(words: string, hasBegun: boolean): PrintOutcome {
  return hasBegun
    ? { kind: 'unknown', why: `${words} A part of the label may be out.` }
    : { kind: 'failed', why: words }
}

/** It still cuts; a question meanwhile would be one while it prints. */
async function readyAgain(line: QlLine, heard: Heard): Promise<void> {
  const next = nextStatus(line, heard, statusWithinMs)
  for (;;) {
    const status = await next()
    if (!status || (status.type === 'phase-change' && status.phase === 'receiving')) return
  }
}

/** Statuses one after the other until nothing came for that long, or the line ends; then null. */
function nextStatus(line: QlLine, heard: Heard, withinMs: number): () => Promise<QlStatus | null> {
  const startedAtMs = line.clock.nowMs()
  let lastByteAtMs = startedAtMs
  return async () => {
    for (;;) {
      const status = heard.waiting.shift()
      if (status) return status
      const nowMs = line.clock.nowMs()
      if (nowMs > startedAtMs + withinMs * patience) return null
      const leftMs = lastByteAtMs + withinMs - nowMs
      if (leftMs <= 0) return null
      const got = await line.channel.read(leftMs)
      if (got.kind !== 'bytes') return null
      lastByteAtMs = line.clock.nowMs()
      heard.waiting.push(...heard.frames.push(got.bytes))
    }
  }
}
