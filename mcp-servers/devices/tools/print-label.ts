import { z } from 'zod'
import { type GatedTool, refused } from '../../serving/tool.ts'
import type { DevicesDomain } from '../domain.ts'
import { printPlan } from '../print-queue/print-plan.ts'
import { unprintable } from '../printers/unprintable.ts'

const input = z.object({
  tag: z.string().max(40).describe('Such as HW-00001'),
  printer_id: z.string().max(64).optional().describe('From list_printers; else the standard one'),
})

export default {
  name: 'print_label',
  title: 'Print a label',
  description:
    'Asks a person to have the label of a confirmed record printed. Prints only when that person agrees; the answer says where.',
  tier: 'physical',
  input,
  openWorld: false,
  timeLimitMs: 10_000,
  async plan({ tag, printer_id }, domain) {
    const printer = domain.findPrinter(printer_id ?? null)
    if (!printer) {
      const known = unprintable.find(({ matches }) => matches.test(printer_id ?? ''))
      return refused(known?.why ?? 'There is no printer with this id. Ask list_printers for the ids.')
    }
    const record = await domain.record(tag)
    if (record.kind === 'unknown') return refused(`${tag} is not in the inventory, so it has no label.`)
    if (record.kind === 'waiting')
      return refused(`A label is printed only for a confirmed record. ${tag} is waiting: ${record.why}`)
    const { facts } = record
    const before = domain.printJobs(facts.tag)[0]
    const warnings = [
      ...(facts.sample ? ['This is the sample item: the label says SAMPLE.'] : []),
      ...(printer.simulated ? ['This printer is simulated: no paper comes out.'] : []),
      ...(before ? [`There is already a print job for ${facts.tag}: ${before.stateWords}.`] : []),
    ]
    const { id: printerId, name: printerName } = printer
    return {
      kind: 'plan',
      plan: printPlan({
        ...{ tag: facts.tag, printerId, printerName, warnings },
        title: `Print label ${facts.tag}`,
      }),
    }
  },
} satisfies GatedTool<DevicesDomain, typeof input>
