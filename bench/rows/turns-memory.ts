import { answerProbe } from '../../evals/models/answer-probe.ts'
import { openDialectServer } from '../../evals/models/open-dialect-server.ts'
import { call, say } from '../../evals/models/steps.ts'
import type { Bench, BenchRow } from '../bench-row.ts'
import { startedHwlab, takeTurn } from '../started-hwlab.ts'

const turns = 500
/** What fills once does so here: SQLite's cache, the young part of the heap, the socket's tables. */
const turnsBefore = 150
const turnsPerMark = 20
const turnsPerConversation = 50
const heapBudgetKilobytes = 1
const residentBudgetKilobytes = 10

/** Compiled code stays in V8's heap and grows for many hundred turns: it would hide what we keep. */
const withoutCompilers = ['--no-opt', '--no-maglev', '--no-sparkplug']

/** The real process: every turn calls a tool of the inventory and answers. Memory after a collection, against the number of turns. */
export default {
  name: 'turns-memory',
  async run(): Promise<BenchRow[]> {
    const server = await openDialectServer('llama-server', {
      models: [{ contextTokens: 32_768 }],
      async reply({ text, messages }, count) {
        const probed = await answerProbe(text, { tools: 'streamed', schema: true, sightPixels: null })
        if (probed) return probed
        if (messages.at(-1)?.role === 'tool') return say(`Nothing of that kind lies there. ${count}`)
        return call('netbox_find_item', { text: `shelf ${count}` }, `call_${count}`)
      },
    })
    const hwlab = await startedHwlab(server.baseUrl, withoutCompilers)
    const marks: Mark[] = []
    try {
      let called = 0
      for (let turn = 0; turn < turnsBefore + turns; turn += 1) {
        if (turn % turnsPerConversation === 0) {
          const made = await hwlab.tab.ask('conversation-new', {})
          if (made.kind === 'refused') throw new Error(made.why)
          await hwlab.tab.open(made.value.conversationId)
        }
        await takeTurn(hwlab.tab, `Which of my switches still has a free SFP+ port near shelf ${turn}?`)
        if (hwlab.tab.chunks.some(({ body }) => body.kind === 'part-set' && body.part.kind === 'tool-call'))
          called += 1
        hwlab.tab.messages.clear()
        server.asked.length = 0
        if (turn >= turnsBefore && (turn - turnsBefore) % turnsPerMark === 0)
          marks.push({ turn, ...(await hwlab.memory()) })
      }
      if (called !== turnsBefore + turns) throw new Error(`Only ${called} turns called a tool`)
    } finally {
      await hwlab.close()
      await server.close()
    }
    return [
      rowOf('heap per turn', marks, ({ heapUsed, external }) => heapUsed + external, heapBudgetKilobytes),
      rowOf('resident memory per turn', marks, ({ rss }) => rss, residentBudgetKilobytes),
    ]
  },
} satisfies Bench

interface Mark {
  turn: number
  rss: number
  heapUsed: number
  external: number
}

function rowOf(name: string, marks: Mark[], bytesOf: (mark: Mark) => number, budget: number): BenchRow {
  const { slope, spread } = lineThrough(marks.map((mark) => [mark.turn, bytesOf(mark) / 1000]))
  const megabytes = marks.map((mark) => (bytesOf(mark) / 1e6).toFixed(1))
  return {
    name,
    value: slope,
    unit: 'kB',
    budget: `≤ ${budget} kB`,
    ok: slope <= budget,
    note: `95 %: ${(slope - spread).toFixed(2)} to ${(slope + spread).toFixed(2)}; ${turns} turns with a tool call each, ${megabytes[0]} MB at the first mark, ${megabytes.at(-1)} MB at the last`,
  }
}

/** Least squares; `spread` is half of the slope's 95 % interval (two standard errors: 25 marks). */
function lineThrough(points: [number, number][]): { slope: number; spread: number } {
  const mean = (at: 0 | 1) => points.reduce((sum, point) => sum + point[at], 0) / points.length
  const [x0, y0] = [mean(0), mean(1)]
  const square = points.reduce((sum, [x]) => sum + (x - x0) ** 2, 0)
  const slope = points.reduce((sum, [x, y]) => sum + (x - x0) * (y - y0), 0) / square
  const left = points.reduce((sum, [x, y]) => sum + (y - y0 - slope * (x - x0)) ** 2, 0)
  return { slope, spread: 2 * Math.sqrt(left / (points.length - 2) / square) }
}
