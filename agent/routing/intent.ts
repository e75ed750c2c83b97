import { featuresOf } from './text-features.ts'

/** What a message can ask for. */
export const tasks = ['lookup', 'action', 'plan', 'research', 'explain', 'chitchat'] as const
export type Task = (typeof tasks)[number]

/** null: no task that is known (any more). */
export function taskOf(text: string | null): Task | null {
  return tasks.find((task) => task === text) ?? null
}

export interface Intent {
  /** null: nothing that is known is like it. */
  task: Task | null
  /** The example that it is most like. */
  like: string | null
}

export interface Example {
  text: string
  task: Task
}

const neighbours = 7
/** Of the votes: how far the first task must be ahead of the second. Tuned on the turns of evals/cases/routing/dev.ts. */
const marginMin = 0.12
/** Below this nothing is alike. */
const likenessMin = 0.12
/** A near neighbour counts for more than two distant ones. */
const sharpness = 2

export type ReadIntent = (text: string) => Intent

/** Finds what a text asks for by the examples that it is most like; says so when it cannot tell. */
export function openIntent(examples: Example[]): ReadIntent {
  const featured = examples.map(({ text }) => featuresOf(text))
  const rarity = rarityOf(featured)
  const known = examples.map((example, at) => ({
    example,
    vector: weighed(featured[at] ?? new Map(), rarity),
  }))

  return (text) => {
    const asked = weighed(featuresOf(text), rarity)
    const nearest = known
      .map(({ example, vector }) => ({ example, likeness: cosine(asked, vector) }))
      .sort((a, b) => b.likeness - a.likeness)
      .slice(0, neighbours)
    const [closest] = nearest
    if (!closest || closest.likeness < likenessMin) return { task: null, like: null }
    const votes = new Map<Task, number>()
    for (const { example, likeness } of nearest)
      votes.set(example.task, (votes.get(example.task) ?? 0) + likeness ** sharpness)
    const [first, second] = [...votes].sort((a, b) => b[1] - a[1])
    const total = [...votes.values()].reduce((sum, vote) => sum + vote, 0)
    const margin = ((first?.[1] ?? 0) - (second?.[1] ?? 0)) / total
    if (!first || margin < marginMin) return { task: null, like: closest.example.text }
    const like = nearest.find(({ example }) => example.task === first[0])?.example.text ?? null
    return { task: first[0], like }
  }
}

type Vector = Map<string, number>

function rarityOf(featured: Vector[]): Vector {
  const counts: Vector = new Map()
  for (const features of featured)
    for (const name of features.keys()) counts.set(name, (counts.get(name) ?? 0) + 1)
  const rarity: Vector = new Map()
  for (const [name, count] of counts) rarity.set(name, Math.log((1 + featured.length) / (1 + count)))
  return rarity
}

/** Of length 1. What no example has says nothing. */
function weighed(features: Vector, rarity: Vector): Vector {
  const vector: Vector = new Map()
  let squares = 0
  for (const [name, weight] of features) {
    const value = weight * (rarity.get(name) ?? 0)
    if (value === 0) continue
    vector.set(name, value)
    squares += value * value
  }
  const length = Math.sqrt(squares) || 1
  for (const [name, value] of vector) vector.set(name, value / length)
  return vector
}

function cosine(a: Vector, b: Vector): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a]
  let sum = 0
  for (const [name, value] of small) sum += value * (large.get(name) ?? 0)
  return sum
}
