import type { LabelMedia } from '../../labels/label-media.ts'
import type { LabelLine } from '../line-printer.ts'
import type { PrinterState, PrintOutcome } from '../printer.ts'
import { type Answer, ask, pause, readAnswer } from '../read-answer.ts'
import type { StatusLanguage } from '../status-language.ts'
import type { EscPosModel } from './models.ts'
import { escPosLabel } from './raster.ts'
import { decodeAfterLabel, decodeRealTime, realTimeQuestion, troubleIn } from './status.ts'

const completionWithinMs = 12_000
const askAgainMs = 200
const causes = [2, 3, 4] as const
/** Bit of DLE EOT 1. */
const offline = 0x08

export function escPosConversation(media: LabelMedia, model: EscPosModel): StatusLanguage {
  return {
    words: 'ESC/POS',
    media,
    ask: (line) => askState(line, { condition: 'ready', words: `Ready, ${media.words}` }),
    label: (bitmap) => escPosLabel(bitmap, model),
    watch,
  }
}

async function askState(line: LabelLine, ready: PrinterState): Promise<Answer<PrinterState>> {
  const general = await ask(line, realTimeQuestion(1), decodeRealTime)
  if (general.kind !== 'answer') return general
  for (const question of causes) {
    const answer = await ask(line, realTimeQuestion(question), decodeRealTime)
    if (answer.kind === 'garbled' || answer.kind === 'closed') return answer
    const trouble = answer.kind === 'answer' ? troubleIn(question, answer.value) : null
    if (trouble) return { kind: 'answer', value: trouble }
  }
  const isOffline = (general.value & offline) !== 0
  return {
    kind: 'answer',
    value: isOffline ? { condition: 'fault', words: 'The printer says that it is offline.' } : ready,
  }
}

/** The answer to GS r is worked off behind the label. While it is not there the real-time status says why. */
async function watch(line: LabelLine): Promise<PrintOutcome> {
  const endsAtMs = line.clock.nowMs() + completionWithinMs
  for (let turn = 0; line.clock.nowMs() < endsAtMs; turn += 1) {
    const question = turn === 0 ? null : (causes[(turn - 1) % causes.length] ?? null)
    if (question) await line.channel.write(realTimeQuestion(question))
    const heard = await readAnswer(line, decodeAfterLabel)
    if (heard.kind === 'closed')
      return { kind: 'unknown', why: 'The printer was switched off or unplugged while it printed.' }
    if (heard.kind === 'garbled')
      return {
        kind: 'unknown',
        why: 'The printer got the label and then said something that HWLab does not understand.',
      }
    if (heard.kind === 'silent' && question)
      return { kind: 'unknown', why: 'The printer got the label and then did not answer any more.' }
    if (heard.kind === 'silent') continue
    if (heard.value.kind === 'done')
      return heard.value.paperIsOut
        ? stopped('The paper is at its end.')
        : { kind: 'printed', words: 'The printer says that it has worked off the label.', file: null }
    const trouble = question && troubleIn(question, heard.value.status)
    if (trouble) return stopped(trouble.words)
    await pause(line.clock, askAgainMs)
  }
  return {
    kind: 'sent-unconfirmed',
    words: 'Sent without an error; this printer does not say when it is done.',
  }
}

function stopped(words: string): PrintOutcome {
  return {
    kind: 'unknown',
    why: `${words} The printer may still print the label when that is put right; switch it off first if you do not want it.`,
  }
}
