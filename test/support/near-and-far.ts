import { z } from 'zod'
import type { Price } from '../../agent/models/model-entry.ts'
import type { Message } from '../../agent/protocol/messages.ts'
import type { RouteView, RoutingView } from '../../agent/protocol/routing.ts'
import { openTab, type Tab } from '../../evals/worlds/tab.ts'
import { type ModelReply, type ModelServer, openModelServer } from './model-server.ts'
import { namedServer } from './named-providers.ts'
import { type AgentApp, openAgentApp } from './open-agent-app.ts'

type Script = Parameters<typeof openModelServer>[0]

/** The whole agent with one model on this network and one in the cloud, both ready, and a tab that talks with it. */
export interface NearAndFar {
  app: AgentApp
  tab: Tab
  near: ModelServer
  far: ModelServer
  conversationId: string
  routing(): RoutingView | null
  lastAnswer(): Message | undefined
  /** Sends it, and waits until it is answered unless it was refused. */
  say(text: string): ReturnType<Tab['send']>
  routeOfLast(): Promise<RouteView | null>
  close(): Promise<void>
}

const price: Price = { inputUsdPerMillion: 0.1, outputUsdPerMillion: 0.4, imageUsd: 0 }
export const says = (text: string) => (): ModelReply => ({ kind: 'text', text })

export async function openNearAndFar(scripts: {
  near: Omit<Script, 'models'>
  far: Omit<Script, 'models'>
}): Promise<NearAndFar> {
  const near = await openModelServer({ ...scripts.near, models: ['near'] })
  const far = await openModelServer({ ...scripts.far, models: ['far'] })
  const app = await openAgentApp({
    modelServers: [
      namedServer({ baseUrl: far.baseUrl, id: 'far-off', name: 'Cloud', where: 'cloud', price }),
      namedServer({ baseUrl: near.baseUrl, id: 'house', name: 'House' }),
    ],
  })
  const tab = await openTab(app.app.url, app.cookie)
  const conversationId = await tab.open()
  const routing = () => {
    const section = tab.sections.findLast((one) => one.section === 'routing')
    return section?.section === 'routing' ? section.value : null
  }
  const lastAnswer = () => [...tab.messages.values()].findLast((message) => message.role === 'advisor')
  await tab.until(() => (routing()?.choices ?? []).filter((choice) => choice.wish.includes('/')).length === 2)
  return {
    ...{ app, tab, near, far, conversationId, routing, lastAnswer },
    async say(text) {
      const ends = () => tab.chunks.filter((chunk) => chunk.body.kind === 'run-end').length
      const before = ends()
      const sent = await tab.send(text)
      if (sent.kind === 'ok') await tab.until(() => ends() > before)
      return sent
    },
    async routeOfLast() {
      const answer = await tab.ask('route-open', { messageId: lastAnswer()?.id ?? '' })
      return answer.kind === 'ok' ? answer.value.route : null
    },
    async close() {
      tab.close()
      await app.close()
      await Promise.all([near.close(), far.close()])
    },
  }
}

const askedSchema = z.object({
  tools: z.array(z.object({ function: z.object({ name: z.string() }) })).optional(),
})

/** Of each question to this server: the tools that the model saw. */
export function toolsSeen(server: ModelServer): string[][] {
  return server.asked.map((asked) => (askedSchema.parse(asked).tools ?? []).map((tool) => tool.function.name))
}
