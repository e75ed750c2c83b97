import type { Bitmap } from '../labels/bitmap.ts'
import type { LabelMedia } from '../labels/label-media.ts'
import type { LabelLine, PrinterLanguage } from './line-printer.ts'
import type { PrinterState, PrintOutcome } from './printer.ts'
import { type Answer, pause } from './read-answer.ts'

/** A language whose printers may answer: some clones take every label and never say a word. */
export interface StatusLanguage {
  /** "ZPL". */
  words: string
  media: LabelMedia
  ask(line: LabelLine): Promise<Answer<PrinterState>>
  label(bitmap: Bitmap): Uint8Array
  /** After the label was sent, on a printer that answers. */
  watch(line: LabelLine): Promise<PrintOutcome>
}

const askAgainMs = 500
const busyForAtMostMs = 20_000

/** Once a printer was asked and gave nothing back it counts as one that never answers, and is not asked again. */
export function statusLanguage(language: StatusLanguage): PrinterLanguage {
  let answers: 'not-known' | 'yes' | 'never' = 'not-known'
  const { words, media } = language
  const neverAnswers: PrinterState = {
    condition: 'unknown',
    words: `It takes ${media.words}; it does not tell its state.`,
  }

  async function state(line: LabelLine): Promise<PrinterState> {
    if (answers === 'never') return neverAnswers
    const answer = await language.ask(line)
    switch (answer.kind) {
      case 'answer':
        answers = 'yes'
        return answer.value
      case 'garbled':
        return {
          condition: 'fault',
          words: `It answers, but not as a ${words} printer does. Check its driver in printers.json.`,
        }
      case 'closed':
        return { condition: 'offline', words: 'The printer closed the connection.' }
      case 'silent':
        if (answers === 'yes')
          return {
            condition: 'fault',
            words:
              'The printer does not answer any more. Look for an open cover, an empty roll, a red light.',
          }
        answers = 'never'
        return neverAnswers
    }
  }

  async function idleState(line: LabelLine): Promise<PrinterState> {
    const endsAtMs = line.clock.nowMs() + busyForAtMostMs
    for (;;) {
      const now = await state(line)
      if (now.condition !== 'printing') return now
      if (line.clock.nowMs() > endsAtMs)
        return { condition: 'printing', words: 'The printer is busy with something else. Print again later.' }
      await pause(line.clock, askAgainMs)
    }
  }

  return {
    media: () => media,
    state,
    async print(line, draw, sending) {
      const before = await idleState(line)
      if (before.condition !== 'ready' && before !== neverAnswers)
        return { kind: 'failed', why: before.words }
      const bytes = language.label(draw(media))
      sending()
      await line.channel.write(bytes)
      if (before === neverAnswers)
        return { kind: 'sent-unconfirmed', words: 'Sent; this printer does not say whether it printed.' }
      return language.watch(line)
    },
    lost() {
      answers = 'not-known'
    },
  }
}
