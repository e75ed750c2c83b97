import { expect, test } from 'vitest'
import { commandsModel } from '../../../agent/models/commands-model.ts'
import type { ModelEntry } from '../../../agent/models/model-entry.ts'
import { bareModel } from '../../../agent/models/providers.ts'
import { askDeadlineMs } from '../../../agent/routing/ask-task.ts'
import { openRouting } from '../../../agent/routing/open-routing.ts'
import { agentMigrations } from '../../../agent/store/migrations-owner.ts'
import { routeDecisionsTable } from '../../../agent/store/route-decisions.ts'
import { routeExamplesTable } from '../../../agent/store/route-examples.ts'
import { routeWishesTable } from '../../../agent/store/route-wishes.ts'
import { openDialectServer } from '../../../evals/models/open-dialect-server.ts'
import { hold } from '../../../evals/models/steps.ts'
import { openDatabase } from '../../../mcp-servers/serving/database.ts'
import { FakeClock } from '../../support/fake-clock.ts'
import { namedServer } from '../../support/named-providers.ts'

test('a model that takes too long to sort a message is left, and is not asked that again for ten minutes', async () => {
  const came = Promise.withResolvers<void>()
  const server = await openDialectServer('llama-server', {
    reply() {
      came.resolve()
      return hold(new Promise(() => {}))
    },
  })
  const clock = new FakeClock()
  const database = openDatabase(':memory:', [agentMigrations])
  const slow: ModelEntry = {
    ...{ key: 'house/slow', name: 'slow (House)', where: 'local', tier: 1, capabilities: null, price: null },
    ...{ quirks: [], model: bareModel(namedServer({ baseUrl: server.baseUrl }), 'slow', globalThis.fetch) },
  }
  const routing = openRouting({
    ...{ clock, onChange() {}, tooDear: () => null },
    decisions: routeDecisionsTable(database),
    examples: routeExamplesTable(database),
    wishes: routeWishesTable(database),
    models: {
      commands: commandsModel({ connections: async () => [], remembered: () => [] }),
      entries: () => [slow],
    },
  })
  const unsure = () => {
    const planned = routing.plan({ conversationId: 'c', text: 'kindly frobnicate', hasPhotos: false })
    return planned.kind === 'route' ? planned.route.unsure : undefined
  }
  const question = unsure()
  if (!question) throw new Error('Nobody would be asked.')
  const run = { query: { queryId: 'q', conversationId: null }, signal: new AbortController().signal }
  const asked = routing.askTask(question, run)
  await came.promise
  clock.advance(askDeadlineMs)
  expect(await asked).toMatchObject({ task: null, trouble: 'late', elapsedMs: askDeadlineMs })
  expect(question.routeAs(await asked).first.entry.key).toBe('house/slow')
  expect(unsure()).toBeUndefined()
  clock.advance(10 * 60_000)
  expect(unsure()).toBeDefined()
  database.close()
  await server.close()
})
