import { differs } from '../checks/faults.ts'
import { openScriptedModel, type Rule, type ScriptedServer } from '../models/scripted-model.ts'
import { type Step, say, usage } from '../models/steps.ts'
import type { Trial } from '../trial.ts'
import { type AgentWorld, openAgentWorld } from './agent-world.ts'
import { makeHomelab } from './homelab.ts'
import { within } from './within.ts'

const price = { inputUsdPerMillion: 3, outputUsdPerMillion: 15 }

/** What the provider itself wrote down. */
export interface Books {
  /** By the number of the call. */
  sold: Map<number, number>
  sum(): number
}

export interface CostWorld {
  world: AgentWorld
  cloud: ScriptedServer
  books: Books
}

interface CostTrial {
  name: string
  mustFail?: string
  /** What the cloud does with each question, and what that costs. */
  sells(question: number): { steps: Step[]; costUsd: number }
  local?: Rule[]
  /** What the provider says afterwards that a call cost; its books unless set. */
  tells?: (costUsd: number) => number
  play(house: CostWorld): Promise<string[]>
}

/** A model in the cloud that keeps books, as OpenRouter does, and perhaps one on this network; the ledger has to agree with the books. */
export function costTrial({ name, mustFail, sells, local, tells, play }: CostTrial): Trial {
  return {
    name,
    ...(mustFail === undefined ? {} : { mustFail }),
    async run() {
      const sold: Books['sold'] = new Map()
      const books: Books = { sold, sum: () => [...sold.values()].reduce((all, one) => all + one, 0) }
      const cloud = await openScriptedModel(
        [
          { said: /./, does: () => sell() },
          { got: /./, does: () => sell() },
        ],
        {
          ...{ name: 'OpenRouter', dialect: 'openrouter', where: 'cloud', tier: 3, key: 'k', price },
          model: { usdPerToken: { prompt: '0.000003', completion: '0.000015' }, contextTokens: 100_000 },
          page: (path) => generation(path, sold, tells ?? ((cost) => cost)),
        },
      )
      function sell(): Step[] {
        const { steps, costUsd } = sells(sold.size + 1)
        sold.set(cloud.asked.length, costUsd)
        return [...steps, usage({ costUsd })]
      }
      const near = local ? await openScriptedModel(local) : null
      const world = await openAgentWorld({
        models: [cloud.row, ...(near ? [near.row] : [])],
        inventory: (make) => makeHomelab(make),
      })
      try {
        const found = await play({ world, cloud, books })
        return [...found, ...(await settledAsSold(world, books))]
      } finally {
        await world.close()
        await cloud.close()
        await near?.close()
      }
    },
  }
}

/** OpenRouter's page about one call: `gen-<number>`. */
function generation(path: string, sold: Books['sold'], tells: (costUsd: number) => number): unknown {
  const call = /\/generation\?id=gen-(\d+)$/.exec(path)?.[1]
  const costUsd = sold.get(Number(call))
  return costUsd === undefined ? null : { data: { id: `gen-${call}`, total_cost: tells(costUsd) } }
}

/** Every call is settled, and the sum is the provider's. */
async function settledAsSold(world: AgentWorld, books: Books): Promise<string[]> {
  const paid = () => world.state().modelCalls.filter(({ place }) => place === 'cloud')
  const isSettled = () => paid().every(({ state }) => state === 'settled')
  await within(world.tab.until(isSettled), 10_000, 'A call was never settled.')
  const ledger = paid().reduce((all, { costUsd }) => all + (costUsd ?? 0), 0)
  return differs('the ledger', ledger.toFixed(9), books.sum().toFixed(9))
}

export const answer = (costUsd: number) => () => ({ steps: [say('Two racks.')], costUsd })
