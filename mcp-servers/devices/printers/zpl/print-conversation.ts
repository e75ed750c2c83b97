import type { LabelMedia } from '../../labels/label-media.ts'
import type { LabelLine } from '../line-printer.ts'
import type { PrinterState, PrintOutcome } from '../printer.ts'
import { type Answer, ask, pause } from '../read-answer.ts'
import type { StatusLanguage } from '../status-language.ts'
import { zplLabel } from './raster.ts'
import { decodeErrors, decodeHostStatus, decodeIdentity, questions } from './status.ts'

const askAgainMs = 300
const completionWithinMs = 20_000
const bytesOf = (text: string) => Buffer.from(text, 'latin1')

/**
 * `~HQES` is asked first: it is answered in every state, while `~HS` may be met with silence when the head is open, the
 * media or ribbon is out, or it is too hot (Zebra, "~HS", comments).
 */
export function zplConversation(media: LabelMedia): StatusLanguage {
  let dotsPerMm: number | null = null

  async function askState(line: LabelLine): Promise<Answer<PrinterState>> {
    const errors = await ask(line, bytesOf(questions.errors), decodeErrors)
    if (errors.kind === 'garbled' || errors.kind === 'closed') return errors
    const trouble = errors.kind === 'answer' ? errors.value[0] : null
    if (trouble) return { kind: 'answer', value: trouble }
    const status = await ask(line, bytesOf(questions.status), decodeHostStatus)
    if (status.kind === 'silent' && errors.kind === 'silent') return status
    if (status.kind === 'garbled' || status.kind === 'closed') return status
    if (status.kind === 'answer' && status.value.troubles[0])
      return { kind: 'answer', value: status.value.troubles[0] }
    if (status.kind === 'answer' && status.value.waiting > 0)
      return { kind: 'answer', value: { condition: 'printing', words: 'Printing' } }
    return { kind: 'answer', value: await resolutionState(line) }
  }

  /** Another resolution prints the label half as large again, or cuts it. */
  async function resolutionState(line: LabelLine): Promise<PrinterState> {
    if (dotsPerMm === null) {
      const identity = await ask(line, bytesOf(questions.identity), decodeIdentity)
      dotsPerMm = identity.kind === 'answer' ? identity.value.dotsPerMm : 0
    }
    const printerDpi = dotsPerMm === 0 ? media.dotsPerInch : dotsPerMm < 10 ? 203 : dotsPerMm < 20 ? 300 : 600
    return printerDpi === media.dotsPerInch
      ? { condition: 'ready', words: `Ready, ${media.words}` }
      : {
          condition: 'media-mismatch',
          words: `The printer has ${printerDpi} dpi, but ${media.words} is set. Choose the same size for ${printerDpi} dpi.`,
        }
  }

  return { words: 'ZPL', media, ask: askState, label: (bitmap) => zplLabel(bitmap, media), watch }
}

/** Printed is what the printer has no format and no label of any more, said twice: the first may have come too early. */
async function watch(line: LabelLine): Promise<PrintOutcome> {
  const endsAtMs = line.clock.nowMs() + completionWithinMs
  let doneBefore = false
  while (line.clock.nowMs() < endsAtMs) {
    await pause(line.clock, askAgainMs)
    const status = await ask(line, bytesOf(questions.status), decodeHostStatus)
    if (status.kind === 'closed') return powerGone
    if (status.kind === 'garbled')
      return {
        kind: 'unknown',
        why: 'The printer got the label and then said something that HWLab does not understand.',
      }
    if (status.kind === 'silent') return silenceOutcome(line)
    if (status.value.troubles[0]) return stopped(line, status.value.troubles[0])
    const isDone = status.value.waiting === 0
    if (isDone && doneBefore)
      return { kind: 'printed', words: 'The printer says that nothing is left to print.', file: null }
    doneBefore = isDone
  }
  return { kind: 'unknown', why: 'The printer got the label and did not finish it in time.' }
}

const powerGone: PrintOutcome = {
  kind: 'unknown',
  why: 'The printer was switched off or unplugged while it printed.',
}

async function silenceOutcome(line: LabelLine): Promise<PrintOutcome> {
  const errors = await ask(line, bytesOf(questions.errors), decodeErrors)
  if (errors.kind === 'closed') return powerGone
  if (errors.kind !== 'answer')
    return { kind: 'unknown', why: 'The printer got the label and then said nothing more.' }
  const trouble = errors.value[0]
  return trouble
    ? stopped(line, trouble)
    : { kind: 'sent-unconfirmed', words: 'Sent without an error; this printer does not say when it is done.' }
}

/** Otherwise the printer prints it again by itself once the roll is changed, and somebody has two. */
async function stopped(line: LabelLine, trouble: PrinterState): Promise<PrintOutcome> {
  await line.channel.write(bytesOf(questions.cancelAll))
  return {
    kind: 'unknown',
    why: `${trouble.words} The label was taken back from the printer, but a part of it may be out.`,
  }
}
