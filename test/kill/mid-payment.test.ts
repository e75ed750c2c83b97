import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import type { SpendView } from '../../agent/protocol/spend.ts'
import { openDialectServer } from '../../evals/models/open-dialect-server.ts'
import { hold, say } from '../../evals/models/steps.ts'
import { openTab, signIn, type Tab } from '../../evals/worlds/tab.ts'
import { runHwlab } from '../support/run-hwlab.ts'

/** Starts the real program twice. */
vi.setConfig({ testTimeout: 60_000 })

function spendOf(tab: Tab): SpendView | null {
  const section = tab.sections.findLast((candidate) => candidate.section === 'spend')
  return section?.section === 'spend' ? section.value : null
}
const dayWords = (tab: Tab) => spendOf(tab)?.meters[0]?.words

test('killed in the middle of a paid answer, HWLab counts it in full and then as the server charged it', async () => {
  const gate = Promise.withResolvers<void>()
  let isListed = false
  const server = await openDialectServer('openrouter', {
    models: [{ contextTokens: 100_000, usdPerToken: { prompt: '0.000003', completion: '0.000015' } }],
    reply: () => [say('Two racks and', 1), hold(gate.promise)],
    page: (path) =>
      isListed && path === '/v1/generation?id=gen-1' ? { data: { id: 'gen-1', total_cost: 0.0042 } } : null,
  })
  const folder = mkdtempSync(join(tmpdir(), 'hwlab-kill-'))
  const models = join(folder, 'models.json')
  const start = () =>
    runHwlab({ stateDir: join(folder, 'state'), port: 0, environment: { HWLAB_MODELS: models } })
  const rows = { servers: [{ name: 'Dear', baseUrl: server.baseUrl, where: 'cloud', model: 'scripted' }] }
  writeFileSync(models, JSON.stringify(rows))
  try {
    const first = await start()
    const { cookie } = await signIn(first.signInUrl)
    const tab = await openTab(first.url, cookie)
    await tab.open()
    await tab.until(({ sections }) =>
      sections.some(
        ({ section, value }) =>
          section === 'connections' && JSON.stringify(value).includes('scripted (Dear)'),
      ),
    )
    await tab.send('how many racks do I own?')
    await tab.until((one) => one.advisorText().includes('Two racks'))
    await first.stop('SIGKILL')

    const second = await start()
    const again = await openTab(second.url, cookie)
    await again.until((one) => spendOf(one) !== null)
    expect(spendOf(again)?.calls).toMatchObject([
      { stateWords: 'HWLab was stopped meanwhile; asking what it cost', tone: 'working' },
    ])
    expect(dayWords(again)).toBe('$0 of $0.50')
    expect(spendOf(again)?.meters[0]?.reservedShare).toBeGreaterThan(0.05)
    isListed = true
    await again.until((one) => dayWords(one) === '0.42 cents of $0.50')
    expect(spendOf(again)?.meters[0]?.reservedShare).toBe(0)
    again.close()
    await second.stop('SIGTERM')
  } finally {
    gate.resolve()
    await server.close()
    rmSync(folder, { recursive: true })
  }
})
