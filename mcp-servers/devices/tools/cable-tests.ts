import { z } from 'zod'
import type { OpenTool } from '../../serving/tool.ts'
import type { DevicesDomain } from '../domain.ts'

const mostTests = 10

const input = z.object({})
const output = z.object({ tests: z.array(z.string()) })

export default {
  name: 'cable_tests',
  title: 'Look at cable tests',
  description: 'The last cable tests and their verdicts.',
  tier: 'read',
  input,
  output,
  openWorld: false,
  timeLimitMs: 5000,
  async run(_args, domain) {
    const tests = domain.cableTests().slice(0, mostTests)
    return {
      kind: 'answer',
      output: {
        tests: tests.map(({ at, words, cable, tester, notes, itemId }) =>
          [`${at}: ${words} (${cable}; ${tester})`, ...notes, ...(itemId ? [`item ${itemId}`] : [])].join(
            ' ',
          ),
        ),
      },
    }
  },
} satisfies OpenTool<DevicesDomain, typeof input, typeof output>
