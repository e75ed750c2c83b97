import { z } from 'zod'
import type { ChangePlan } from '../../approval/change-request.ts'

export const printStepKind = 'devices.print_label'

/** What a print step carries; the facts on the label are looked up when it is printed. */
export const printPayloadSchema = z.object({
  tag: z.string().min(1).max(40),
  printerId: z.string().min(1).max(64),
  template: z.literal('standard'),
})

/** A change request of nothing but one label. */
export function printPlan(label: {
  tag: string
  printerId: string
  printerName: string
  title: string
  warnings: string[]
}): ChangePlan {
  return {
    title: label.title,
    tier: 'physical',
    steps: [
      {
        kind: printStepKind,
        title: `Print label ${label.tag} on ${label.printerName}`,
        payload: { tag: label.tag, printerId: label.printerId, template: 'standard' },
        waitsFor: null,
        optional: false,
      },
    ],
    lines: [
      { label: 'Label', before: null, after: label.tag },
      { label: 'Printer', before: null, after: label.printerName },
    ],
    warnings: label.warnings,
    itemId: null,
  }
}
