import type { Bitmap } from '../../labels/bitmap.ts'
import type { LabelMedia } from '../../labels/label-media.ts'
import type { LabelLine, PrinterLanguage } from '../line-printer.ts'
import type { PrinterState, PrintOutcome } from '../printer.ts'
import { pause } from '../read-answer.ts'
import { answers, commands, infoModel } from './commands.ts'
import { type NiimbotModel, niimbotModel, niimbotModels } from './models.ts'
import { packet } from './packet.ts'
import { niimbotRows, pageSize, printStart } from './raster.ts'
import { decodeProgress, errorState, heartbeatTrouble } from './status.ts'
import { NiimbotTalk, type Reply } from './talk.ts'

/** Rows are not acknowledged, and a printer that is fed faster leaves some out (hass-niimbot #21, niimblue #45). */
const rowPauseMs = 10
const askAgainMs = 300
const completionWithinMs = 30_000
const labelWithGaps = 1

type Greeting = { kind: 'ready'; model: NiimbotModel } | { kind: 'not-ready'; state: PrinterState }

/** A NIIMBOT always answers: without an answer nothing is sent. */
export function niimbotLanguage(media: LabelMedia): PrinterLanguage {
  return {
    media: () => media,
    async state(line) {
      const greeting = await greet(new NiimbotTalk(line), media)
      return greeting.kind === 'not-ready'
        ? greeting.state
        : { condition: 'ready', words: `Ready, NIIMBOT ${greeting.model.name}, ${media.words}` }
    },
    async print(line, draw, sending) {
      const talk = new NiimbotTalk(line)
      const greeting = await greet(talk, media)
      if (greeting.kind === 'not-ready') return { kind: 'failed', why: greeting.state.words }
      return printOn(talk, line, { model: greeting.model, bitmap: draw(media), sending })
    },
    lost() {},
  }
}

/** `03` before the first packet wakes it (captured on a B1: AndBondStyle/niimprint issue 17). */
async function greet(talk: NiimbotTalk, media: LabelMedia): Promise<Greeting> {
  const hello = Uint8Array.of(0x03, ...packet(commands.connect))
  const connected = await talk.exchange(hello, answers.connect)
  if (connected.kind !== 'reply') return notReady(connected)
  const told = await talk.exchange(packet(commands.info, [infoModel]), answers.model)
  if (told.kind !== 'reply') return notReady(told)
  const id = (told.data[0] ?? 0) * 256 + (told.data[1] ?? 0)
  const model = niimbotModel(id)
  if (!model)
    return {
      kind: 'not-ready',
      state: {
        condition: 'fault',
        words: `It says that it is NIIMBOT model ${id}, which HWLab does not print on. It prints on ${niimbotModels.map(({ name }) => name).join(', ')}.`,
      },
    }
  if (media.widthDots > model.headDots)
    return {
      kind: 'not-ready',
      state: {
        condition: 'media-mismatch',
        words: `${media.words} is set, but a ${model.name} prints only ${model.headDots / 8} mm wide. Choose narrower labels.`,
      },
    }
  const beat = await talk.exchange(packet(commands.heartbeat), answers.heartbeat)
  if (beat.kind !== 'reply') return notReady(beat)
  const trouble = heartbeatTrouble(beat.data, id)
  return trouble ? { kind: 'not-ready', state: trouble } : { kind: 'ready', model }
}

function notReady(reply: Exclude<Reply, { kind: 'reply' }>): Greeting {
  const states: Record<Exclude<typeof reply.kind, 'error'>, PrinterState> = {
    silent: { condition: 'offline', words: 'The printer does not answer. Press its power button.' },
    garbled: {
      condition: 'fault',
      words: 'It answers, but not as a NIIMBOT does. Check its driver in printers.json.',
    },
    closed: { condition: 'offline', words: 'The printer closed the connection.' },
  }
  return { kind: 'not-ready', state: reply.kind === 'error' ? errorState(reply.code) : states[reply.kind] }
}

interface Job {
  model: NiimbotModel
  bitmap: Bitmap
  sending(): void
}

