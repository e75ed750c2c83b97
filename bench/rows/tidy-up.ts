import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dayMs, openMemoryWorld, said } from '../../test/support/open-memory.ts'
import type { Bench, BenchRow } from '../bench-row.ts'

const messages = 20_000
const conversations = 200
const budgetMs = 50
const line = 'The label says PF-3XK9-Q7; the second disk of HW-00012 was moved to the lower rack. '

/** Old conversations become summaries and their messages go, from a file on disk; how long anything else has to wait meanwhile. */
export default {
  name: 'tidy-up',
  async run(): Promise<BenchRow[]> {
    const folder = await mkdtemp(join(tmpdir(), 'hwlab-tidy-'))
    const world = openMemoryWorld({ isIdle: () => false }, folder)
    try {
      for (let at = 0; at < conversations; at += 1)
        world.talked(
          `Conversation ${at}`,
          Array.from({ length: messages / conversations }, (_, nth) =>
            said(nth % 2 === 0 ? 'operator' : 'advisor', `${nth} ${line.repeat(4)}`),
          ),
        )
      world.clock.advance(100 * dayMs)
      const startedMs = performance.now()
      const turns = watchTurns()
      await world.tidy()
      const longestMs = turns.end()
      const tookMs = performance.now() - startedMs
      if (world.errors.length > 0) throw world.errors[0]
      return [
        {
          name: 'tidy up: longest time at a stretch',
          value: longestMs,
          unit: 'ms of CPU',
          budget: `≤ ${budgetMs} ms`,
          ok: longestMs <= budgetMs,
          note: `${messages} messages of ${conversations} conversations in ${(tookMs / 1000).toFixed(1)} s`,
        },
      ]
    } finally {
      await world.close()
      await rm(folder, { recursive: true })
    }
  },
} satisfies Bench

/** The longest time that the loop worked before it came round again. Time of the processor, so that a busy machine shows the same. */
function watchTurns(): { end(): number } {
  let last = process.threadCpuUsage()
  let longestMs = 0
  let isOver = false
  const turn = () => {
    const now = process.threadCpuUsage()
    longestMs = Math.max(longestMs, (now.user + now.system - last.user - last.system) / 1000)
    last = now
    if (!isOver) setImmediate(turn)
  }
  setImmediate(turn)
  return {
    end() {
      isOver = true
      return longestMs
    },
  }
}
