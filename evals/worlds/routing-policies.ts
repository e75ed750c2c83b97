import { commandsModel } from '../../agent/models/commands-model.ts'
import type { ModelEntry } from '../../agent/models/model-entry.ts'
import { openGate } from '../../agent/models/one-at-a-time.ts'
import { protectedModel } from '../../agent/models/protected-model.ts'
import { askTask } from '../../agent/routing/ask-task.ts'
import { tasks } from '../../agent/routing/intent.ts'
import { planRoute, type Route } from '../../agent/routing/plan-route.ts'
import { readShipped } from '../../agent/routing/shipped-examples.ts'
import { needsTools } from '../../agent/routing/tools-for-task.ts'
import { openSpend } from '../../agent/spend/open-spend.ts'
import { agentMigrations } from '../../agent/store/migrations-owner.ts'
import { systemClock } from '../../mcp-servers/serving/clock.ts'
import { openDatabase } from '../../mcp-servers/serving/database.ts'
import { whatIsAsked } from '../models/answer-probe.ts'
import { openDialectServer } from '../models/open-dialect-server.ts'
import { say } from '../models/steps.ts'
import type { Need } from './routing-case.ts'

/** Where a turn went. */
export interface Routed {
  tier: number
  tools: boolean
  /** The examples did not tell. */
  abstained: boolean
}
export type Policy = (text: string) => Promise<Routed>

const commands = commandsModel({ connections: async () => [], remembered: () => [] })

function entryOf(key: string, where: 'local' | 'cloud', tier: number): ModelEntry {
  const capabilities = {
    ...{ tools: 'streamed' as const, schema: false, smallestTextPixels: null, windowTokens: 16_384 },
    ...{ countsTokens: false, logprobs: false, tokensPerSecond: null },
  }
  const price = { inputUsdPerMillion: tier, outputUsdPerMillion: tier, imageUsd: 0 }
  return { key, name: key, where, tier, capabilities, price, quirks: [], model: commands.model }
}

/** The router as it ships, with a model of each tier to be had; `near` is the one on this network. */
function planWith(near: ModelEntry): (text: string) => Route {
  const world = {
    commands,
    entries: [near, entryOf('far', 'cloud', 2), entryOf('strong', 'cloud', 3)],
    readIntent: readShipped(),
    keepLocal: false,
    photosToCloud: false,
    ...{ isAway: () => false, isSlow: () => false, tooDear: () => null },
  }
  return (text) => {
    const planned = planRoute({ text, hasPhotos: false, wish: { kind: 'auto' } }, world)
    if (planned.kind === 'refused') throw new Error(planned.why)
    return planned.route
  }
}

function routed({ first, task, unsure }: Route): Routed {
  const { tier } = first.entry
  return { tier, tools: tier === 0 || needsTools(task), abstained: unsure !== undefined }
}

/** The deterministic parts alone: where the examples do not tell, nobody is asked. */
export function examplesAlone(): Policy {
  const plan = planWith(entryOf('near', 'local', 1))
  return async (text) => routed(plan(text))
}

export interface AskingPolicy {
  route: Policy
  close(): Promise<void>
}

/**
 * The same with a model that can be asked, over HTTP, with its meter and its armour. The model is a script that knows the label and says
 * another word in `errorRate` of all texts, always of the same ones: this shows what the router makes of such a model, and nothing
 * about any real one.
 */
export async function examplesAndModel(needs: Map<string, Need>, errorRate: number): Promise<AskingPolicy> {
  const server = await openDialectServer('llama-server', {
    reply({ messages }) {
      const prompt = String(messages.at(-1)?.content)
      const text = /^The message: (".*")$/m.exec(prompt)?.[1] ?? '""'
      if (!prompt.startsWith(whatIsAsked)) return say('unsure')
      return say(wordFor(JSON.parse(text), needs, errorRate))
    },
  })
  const database = openDatabase(':memory:', [agentMigrations])
  const spend = openSpend({
    ...{ database, clock: systemClock, servers: () => [], fetch: globalThis.fetch },
    ...{ audit() {}, onChange() {}, onError() {} },
  })
  const about = entryOf('near', 'local', 1)
  const line = {
    server: {
      ...{
        id: 'near',
        name: 'near',
        baseUrl: server.baseUrl,
        apiKey: null,
        where: 'local' as const,
        tier: 1,
      },
      ...{ only: [], price: null, quirks: [], windowTokens: null },
    },
    ...{ modelId: 'scripted', ollamaWindowTokens: null, listsPrices: false, gate: openGate() },
  }
  const plan = planWith({ ...about, model: protectedModel(about, line, { fetch: globalThis.fetch, spend }) })
  return {
    async route(text) {
      const route = plan(text)
      if (!route.unsure) return routed(route)
      const query = { queryId: text, conversationId: null }
      const asked = await askTask(
        { ...route.unsure, query, signal: new AbortController().signal },
        systemClock,
      )
      return { ...routed(route.unsure.routeAs(asked)), abstained: true }
    },
    async close() {
      await spend.close()
      database.close()
      await server.close()
    },
  }
}

function wordFor(text: string, needs: Map<string, Need>, errorRate: number): string {
  const right = needs.get(text) ?? 'unsure'
  const draw = drawn(text)
  if (draw / 2 ** 32 >= errorRate) return right
  const others = [...tasks, 'unsure'].filter((word) => word !== right)
  return others[draw % others.length] ?? 'unsure'
}

/** FNV-1a: the same text draws the same number in every run. */
function drawn(text: string): number {
  let hash = 2_166_136_261
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16_777_619) >>> 0
  return hash
}
