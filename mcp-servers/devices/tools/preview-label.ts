import { z } from 'zod'
import { type OpenTool, refused } from '../../serving/tool.ts'
import type { DevicesDomain } from '../domain.ts'

const input = z.object({
  tag: z.string().max(40).describe('Such as HW-00001'),
  printer_id: z.string().max(64).optional().describe('From list_printers; else the standard one'),
})
const output = z.object({
  tag: z.string(),
  name: z.string(),
  spec_line: z.string(),
  code_leads_to: z.string(),
  media: z.string(),
  printer: z.string(),
  sample: z.boolean(),
})

export default {
  name: 'preview_label',
  title: 'Preview a label',
  description: 'Says what stands on the label of a confirmed record and how large it is. Prints nothing.',
  tier: 'read',
  input,
  output,
  openWorld: true,
  timeLimitMs: 10_000,
  async run({ tag, printer_id }, domain) {
    const printer = domain.findPrinter(printer_id ?? null)
    if (!printer) return refused('There is no printer with this id. Ask list_printers for the ids.')
    const record = await domain.record(tag)
    if (record.kind === 'unknown') return refused(`${tag} is not in the inventory, so it has no label.`)
    if (record.kind === 'waiting') return refused(`The label of ${tag} can be drawn later: ${record.why}`)
    const { facts } = record
    return {
      kind: 'answer',
      output: {
        tag: facts.tag,
        name: facts.name,
        spec_line: facts.specLine,
        code_leads_to: facts.url,
        media: printer.media().words,
        printer: printer.name,
        sample: facts.sample,
      },
    }
  },
} satisfies OpenTool<DevicesDomain, typeof input, typeof output>
