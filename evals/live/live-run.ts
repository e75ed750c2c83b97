import type { ModelEntry } from '../../agent/models/model-entry.ts'
import type { ModelServer } from '../../agent/models/providers.ts'
import { askAboutPhoto, type LiveCase } from './live-cases.ts'
import { type LiveLab, openLiveLab } from './live-lab.ts'
import { type Measured, noMoney } from './measure.ts'
import type { Result, RunFolder } from './run-folder.ts'

export interface LiveRunOptions {
  folder: RunFolder
  servers: ModelServer[]
  cases: LiveCase[]
  epochs: number
  budgetUsd: number
  /** For each model. */
  timeBoxMs: number
  /** Monotonic, in ms. */
  nowMs(): number
  progress(words: string): void
}

/** A model that took part, and why it did not come to the end; null: it did. */
export interface TriedModel {
  entry: ModelEntry
  server: { name: string; version: string | null }
  stopped: string | null
}

/** Asks every model every case, breadth first, so that a run that ends early has a little of everything. */
export async function runLive(options: LiveRunOptions): Promise<TriedModel[]> {
  const lab = await openLiveLab({ ...options, folder: options.folder.path })
  try {
    const tried: TriedModel[] = []
    for (const entry of lab.entries()) {
      options.progress(`${entry.name}: ${options.cases.length} cases, ${options.epochs} times each`)
      const stopped = await runModel(entry.key, lab, options)
      if (stopped !== null) options.progress(`${entry.name}: ${stopped}`)
      tried.push({ entry, server: await lab.serverOf(entry.key), stopped })
    }
    return tried
  } finally {
    await lab.close()
  }
}

/** Twice in a row without an answer: whoever waits for the third waits in vain. */
const goneMax = 2

/** Why it stopped before its end; null: everything was asked. */
async function runModel(key: string, lab: LiveLab, options: LiveRunOptions): Promise<string | null> {
  const { folder, cases, epochs, timeBoxMs, nowMs, progress } = options
  const untilMs = nowMs() + timeBoxMs
  let gone = 0
  for (let epoch = 1; epoch <= epochs; epoch += 1)
    for (const one of cases) {
      if (folder.results().some((result) => isOf(result, key, one, epoch) && result.end !== 'no-answer'))
        continue
      if (nowMs() > untilMs) return 'the time is up; --resume goes on'
      const entry = await lab.find(key)
      if (!entry) return 'it is not there any more; --resume goes on'
      const tooDear = lab.tooDear(entry)
      if (tooDear !== null) return `the budget of $${options.budgetUsd} does not allow a question: ${tooDear}`
      const came = await ask(one, entry, lab)
      if (came === null) continue
      const { verdict, measured } = came
      // What a cap cut off says nothing about the model.
      if (measured.isBudgetOut || noMoney.test(verdict.why))
        return `the budget of $${options.budgetUsd} is spent`
      const isGone = measured.isGone || (measured.calls === 0 && (await lab.find(key)) === null)
      const end = isGone ? 'no-answer' : measured.calls === 0 ? 'not-asked' : verdict.end
      const { turnMs, outputTokens, costUsd, toolCalls, misused, salvaged } = measured
      folder.append({
        ...{
          model: key,
          suite: one.suite,
          name: one.name,
          epoch,
          end,
          why: verdict.why,
          right: verdict.right,
        },
        ...{ turnMs, outputTokens, costUsd, toolCalls, misused, salvaged },
      })
      progress(`${key}, ${one.suite}, ${epoch}: ${one.name}: ${end}`)
      gone = end === 'no-answer' ? gone + 1 : 0
      if (gone >= goneMax) return 'it stopped answering; --resume goes on'
    }
  return null
}

function isOf(result: Result, key: string, one: LiveCase, epoch: number): boolean {
  const { model, suite, name } = result
  return model === key && suite === one.suite && name === one.name && result.epoch === epoch
}

interface Verdict {
  end: 'passed' | 'failed'
  why: string
  right: Record<string, boolean>
}

/** null: it cannot do that at all, which its probe showed. */
async function ask(
  one: LiveCase,
  entry: ModelEntry,
  lab: LiveLab,
): Promise<{ verdict: Verdict; measured: Measured } | null> {
  const can = entry.capabilities
  if (one.kind === 'trial') {
    if (!can || can.tools === 'no') return null
    const { value, measured } = await lab.inWorld(entry.key, (live) => faultsOf(() => one.trial.run(live)))
    return {
      measured,
      verdict: { end: value.length === 0 ? 'passed' : 'failed', why: bounded(value[0]), right: {} },
    }
  }
  if (!can || can.smallestTextPixels === null) return null
  const photo = await one.photo()
  let right: Record<string, boolean> = {}
  const { value, measured } = await lab.measured(() =>
    faultsOf(async () => {
      right = await askAboutPhoto(entry, photo)
      return Object.entries(right).flatMap(([what, isRight]) => (isRight ? [] : [`${what} is wrong`]))
    }),
  )
  return {
    measured,
    verdict: { end: value.length === 0 ? 'passed' : 'failed', why: bounded(value[0]), right },
  }
}

async function faultsOf(work: () => Promise<string[]>): Promise<string[]> {
  try {
    return await work()
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}

const bounded = (words = ''): string => words.slice(0, 200)