async function printOn(talk: NiimbotTalk, line: LabelLine, job: Job): Promise<PrintOutcome> {
  const { model, bitmap } = job
  const { task } = model
  const setUp: [Uint8Array, number][] = [
    [packet(commands.density, [model.density]), answers.density],
    [packet(commands.labelType, [labelWithGaps]), answers.labelType],
  ]
  for (const [question, answer] of setUp) {
    const reply = await talk.exchange(question, answer)
    const state = reply.kind === 'reply' ? null : notReady(reply)
    if (state?.kind === 'not-ready') return { kind: 'failed', why: state.state.words }
  }
  job.sending()
  const opening: [Uint8Array, number][] = [
    [printStart(model), answers.printStart],
    ...(task.clears ? [[packet(commands.printClear), answers.printClear] as const] : []).map(
      ([question, answer]): [Uint8Array, number] => [question, answer],
    ),
    [packet(commands.pageStart), answers.pageStart],
    [pageSize(bitmap, model), answers.pageSize],
  ]
  if (task.sendsQuantity) opening.push([packet(commands.quantity, [0, 1]), answers.quantity])
  for (const [question, answer] of opening) {
    const reply = await talk.exchange(question, answer)
    if (reply.kind !== 'reply') return interrupted(talk, reply)
    if (reply.data[0] === 0) return interrupted(talk, { kind: 'error', code: 9 })
  }
  for (const { bytes, answer } of niimbotRows(bitmap, model)) {
    if (answer === null) {
      await talk.send(bytes)
      await pause(line.clock, rowPauseMs)
      continue
    }
    const reply = await talk.exchange(bytes, answer)
    if (reply.kind !== 'reply') return interrupted(talk, reply)
  }
  const ended = await talk.exchange(packet(commands.pageEnd), answers.pageEnd)
  if (ended.kind !== 'reply') return interrupted(talk, ended)
  return completion(talk, line, model)
}

async function completion(talk: NiimbotTalk, line: LabelLine, model: NiimbotModel): Promise<PrintOutcome> {
  const endsAtMs = line.clock.nowMs() + completionWithinMs
  while (line.clock.nowMs() < endsAtMs) {
    const said = await lookAfter(talk, model)
    if (said.kind === 'trouble') return said.outcome
    if (said.kind === 'done') {
      if (model.task.completion !== 'print-end')
        await talk.exchange(packet(commands.printEnd), answers.printEnd)
      return { kind: 'printed', words: 'The printer says that the page is out.', file: null }
    }
    await pause(line.clock, askAgainMs)
  }
  return { kind: 'unknown', why: 'The printer got the label and did not finish it in time.' }
}

type Look = { kind: 'done' } | { kind: 'not-yet' } | { kind: 'trouble'; outcome: PrintOutcome }

async function lookAfter(talk: NiimbotTalk, model: NiimbotModel): Promise<Look> {
  const way = model.task.completion
  const reply =
    way === 'page-index'
      ? await talk.hear(answers.pageIndex, completionWithinMs)
      : way === 'print-end'
        ? await talk.exchange(packet(commands.printEnd), answers.printEnd)
        : await talk.exchange(packet(commands.printStatus), answers.printStatus)
  if (reply.kind !== 'reply') return { kind: 'trouble', outcome: await interrupted(talk, reply) }
  if (way === 'page-index') return { kind: 'done' }
  if (way === 'print-end') return { kind: reply.data[0] === 1 ? 'done' : 'not-yet' }
  const progress = decodeProgress(reply.data)
  if (progress.error) return { kind: 'trouble', outcome: await stopped(talk, progress.error.words) }
  return { kind: progress.isDone ? 'done' : 'not-yet' }
}

async function interrupted(
  talk: NiimbotTalk,
  reply: Exclude<Reply, { kind: 'reply' }>,
): Promise<PrintOutcome> {
  switch (reply.kind) {
    case 'error':
      return stopped(talk, errorState(reply.code).words)
    case 'closed':
      return { kind: 'unknown', why: 'The printer was switched off or unplugged while it printed.' }
    default:
      return { kind: 'unknown', why: 'The printer got a part of the label and then did not answer any more.' }
  }
}

/** Ends the job, so that nothing is printed when the lid is closed again. */
async function stopped(talk: NiimbotTalk, words: string): Promise<PrintOutcome> {
  await talk.send(packet(commands.printEnd))
  return { kind: 'unknown', why: `${words} A part of the label may be out.` }
}
