import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openTab, signIn, type Tab } from '../../evals/worlds/tab.ts'
import { type ModelServer, openModelServer } from '../support/model-server.ts'
import { type RunningHwlab, runHwlab } from '../support/run-hwlab.ts'

/** Every case starts the real program twice. */
vi.setConfig({ testTimeout: 60_000 })

let folder: string
let model: ModelServer
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hwlab-mid-answer-'))
  model = await openModelServer({
    reply(body) {
      const shelf = /on shelf (R\d+)/.exec(body)?.[1]
      if (shelf) return { kind: 'tool', name: 'look_at_shelf', args: { shelf } }
      if (!body.includes('"stream":true')) return { kind: 'text', text: 'I see nothing.' }
      return { kind: 'slow', first: 'Half an answer', rest: 'and the rest', gate: new Promise(() => {}) }
    },
  })
  const servers = [{ name: 'Slow', baseUrl: model.baseUrl }]
  writeFileSync(join(folder, 'models.json'), JSON.stringify({ servers }))
})
afterEach(async () => {
  await model.close()
  rmSync(folder, { recursive: true })
})

const start = (): Promise<RunningHwlab> =>
  runHwlab({
    stateDir: join(folder, 'state'),
    port: 0,
    environment: { HWLAB_MODELS: join(folder, 'models.json') },
  })

const modelIsThere = (tab: Tab) =>
  tab.sections.some(
    (section) =>
      section.section === 'connections' &&
      section.value.some(({ name, tone }) => name.includes('(Slow)') && tone === 'good'),
  )

test.each([
  ['SIGTERM', 0, 'shut down while answering'],
  ['SIGKILL', 'SIGKILL', 'restarted while answering'],
] as const)(
  'what was streamed before %s is there after the restart, and marked',
  async (signal, exit, mark) => {
    const first = await start()
    const { cookie } = await signIn(first.signInUrl)
    const tab = await openTab(first.url, cookie)
    const conversationId = await tab.open()
    await tab.until(modelIsThere)
    await tab.send('Tell me about the concept of cluster computing')
    await tab.until((one) => one.advisorText().includes('Half an answer'))
    expect(await first.stop(signal)).toBe(exit)
    tab.close()

    const second = await start()
    const again = await openTab(second.url, cookie)
    await again.open(conversationId)
    expect(again.advisorText()).toContain('Half an answer')
    expect(again.advisorText()).toContain(mark)
    expect([...again.messages.values()].map(({ role }) => role)).toEqual(['operator', 'advisor'])
    again.close()
    await second.stop('SIGKILL')
  },
)
