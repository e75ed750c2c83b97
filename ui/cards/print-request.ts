import type { ChangeView } from '../../agent/protocol/changes.ts'
import { isPrint } from './step-choice.tsx'

/** The request that waits to print this label once more, whoever asked for it. */
export function printRequestFor(changes: ChangeView[] | null, tag: string): ChangeView | null {
  return (
    changes?.find(
      ({ steps, lines }) =>
        steps.length > 0 &&
        steps.every((step) => isPrint(step.kind)) &&
        lines.some((line) => line.after === tag),
    ) ?? null
  )
}
