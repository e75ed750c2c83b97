import type { ChangeView } from '../../agent/protocol/changes.ts'
import { isPrint } from './step-choice.tsx'

/** The words of the approving button never promise a print that was switched off. */
export function approveWords(change: ChangeView, leaveOut: number[]): string {
  const prints = change.steps.some((step) => isPrint(step.kind) && !leaveOut.includes(step.position))
  return prints ? change.approveWords : change.approveWords.replace(/ and print$/i, '')
}
