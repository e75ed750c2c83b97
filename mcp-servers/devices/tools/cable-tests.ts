import { z } from 'zod'
import type { OpenTool } from '../../serving/tool.ts'
import type { DevicesDomain } from '../domain.ts'

const mostTests = 8
const mostCharacters = 240

const input = z.object({ tag: z.string().max(40).optional(), most: z.number().optional() })
const output = z.object({
  tests: z.array(
    z.object({
      test_id: z.string(),
      verdict: z.string(),
      not_seen: z.string(),
      cable: z.string(),
      tester: z.string(),
      of: z.string(),
      at: z.string(),
    }),
  ),
})

export default {
  name: 'cable_tests',
  title: 'Look at cable tests',
  description: 'The last cable tests and their verdicts.',
  tier: 'read',
  input,
  output,
  openWorld: false,
  timeLimitMs: 5000,
  async run({ tag, most = mostTests }, domain) {
    const tests = domain.cableTests(tag ?? null).slice(0, Math.min(mostTests, Math.max(1, most)))
    return {
      kind: 'answer',
      output: {
        tests: tests.map(({ id, words, notes, cable, tester, about, at }) => ({
          test_id: id,
          verdict: cut(words),
          not_seen: cut(notes.join(' ')),
          ...{ cable, tester: cut(tester), of: cut(about ?? ''), at },
        })),
      },
    }
  },
} satisfies OpenTool<DevicesDomain, typeof input, typeof output>

function cut(words: string): string {
  return words.length > mostCharacters ? `${words.slice(0, mostCharacters - 1)}…` : words
}
