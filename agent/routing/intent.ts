import { featuresOf } from './text-features.ts'

/** What a message can ask for. */
export const tasks = ['lookup', 'action', 'plan', 'research', 'explain', 'chitchat'] as const
export type Task = (typeof tasks)[number]

/** null: no task that is known (any more). */
export function taskOf(text: string | null): Task | null {
  return tasks.find((task) => task === text) ?? null
}

export interface Example {
  text: string
  task: Task
}

/** What a feature counts for a task in which it was never seen. */
const smoothing = 0.1
/** What the nearest example adds when it says the very same. */
const nearestWeight = 8
/** How far the first task must be ahead of the second. These three were chosen on the examples, each tenth left out in turn, and on the turns for tuning. */
const leadMin = 1

/** null: nothing tells one task from another. */
export type ReadIntent = (text: string) => Task | null

/**
 * Reads what a text asks for from examples, in two ways that are added up. Complement naive Bayes (Rennie et al., ICML 2003) weighs a
 * word by how much rarer it is in all other tasks, so that a noun that turns up everywhere says nothing; it takes milliseconds to learn.
 * And the nearest example counts by how near it is, so that one that a person added is obeyed at once.
 */
export function openIntent(examples: Example[]): ReadIntent {
  const known = examples.map(({ text, task }) => ({
    at: tasks.indexOf(task),
    vector: unit(featuresOf(text)),
  }))
  const weights = learnt(known)
  const nearestTo = openNearest(known)

  return (text) => {
    // What no example has weighs nothing, and leaves less for the rest: a text of strange words is not guessed.
    const asked = unit(featuresOf(text))
    const scores = tasks.map(() => 0)
    for (const [name, value] of asked)
      for (const [at, weight] of (weights.get(name) ?? []).entries()) add(scores, at, value * weight)
    const nearest = nearestTo(asked)
    add(scores, nearest.at, nearestWeight * nearest.likeness ** 2)
    const ranked = tasks.map((task, at) => ({ task, score: scores[at] ?? 0 }))
    const [first, second] = ranked.sort((a, b) => b.score - a.score)
    return first && second && first.score - second.score >= leadMin ? first.task : null
  }
}

type Vector = Map<string, number>
interface Known {
  /** Its task's place in `tasks`. */
  at: number
  vector: Vector
}

/** Of each feature, for each task: the logarithm of how much likelier it is there than in all others. */
function learnt(known: Known[]): Map<string, number[]> {
  const counts = new Map<string, number[]>()
  const totals = tasks.map(() => 0)
  for (const { at, vector } of known)
    for (const [name, value] of vector) {
      const seen = counts.get(name) ?? tasks.map(() => 0)
      counts.set(name, seen)
      add(seen, at, value)
      add(totals, at, value)
    }
  const all = sum(totals)
  const spread = smoothing * counts.size
  const weightsOf = (seen: number[]) => {
    const everywhere = sum(seen)
    return seen.map((here, at) => {
      const inTask = (here + smoothing) / ((totals[at] ?? 0) + spread)
      const inOthers = (everywhere - here + smoothing) / (all - (totals[at] ?? 0) + spread)
      return Math.log(inTask / inOthers)
    })
  }
  return new Map([...counts].map(([name, seen]) => [name, weightsOf(seen)]))
}

interface Nearest {
  at: number
  likeness: number
}

function openNearest(known: Known[]): (asked: Vector) => Nearest {
  const holders = new Map<string, { index: number; value: number }[]>()
  for (const [index, { vector }] of known.entries())
    for (const [name, value] of vector) {
      const those = holders.get(name) ?? []
      holders.set(name, those)
      those.push({ index, value })
    }
  return (asked) => {
    const likeness = known.map(() => 0)
    for (const [name, value] of asked)
      for (const holder of holders.get(name) ?? []) add(likeness, holder.index, value * holder.value)
    let nearest: Nearest = { at: 0, likeness: 0 }
    for (const [index, { at }] of known.entries()) {
      const here = likeness[index] ?? 0
      if (here > nearest.likeness) nearest = { at, likeness: here }
    }
    return nearest
  }
}

/** Of length 1. */
function unit(features: Vector): Vector {
  const length = Math.sqrt(sum([...features.values()].map((value) => value * value)))
  return new Map([...features].map(([name, value]) => [name, value / length]))
}

function add(values: number[], at: number, more: number): void {
  values[at] = (values[at] ?? 0) + more
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
