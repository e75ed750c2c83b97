import { z } from 'zod'
import type { OpenTool } from '../../serving/tool.ts'
import { countText } from '../count-text.ts'
import type { NetboxDomain } from '../domain.ts'
import { quoted } from '../intake/field-words.ts'
import { prefixLines } from '../ip-plan/prefix-words.ts'

const input = z.object({
  prefix: z.string().max(60).optional(),
  skip: z.int().min(0).max(100_000).optional().describe('Deviations already seen'),
})
const output = z.object({
  words: z.string(),
  prefixes: z.array(z.string()),
  deviations: z.array(z.string()),
  more: z.number(),
})

const mostDeviations = 8
const mostPrefixes = 8

const checkIpPlan: OpenTool<NetboxDomain, typeof input, typeof output> = {
  name: 'check_ip_plan',
  title: 'Check the IP plan',
  description:
    'Addresses in the inventory that break the operator’s declared conventions, and free space and next free address per prefix.',
  tier: 'read',
  input,
  output,
  openWorld: true,
  timeLimitMs: 30_000,
  async run({ prefix, skip = 0 }, { ipPlan }, { signal }) {
    const checked = await ipPlan.check(prefix ?? null, signal)
    if (checked.kind === 'refused') return checked
    const { prefixes, deviations } = checked.report
    const shown = deviations.slice(skip, skip + mostDeviations)
    const totals = `${countText(prefixes.length, 'prefix', 'prefixes')}, ${countText(deviations.length, 'deviation', 'deviations')}.`
    return {
      kind: 'answer',
      output: {
        words: [totals, checked.note ?? ''].join(' ').trim(),
        prefixes: prefixLines(prefixes, mostPrefixes),
        deviations: shown.map(({ address, why }) => `${address}: ${quoted(why, 120)}`),
        more: Math.max(0, deviations.length - skip - shown.length),
      },
    }
  },
}

export default checkIpPlan
