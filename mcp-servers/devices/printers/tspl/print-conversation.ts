import type { LabelMedia } from '../../labels/label-media.ts'
import type { LabelLine } from '../line-printer.ts'
import type { PrintOutcome } from '../printer.ts'
import { ask, pause } from '../read-answer.ts'
import type { StatusLanguage } from '../status-language.ts'
import { tsplLabel } from './raster.ts'
import { decodeTsplStatus, statusQuestion } from './status.ts'

const askAgainMs = 100
const beginsWithinMs = 3000
const completionWithinMs = 20_000

export function tsplConversation(media: LabelMedia): StatusLanguage {
  return {
    words: 'TSPL',
    media,
    async ask(line) {
      const answer = await ask(line, statusQuestion, decodeTsplStatus)
      if (answer.kind !== 'answer') return answer
      const { troubles, isPrinting } = answer.value
      const idle = isPrinting
        ? ({ condition: 'printing', words: 'Printing' } as const)
        : ({ condition: 'ready', words: `Ready, ${media.words}` } as const)
      return { kind: 'answer', value: troubles[0] ?? idle }
    },
    label: (bitmap) => tsplLabel(bitmap, media),
    watch,
  }
}

/** Printed is: it said that it prints, then that it does not, and no error between. */
async function watch(line: LabelLine): Promise<PrintOutcome> {
  const startedAtMs = line.clock.nowMs()
  const elapsedMs = () => line.clock.nowMs() - startedAtMs
  let hasBegun = false
  while (elapsedMs() < completionWithinMs) {
    const answer = await ask(line, statusQuestion, decodeTsplStatus)
    if (answer.kind === 'closed')
      return { kind: 'unknown', why: 'The printer was switched off or unplugged while it printed.' }
    if (answer.kind !== 'answer')
      return { kind: 'unknown', why: 'The printer got the label and then did not answer any more.' }
    const { troubles, isPrinting } = answer.value
    if (troubles[0])
      return {
        kind: 'unknown',
        why: `${troubles[0].words} The printer may still print the label when that is put right; switch it off first if you do not want it.`,
      }
    if (hasBegun && !isPrinting)
      return { kind: 'printed', words: 'The printer says that it has finished.', file: null }
    if (!hasBegun && !isPrinting && elapsedMs() > beginsWithinMs)
      return {
        kind: 'sent-unconfirmed',
        words: 'Sent without an error; the printer never said that it prints.',
      }
    hasBegun ||= isPrinting
    await pause(line.clock, askAgainMs)
  }
  return { kind: 'unknown', why: 'The printer got the label and did not finish it in time.' }
}
