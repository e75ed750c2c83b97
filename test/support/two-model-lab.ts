import { ableToCall, answerProbe } from '../../evals/models/answer-probe.ts'
import { type Asked, type DialectServer, openDialectServer } from '../../evals/models/open-dialect-server.ts'
import type { Step } from '../../evals/models/steps.ts'
import { openTab, type Tab } from '../../evals/worlds/tab.ts'
import { namedServer } from './named-providers.ts'
import { type AgentApp, openAgentApp } from './open-agent-app.ts'

type Reply = (asked: Asked) => Step | Step[]

/** The whole agent over a model on this machine (llama-server) and one in the cloud (OpenRouter), both scripts on loopback. */
export interface TwoModelLab {
  app: AgentApp
  tab: Tab
  near: DialectServer
  far: DialectServer
  close(): Promise<void>
}

/** Chat calls that are no trial of the model. */
const trials = /The marker is K|Look up what lies|Which colour has snow|Which characters|from 1 to 60|Say yes/

export async function openTwoModelLab(replies: { near: Reply; far: Reply }): Promise<TwoModelLab> {
  const scripted = (reply: Reply) => async (asked: Asked) =>
    (await answerProbe(asked.text, ableToCall)) ?? reply(asked)
  const near = await openDialectServer('llama-server', {
    models: [{ id: 'near', contextTokens: 32_768 }],
    reply: scripted(replies.near),
  })
  const far = await openDialectServer('openrouter', {
    models: [{ id: 'house/far', contextTokens: 131_072 }],
    reply: scripted(replies.far),
  })
  const app = await openAgentApp({
    modelServers: [
      namedServer({ id: 'near', name: 'llama-server', baseUrl: near.baseUrl }),
      namedServer({
        ...{ id: 'far', name: 'OpenRouter', baseUrl: far.baseUrl, where: 'cloud', apiKey: 'key' },
        price: { inputUsdPerMillion: 0.1, outputUsdPerMillion: 0.3, imageUsd: 0 },
      }),
    ],
  })
  const tab = await openTab(app.app.url, app.cookie)
  await tab.open()
  await tab.until(({ sections }) => {
    const models = sections.findLast(({ section }) => section === 'connections')
    return models?.section === 'connections' && models.value.filter(isModelReady).length >= 2
  })
  return {
    ...{ app, tab, near, far },
    async close() {
      tab.close()
      await app.close()
      await Promise.all([near.close(), far.close()])
    },
  }
}

const isModelReady = ({ name, tone }: { name: string; tone: string }): boolean =>
  /^(near|house\/far)/.test(name) && tone === 'good'

/** What a server was asked in use, without the trials before. */
export const askedInUse = ({ asked }: DialectServer): Asked[] =>
  asked.filter(({ text }) => !trials.test(text))
