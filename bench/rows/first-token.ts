import { setTimeout as wait } from 'node:timers/promises'
import { answerProbe } from '../../evals/models/answer-probe.ts'
import { type DialectServer, openDialectServer } from '../../evals/models/open-dialect-server.ts'
import { say } from '../../evals/models/steps.ts'
import { ended, type Tab } from '../../evals/worlds/tab.ts'
import type { Bench, BenchRow } from '../bench-row.ts'
import { startedHwlab } from '../started-hwlab.ts'

const budgetMs = 15
const pairs = 120
const pairsBefore = 5
const historyTurns = 25
/** A person reads the answer before writing again; without a pause the work after an answer is measured with the next one. */
const pauseMs = 30

const answerText =
  'The core switch hangs in the rack in the cellar, in slot 12. It has 24 ports, two of them SFP+, and its serial number is in the record. '.repeat(
    4,
  )

/** The real process with its three servers and fifty messages of history, beside the very same request sent by a bare fetch. */
export default {
  name: 'first-token',
  async run(): Promise<BenchRow[]> {
    const server = await openDialectServer('llama-server', {
      models: [{ contextTokens: 32_768 }],
      reply: async ({ text }) =>
        (await answerProbe(text, { tools: 'streamed', schema: true, sightPixels: null })) ??
        say(answerText, 24),
    })
    const hwlab = await startedHwlab(server.baseUrl)
    try {
      return [await measure(hwlab.tab, server)]
    } finally {
      await hwlab.close()
      await server.close()
    }
  },
} satisfies Bench

async function measure(tab: Tab, server: DialectServer): Promise<BenchRow> {
  await tab.open()
  for (let turn = 1; turn <= historyTurns; turn += 1) await throughHwlab(tab, turn)
  const seen: { hwlabMs: number; directMs: number }[] = []
  for (let pair = 1 - pairsBefore; pair <= pairs; pair += 1) {
    await wait(pauseMs)
    const hwlabMs = await throughHwlab(tab, historyTurns + pairsBefore + pair)
    await wait(pauseMs)
    const directMs = await direct(server, server.asked.at(-1)?.text ?? '')
    if (pair > 0) seen.push({ hwlabMs, directMs })
  }
  const asked = server.asked.at(-1)
  if (!asked?.tools?.length) throw new Error('No tools were sent: this measures something else')
  const differences = seen.map(({ hwlabMs, directMs }) => hwlabMs - directMs)
  const median = quantile(differences, 0.5)
  const beside = [
    `p95 ${quantile(differences, 0.95).toFixed(1)}`,
    `direct ${quantile(
      seen.map((one) => one.directMs),
      0.5,
    ).toFixed(1)}`,
    `${pairs} pairs in turn`,
    `${asked.messages.length} messages and ${asked.tools.length} tools in ${Math.round(asked.text.length / 1000)} kB`,
  ]
  return {
    name: 'first token, beyond a direct call',
    value: median,
    unit: 'ms median',
    budget: `≤ ${budgetMs} ms`,
    ok: median <= budgetMs,
    note: beside.join(', '),
  }
}

/** From the message at the socket to the first text at the socket, in ms. */
async function throughHwlab(tab: Tab, turn: number): Promise<number> {
  tab.chunks.length = 0
  let firstMs: number | null = null
  const startedMs = performance.now()
  const text = tab.until(({ chunks }) => {
    if (chunks.at(-1)?.body.kind === 'text-delta') firstMs ??= performance.now() - startedMs
    return firstMs !== null || ended(tab, 1)
  })
  const answer = await tab.send(`Which of my switches still has a free SFP+ port near shelf ${turn}?`)
  if (answer.kind === 'refused') throw new Error(answer.why)
  await text
  await tab.until(() => ended(tab, 1))
  if (firstMs === null) throw new Error(`HWLab said nothing: ${tab.advisorText().slice(-300)}`)
  return firstMs
}

/** The same bytes to the same server; until the first text of the stream, in ms. */
async function direct({ baseUrl }: DialectServer, body: string): Promise<number> {
  const startedMs = performance.now()
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${baseUrl}/chat/completions`, { method: 'POST', headers, body })
  let firstMs: number | null = null
  let text = ''
  const decoder = new TextDecoder()
  for await (const bytes of response.body ?? []) {
    text += decoder.decode(bytes, { stream: true })
    if (firstMs === null && /"content":"[^"]/.test(text)) firstMs = performance.now() - startedMs
  }
  if (firstMs === null) throw new Error('The server said nothing')
  return firstMs
}

function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
