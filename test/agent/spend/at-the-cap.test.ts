import { afterEach, expect, test } from 'vitest'
import {
  type DialectServer,
  openDialectServer,
  type Script,
} from '../../../evals/models/open-dialect-server.ts'
import { call, say, usage } from '../../../evals/models/steps.ts'
import { ended, openTab, runEnded, type Tab } from '../../../evals/worlds/tab.ts'
import { openAudit } from '../../../mcp-servers/approval/audit.ts'
import { systemClock } from '../../../mcp-servers/serving/clock.ts'
import { namedServer } from '../../support/named-providers.ts'
import { type AgentApp, openAgentApp } from '../../support/open-agent-app.ts'

/** The whole agent with a model in the cloud that costs $3 and $15 for a million tokens. */

let app: AgentApp
let server: DialectServer
let tab: Tab
let asked: number

async function start(reply: (question: number) => ReturnType<Script['reply']>): Promise<void> {
  asked = 0
  server = await openDialectServer('openrouter', {
    models: [{ usdPerToken: { prompt: '0.000003', completion: '0.000015' }, contextTokens: 100_000 }],
    reply(about) {
      if (!about.text.includes('rack')) return say('ok')
      asked += 1
      return reply(asked)
    },
  })
  const price = { inputUsdPerMillion: 3, outputUsdPerMillion: 15, imageUsd: 0 }
  const row = namedServer({
    id: 'dear',
    name: 'Dear',
    baseUrl: server.baseUrl,
    where: 'cloud',
    tier: 3,
    price,
  })
  app = await openAgentApp({ modelServers: [{ ...row, quirks: [] }] })
  tab = await openTab(app.app.url, app.cookie)
  await tab.open()
  await tab.until((one) =>
    one.sections.some(
      (section) =>
        section.section === 'connections' &&
        section.value.some((line) => line.name === 'scripted (Dear)' && line.tone === 'good'),
    ),
  )
}
afterEach(async () => {
  tab.close()
  await app.close()
  await server.close()
})

const answeredBy = () => [...tab.messages.values()].findLast(({ role }) => role === 'advisor')?.answeredBy

test('a question that the cap does not allow is answered by Commands, with what would help', async () => {
  await start(() => [say('Two racks.'), usage({ promptTokens: 900, completionTokens: 3, costUsd: 0.0027 })])
  await tab.send('how many racks do I own?')
  await tab.until(runEnded)
  expect(tab.advisorText()).toBe('Two racks.')
  expect(answeredBy()).toMatchObject({ where: 'cloud', costUsd: 0.0027 })

  await tab.ask('spend-caps-set', { queryUsd: 0.05, dayUsd: 0.01, monthUsd: 5 })
  await tab.send('and what is in the racks?')
  await tab.until((one) => ended(one, 2))
  expect(answeredBy()?.model).toBe('Commands')
  expect(answeredBy()?.why).toContain('today’s cap of $0.01 does not allow it')
  expect(answeredBy()?.why).toContain('You can raise the cap under Spending')
  expect(asked).toBe(1)
  const audit = openAudit(app.database, systemClock)
  expect(audit.list('spend-caps')).toMatchObject([
    { who: 'operator', channel: 'spending', what: 'spend-caps-set', details: { after: { dayUsd: 0.01 } } },
  ])
  expect(audit.verify()).toEqual({ kind: 'whole' })
})

test('a cap reached in the middle ends the answer with what was found', async () => {
  await start(() => [
    call('netbox_find_item', { text: 'rack' }),
    usage({ promptTokens: 900, completionTokens: 3, costUsd: 0.048 }),
  ])
  await tab.send('how many racks do I own?')
  await tab.until(runEnded)
  expect(app.domain.finds).toEqual(['rack'])
  expect(asked).toBe(1)
  expect(tab.advisorText()).toContain('scripted (Dear) stops here: the cap for one question of $0.05')
  expect(answeredBy()?.costUsd).toBe(0.048)
})

test('what was spent, the caps and the ledger reach a signed-in browser only', async () => {
  await start(() => [say('Two racks.'), usage({ promptTokens: 900, completionTokens: 3, costUsd: 0.0027 })])
  await tab.send('how many racks do I own?')
  await tab.until(runEnded)
  await tab.until((one) =>
    one.sections.some(
      ({ section, value }) => section === 'spend' && value.meters[0]?.words.startsWith('0.27'),
    ),
  )
  expect((await tab.ask('spend-caps-set', { queryUsd: -1, dayUsd: 1, monthUsd: 1 })).kind).toBe('refused')
  const ledger = await fetch(`${app.app.url}/spend/ledger.csv`, { headers: { cookie: app.cookie } })
  expect(await ledger.text()).toContain(',0.0027,usage,')
  expect((await fetch(`${app.app.url}/spend/ledger.csv`)).status).toBe(401)
})
