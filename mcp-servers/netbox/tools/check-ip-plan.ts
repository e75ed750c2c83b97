import { z } from 'zod'
import type { OpenTool } from '../../serving/tool.ts'
import { countText } from '../count-text.ts'
import type { NetboxDomain } from '../domain.ts'
import { quoted } from '../intake/field-words.ts'
import { prefixLines } from '../ip-plan/prefix-words.ts'

const input = z.object({ prefix: z.string().optional(), skip: z.int().min(0).optional() })
const output = z.object({ words: z.string(), lines: z.array(z.string()) })

const mostDeviations = 8
const mostPrefixes = 8

const checkIpPlan: OpenTool<NetboxDomain, typeof input, typeof output> = {
  name: 'check_ip_plan',
  title: 'Check the IP plan',
  description: 'Free addresses per prefix, and those that break the operator’s conventions.',
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
    const more = deviations.length - skip - shown.length
    const words = [
      `${countText(prefixes.length, 'prefix', 'prefixes')}, ${countText(deviations.length, 'deviation', 'deviations')}.`,
      ...(more > 0 ? [`${more} more: skip ${skip + shown.length}.`] : []),
      ...(checked.note === null ? [] : [checked.note]),
    ]
    return {
      kind: 'answer',
      output: {
        words: words.join(' '),
        // Whoever reads on has the prefixes already.
        lines: [
          ...(skip === 0 ? prefixLines(prefixes, mostPrefixes) : []),
          ...shown.map(({ address, why }) => `${address}: ${quoted(why, 120)}`),
        ],
      },
    }
  },
}

export default checkIpPlan
