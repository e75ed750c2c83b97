import { join } from 'node:path'
import { loadFolder } from '../../mcp-servers/serving/load-folder.ts'
import type { CaseResult, Rate, Suite } from '../case.ts'
import { wilson } from '../intervals.ts'
import type { Need, RoutingCase, RoutingTurn } from './routing-case.ts'
import { examplesAlone, examplesAndModel, type Policy, type Routed } from './routing-policies.ts'

const casesFolder = join(import.meta.dirname, '..', 'cases', 'routing')

export function isRoutingCase(candidate: unknown): candidate is RoutingCase {
  return typeof candidate === 'object' && candidate !== null && 'groups' in candidate && 'split' in candidate
}

/** What would do: the tiers, and whether tools are at hand. A web search is fine on this network and in the small cloud. */
const acceptable: Record<Need, { tiers: number[]; tools: boolean }> = {
  command: { tiers: [0], tools: true },
  lookup: { tiers: [1], tools: true },
  action: { tiers: [1], tools: true },
  research: { tiers: [1, 2], tools: true },
  plan: { tiers: [2], tools: true },
  explain: { tiers: [1], tools: false },
  chitchat: { tiers: [1], tools: false },
}

/** Of a scripted model that is asked where the examples do not tell. */
const errorRates = [0, 0.1, 0.25]

interface Judged {
  need: Need
  got: Routed
  /** By the same turn, with the scripted model at each of `errorRates`. */
  asked: Routed[]
}

/** The router against labelled turns: by its examples alone, with a model to ask, and beside always asking the same model with tools. Whoever knew would have them all. */
export function measureRouting(name: string, split: RoutingCase['split']): Suite {
  return {
    name,
    async run({ progress }) {
      const cases = (await loadFolder(casesFolder, isRoutingCase)).filter((one) => one.split === split)
      const turns = cases.flatMap(({ groups }) => groups.flat())
      const needs = new Map(turns.map(({ text, need }) => [text, need]))
      const askers = await Promise.all(errorRates.map((rate) => examplesAndModel(needs, rate)))
      try {
        const tested = []
        for (const one of cases)
          tested.push(
            await measured(
              one,
              examplesAlone(),
              askers.map(({ route }) => route),
            ),
          )
        progress(`${turns.length} turns`)
        return { suite: name, cases: tested, broken: brokenLimits(tested) }
      } finally {
        for (const asker of askers) await asker.close()
      }
    },
  }
}

/** Of all turns, from the targets of the project's reference. Broken when even the better end of the 95 % interval misses it. */
const limits = [
  { rate: 'tier acceptable', least: 0.95, most: 1 },
  { rate: 'too low', least: 0, most: 0.03 },
  { rate: 'too high', least: 0, most: 0.1 },
]

function brokenLimits(cases: CaseResult[]): string[] {
  return limits.flatMap(({ rate, least, most }) => {
    const total = (pick: keyof Rate) => cases.reduce((sum, one) => sum + (one.rates[rate]?.[pick] ?? 0), 0)
    const share = total('hits') / total('of')
    const { low, high } = wilson({ hits: total('hits'), of: total('of') })
    const isKept = high >= least && low <= most
    return isKept ? [] : [`${rate}: ${(share * 100).toFixed(1)} %, wanted ${least * 100} to ${most * 100} %.`]
  })
}

async function measured({ name, groups }: RoutingCase, alone: Policy, asking: Policy[]): Promise<CaseResult> {
  const turns = groups.flat()
  const startedMs = performance.now()
  for (const { text } of turns) await alone(text)
  const medianMs = (performance.now() - startedMs) / turns.length
  const judged: Judged[] = []
  for (const { text, need } of turns) {
    const asked: Routed[] = []
    for (const policy of asking) asked.push(await policy(text))
    judged.push({ need, got: await alone(text), asked })
  }
  const count = (is: (one: Judged) => boolean): Rate => ({
    hits: judged.filter(is).length,
    of: judged.length,
  })
  const withModel = errorRates.map((rate, at): [string, Rate] => [
    `both, model ${rate * 100} % wrong`,
    count(({ need, asked }) => isRight(need, asked[at])),
  ])
  return {
    name,
    n: turns.length,
    rates: {
      'tier acceptable': count(({ need, got }) => acceptable[need].tiers.includes(got.tier)),
      'tools right': count(({ need, got }) => acceptable[need].tools === got.tools),
      both: count(({ need, got }) => isRight(need, got)),
      'too low': count(({ need, got }) => got.tier < Math.min(...acceptable[need].tiers)),
      'too high': count(({ need, got }) => got.tier > Math.max(...acceptable[need].tiers)),
      abstained: count(({ got }) => got.abstained),
      'flipped by other words': await flips(groups, alone),
      ...Object.fromEntries(withModel),
      'flipped, model 10 % wrong': await flips(groups, asking[1] ?? alone),
      'always local': count(({ need }) => isRight(need, { tier: 1, tools: true })),
      'always cloud': count(({ need }) => isRight(need, { tier: 2, tools: true })),
      oracle: count(() => true),
    },
    medianMs,
  }
}

function isRight(need: Need, got: Pick<Routed, 'tier' | 'tools'> | undefined): boolean {
  const { tiers, tools } = acceptable[need]
  return got !== undefined && tiers.includes(got.tier) && got.tools === tools
}

/** Of the ways to say the same thing, those that went elsewhere than the first. */
async function flips(groups: RoutingTurn[][], policy: Policy): Promise<Rate> {
  let [hits, of] = [0, 0]
  for (const [first, ...rest] of groups) {
    if (!first) continue
    const wanted = await policy(first.text)
    for (const { text } of rest) {
      const got = await policy(text)
      of += 1
      if (got.tier !== wanted.tier || got.tools !== wanted.tools) hits += 1
    }
  }
  return { hits, of }
}
