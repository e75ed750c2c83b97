import { join } from 'node:path'
import { commandsModel } from '../../agent/models/commands-model.ts'
import type { ModelEntry } from '../../agent/models/model-entry.ts'
import { openIntent } from '../../agent/routing/intent.ts'
import { planRoute } from '../../agent/routing/plan-route.ts'
import { shippedExamples } from '../../agent/routing/shipped-examples.ts'
import { needsTools } from '../../agent/routing/tools-for-task.ts'
import { loadFolder } from '../../mcp-servers/serving/load-folder.ts'
import type { CaseResult, Rate, Suite } from '../case.ts'
import type { Need, RoutingCase, RoutingTurn } from '../worlds/routing-case.ts'

const casesFolder = join(import.meta.dirname, '..', 'cases', 'routing')

function isCase(candidate: unknown): candidate is RoutingCase {
  return typeof candidate === 'object' && candidate !== null && 'groups' in candidate && 'split' in candidate
}

/** Where a turn went. */
interface Routed {
  tier: number
  tools: boolean
}
type Policy = (text: string) => Routed

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

function entryOf(key: string, where: 'local' | 'cloud', tier: number): ModelEntry {
  const capabilities = {
    ...{ tools: 'streamed' as const, schema: true, smallestTextPixels: null, windowTokens: 16_384 },
    ...{ countsTokens: false, logprobs: false, tokensPerSecond: null },
  }
  const price = { inputUsdPerMillion: tier, outputUsdPerMillion: tier, imageUsd: 0 }
  const { model } = commandsModel({ connections: async () => [], remembered: () => [] })
  return { key, name: key, where, tier, capabilities, price, quirks: [], model }
}

/** The router as it ships, with a model of each tier to be had. */
function ourPolicy(): Policy {
  const world = {
    commands: commandsModel({ connections: async () => [], remembered: () => [] }),
    entries: [entryOf('near', 'local', 1), entryOf('far', 'cloud', 2), entryOf('strong', 'cloud', 3)],
    readIntent: openIntent(shippedExamples),
    keepLocal: false,
    isAway: () => false,
    isSlow: () => false,
    tooDear: () => null,
  }
  return (text) => {
    const planned = planRoute({ text, hasPhotos: false, wish: { kind: 'auto' } }, world)
    if (planned.kind === 'refused') throw new Error(planned.why)
    const { first, task } = planned.route
    return { tier: first.entry.tier, tools: first.entry.tier === 0 || needsTools(task) }
  }
}

/** The router against turns that people labelled, beside always asking the same model with tools. Whoever knew would have them all. */
const routing: Suite = {
  name: 'routing',
  async run({ progress }) {
    const cases = await loadFolder(casesFolder, isCase)
    const ours = ourPolicy()
    const tested = cases.filter((one) => one.split === 'test').map((one) => measured(one, ours))
    progress(`${tested.reduce((sum, { n }) => sum + n, 0)} turns`)
    return { suite: 'routing', cases: tested, broken: brokenLimits(tested) }
  },
}

/** Of all test turns, from the targets of the project's reference: whoever breaks one has made the router worse. */
const limits = [
  { rate: 'tier acceptable', least: 0.95, most: 1 },
  { rate: 'too low', least: 0, most: 0.03 },
  { rate: 'too high', least: 0, most: 0.1 },
]

function brokenLimits(cases: CaseResult[]): string[] {
  return limits.flatMap(({ rate, least, most }) => {
    const sum = (pick: keyof Rate) => cases.reduce((total, one) => total + (one.rates[rate]?.[pick] ?? 0), 0)
    const share = sum('hits') / sum('of')
    const isKept = share >= least && share <= most
    return isKept ? [] : [`${rate}: ${(share * 100).toFixed(1)} %, wanted ${least * 100} to ${most * 100} %.`]
  })
}

function measured({ name, groups }: RoutingCase, policy: Policy): CaseResult {
  const turns = groups.flat()
  const judged = turns.map((turn) => ({ turn, wanted: acceptable[turn.need], got: policy(turn.text) }))
  const count = (is: (one: (typeof judged)[number]) => boolean): Rate => ({
    hits: judged.filter(is).length,
    of: judged.length,
  })
  const startedMs = performance.now()
  for (const { text } of turns) policy(text)
  const medianMs = (performance.now() - startedMs) / turns.length
  return {
    name,
    n: turns.length,
    rates: {
      'tier acceptable': count(({ wanted, got }) => wanted.tiers.includes(got.tier)),
      'tools right': count(({ wanted, got }) => wanted.tools === got.tools),
      both: count(({ wanted, got }) => wanted.tiers.includes(got.tier) && wanted.tools === got.tools),
      'too low': count(({ wanted, got }) => got.tier < Math.min(...wanted.tiers)),
      'too high': count(({ wanted, got }) => got.tier > Math.max(...wanted.tiers)),
      'flipped by other words': flips(groups, policy),
      'always local': count(({ wanted }) => wanted.tiers.includes(1) && wanted.tools),
      'always cloud': count(({ wanted }) => wanted.tiers.includes(2) && wanted.tools),
    },
    medianMs,
  }
}

/** Of the ways to say the same thing, those that went elsewhere than the first. */
function flips(groups: RoutingTurn[][], policy: Policy): Rate {
  const others = groups.flatMap(([first, ...rest]) => {
    if (!first) return []
    const wanted = JSON.stringify(policy(first.text))
    return rest.map(({ text }) => JSON.stringify(policy(text)) !== wanted)
  })
  return { hits: others.filter(Boolean).length, of: others.length }
}

export default routing
