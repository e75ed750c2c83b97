import { z } from 'zod'
import type { OpenTool } from '../../serving/tool.ts'
import type { DevicesDomain } from '../domain.ts'
import { unprintable } from '../printers/unprintable.ts'

const input = z.object({})
const output = z.object({
  printers: z.array(
    z.object({
      printer_id: z.string(),
      name: z.string(),
      media: z.string(),
      state: z.string(),
      simulated: z.boolean(),
      standard: z.boolean(),
    }),
  ),
  not_possible: z.array(z.object({ name: z.string(), why: z.string() })),
})

export default {
  name: 'list_printers',
  title: 'List label printers',
  description:
    'Lists the label printers with media and state, and which one is the standard. A simulated one puts out a picture.',
  tier: 'read',
  input,
  output,
  openWorld: false,
  timeLimitMs: 15_000,
  async run(_args, domain) {
    const asked = await domain.askPrinters()
    const usable = asked.filter(({ state }) => state.condition !== 'unusable')
    const standardId = domain.findPrinter(null)?.id
    return {
      kind: 'answer',
      output: {
        printers: usable.map(({ printer, state }) => ({
          printer_id: printer.id,
          name: printer.name,
          media: printer.media().words,
          state: state.words,
          simulated: printer.simulated,
          standard: printer.id === standardId,
        })),
        not_possible: [
          ...asked
            .filter(({ state }) => state.condition === 'unusable')
            .map(({ printer, state }) => ({ name: printer.name, why: state.words })),
          ...unprintable.map(({ name, why }) => ({ name, why })),
        ],
      },
    }
  },
} satisfies OpenTool<DevicesDomain, typeof input, typeof output>
