/** How one of many came out. `skipped`: left alone on purpose; `failed`: it was tried, or had to be, and did not work. */
export type EachOutcome =
  | { kind: 'done'; words: string }
  | { kind: 'skipped'; why: string }
  | { kind: 'failed'; why: string }

export interface EachReport {
  /** One entry per item, in the order they were given. */
  items: { name: string; outcome: EachOutcome }[]
  done: number
  skipped: number
  failed: number
  /** "12 done, 1 skipped, 1 failed." */
  words: string
}

/**
 * Goes through a list one by one; an item that fails or throws never keeps the others from their turn. Never throws:
 * what `run` throws goes to `onFault`, and the item's own sentence says that it failed. After an abort the rest is skipped.
 */
export async function runEach<Item>(
  items: readonly Item[],
  work: {
    name(item: Item): string
    run(item: Item): Promise<EachOutcome>
    onFault(cause: unknown, name: string): void
    signal?: AbortSignal
  },
): Promise<EachReport> {
  const told: EachReport['items'] = []
  for (const item of items) {
    const name = work.name(item)
    told.push({ name, outcome: await outcomeOf(item, name) })
  }
  return reportOf(told)

  async function outcomeOf(item: Item, name: string): Promise<EachOutcome> {
    if (work.signal?.aborted) return { kind: 'skipped', why: 'It was stopped before its turn.' }
    try {
      return await work.run(item)
    } catch (cause) {
      work.onFault(cause, name)
      return { kind: 'failed', why: 'HWLab stumbled over it; the log says more. Try this one by itself.' }
    }
  }
}

function reportOf(items: EachReport['items']): EachReport {
  const count = (kind: EachOutcome['kind']) => items.filter(({ outcome }) => outcome.kind === kind).length
  const counts = { done: count('done'), skipped: count('skipped'), failed: count('failed') }
  const told = Object.entries(counts).filter(([, number]) => number > 0)
  const words = told.map(([kind, number]) => `${number} ${kind}`).join(', ')
  return { items, ...counts, words: words === '' ? 'There was nothing to do.' : `${words}.` }
}
