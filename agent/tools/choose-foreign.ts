import { sizeOfTool } from '../context/size-of-messages.ts'
import type { ModelEntry } from '../models/model-entry.ts'
import { featuresOf } from '../routing/text-features.ts'
import type { Toolbox, ToolCard } from './toolbox.ts'

/** Of tools of others in one turn; a small model chooses badly among many. */
const cardsMax = { small: 4, usual: 8 } as const
const tokensMax = 1500
/** Shared words that every tool has say nothing, and neither does a single piece of a word. */
const likenessMin = 0.12

/**
 * The toolbox with the tools of others that this message is about: those of a server that it names, or else the ones that
 * are most like it. What is left over is one line that says which servers there are.
 */
export function withForeign(toolbox: Toolbox, text: string, { tier, capabilities }: ModelEntry): Toolbox {
  const all = toolbox.foreign?.cards() ?? []
  if (all.length === 0 || tier === 0 || capabilities?.tools === 'no') return toolbox
  const named = all.filter(({ server }) => names(text, server))
  // Who needs nothing of the lab for its answer gets none of these either, unless the server is named.
  const near = named.length > 0 ? named : toolbox.cards.length > 0 ? all : []
  const ranked = nearestFirst(near, text, all).filter(
    ({ likeness }) => named.length > 0 || likeness >= likenessMin,
  )
  const most = tier === 1 ? cardsMax.small : cardsMax.usual
  let left = tokensMax
  const chosen: ToolCard[] = []
  for (const { card } of ranked) {
    const size = sizeOfTool(card)
    if (chosen.length === most || size > left) continue
    chosen.push(card)
    left -= size
  }
  const servers = [...new Set(all.map(({ server }) => server))]
  const isWhole = chosen.length === all.length
  return {
    ...toolbox,
    cards: [...toolbox.cards, ...chosen],
    note: isWhole
      ? null
      : `Other servers of this lab: ${servers.join(', ')}. Their tools are there when the person names one.`,
  }
}

function names(text: string, server: string): boolean {
  return new RegExp(`(^|[^\\p{L}\\p{N}])${server}($|[^\\p{L}\\p{N}])`, 'iu').test(text)
}

/** By the features that they share with the text, the rare ones first. */
function nearestFirst(
  cards: ToolCard[],
  text: string,
  all: ToolCard[],
): { card: ToolCard; likeness: number }[] {
  const featured = new Map(all.map((card) => [card, featuresOf(`${card.tool} ${card.description}`)]))
  const counts = new Map<string, number>()
  for (const features of featured.values())
    for (const name of features.keys()) counts.set(name, (counts.get(name) ?? 0) + 1)
  const weight = (name: string, value: number) =>
    value * Math.log(1 + (1 + all.length) / (1 + (counts.get(name) ?? 0)))
  const asked = featuresOf(text)
  const lengthOf = (features: Map<string, number>) =>
    Math.hypot(...[...features].map(([name, value]) => weight(name, value))) || 1
  return cards
    .map((card) => {
      const features = featured.get(card) ?? new Map<string, number>()
      const shared = [...asked].map(
        ([name, value]) => weight(name, value) * weight(name, features.get(name) ?? 0),
      )
      const likeness = shared.reduce((sum, one) => sum + one, 0) / (lengthOf(asked) * lengthOf(features))
      return { card, likeness }
    })
    .toSorted((a, b) => b.likeness - a.likeness)
}
