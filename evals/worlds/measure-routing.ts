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
}

/** The router against labelled turns: by its examples alone, with a model to ask, and beside those who always ask the same model and one who knows. */
export function measureRouting(name: string, split: RoutingCase['split']): Suite {
  return {
    name,
    async run({ progress }) {
      const cases = (await loadFolder(casesFolder, isRoutingCase)).filter((one) => one.split === split)
      const groups = cases.flatMap((one) => one.groups)
      const turns = groups.flat()
      const needs = new Map(turns.map(({ text, need }) => [text, need]))
      const askers = await Promise.all(errorRates.map((rate) => examplesAndModel(needs, rate)))
      try {
        const tested = []
        for (const one of cases) tested.push(await measured(one.name, one.groups, examplesAlone()))
        const ways: [string, Policy][] = [
          ['examples alone', examplesAlone()],
          ...askers.map(({ route }, at): [string, Policy] => [
            `with a model, ${(errorRates[at] ?? 0) * 100} % wrong`,
            route,
          ]),
          ['always local', always({ tier: 1, tools: true, abstained: false })],
          ['always cloud', always({ tier: 2, tools: true, abstained: false })],
          ['oracle', async (text) => asWanted(needs.get(text) ?? 'lookup')],
        ]
        const beside = []
        for (const [way, policy] of ways) beside.push(await measured(way, groups, policy))
        progress(`${turns.length} turns`)
        return { suite: name, cases: tested, beside, broken: brokenLimits(tested) }
      } finally {
        for (const asker of askers) await asker.close()
      }
    },
  }
}

const always = (routed: Routed): Policy => {
  return async () => routed
}

/** The cheapest that would do. */
function asWanted(need: Need): Routed {
  const { tiers, tools } = acceptable[need]
  return { tier: Math.min(...tiers), tools, abstained: false }
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

async function measured(name: string, groups: RoutingTurn[][], policy: Policy): Promise<CaseResult> {
  const judged: Judged[] = []
  const startedMs = performance.now()
  for (const { text, need } of groups.flat()) judged.push({ need, got: await policy(text) })
  const medianMs = (performance.now() - startedMs) / judged.length
  const count = (is: (one: Judged) => boolean): Rate => ({
    hits: judged.filter(is).length,
    of: judged.length,
  })
  return {
    name,
    n: judged.length,
    rates: {
      'tier acceptable': count(({ need, got }) => acceptable[need].tiers.includes(got.tier)),
      'too low': count(({ need, got }) => got.tier < Math.min(...acceptable[need].tiers)),
      'too high': count(({ need, got }) => got.tier > Math.max(...acceptable[need].tiers)),
      'tools right': count(({ need, got }) => acceptable[need].tools === got.tools),
      both: count(({ need, got }) => isRight(need, got)),
      abstained: count(({ got }) => got.abstained),
      'in the cloud': count(({ got }) => got.tier > 1),
      'flipped by other words': await flips(groups, policy),
    },
    medianMs,
  }
}

function isRight(need: Need, got: Routed): boolean {
  const { tiers, tools } = acceptable[need]
  return tiers.includes(got.tier) && got.tools === tools
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
