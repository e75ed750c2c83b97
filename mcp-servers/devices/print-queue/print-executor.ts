import type { StepExecutor } from '../../approval/change-request.ts'
import type { Printer } from '../printers/printer.ts'
import { printPayloadSchema, printStepKind } from './print-plan.ts'
import type { PrintQueue, RecordLookUp } from './print-queue.ts'

/** Carries out approved print steps. */
export function printExecutor(deps: {
  queue: PrintQueue
  record: RecordLookUp
  printer(id: string): Printer | null
}): StepExecutor {
  return {
    kind: printStepKind,
    async recheck(payload) {
      const parsed = printPayloadSchema.safeParse(payload)
      if (!parsed.success) return { kind: 'stale', why: 'The print step cannot be read. Ask for it again.' }
      if (!deps.printer(parsed.data.printerId))
        return { kind: 'stale', why: 'That printer is no longer there. Choose another one.' }
      const record = await deps.record(parsed.data.tag)
      return record.kind === 'unknown'
        ? { kind: 'stale', why: `${parsed.data.tag} is not in the inventory, so no label is printed.` }
        : { kind: 'fresh' }
    },
    begin(stepId, payload) {
      const { tag, printerId } = printPayloadSchema.parse(payload)
      deps.queue.enqueue(stepId, {
        tag,
        printerId,
        printerName: deps.printer(printerId)?.name ?? printerId,
      })
    },
  }
}
