import type { Rate } from '../case.ts'
import { clopperPearson, type Interval, wilson } from '../intervals.ts'
import { bootstrapped } from './bootstrap.ts'
import type { TriedModel } from './live-run.ts'
import type { Result } from './run-folder.ts'

export interface BoardRow {
  model: string
  server: string
  version: string | null
  windowTokens: number | null
  /** What its probe showed. */
  shows: { tools: 'no' | 'whole' | 'streamed'; forms: boolean; smallestTextPixels: number | null }
  /** Trials that say something about it. */
  n: number
  /** Of trials with tools: the mean over the cases, with a bootstrap interval over them. */
  passAt1: { share: number; interval: Interval } | null
  /** Of cases that were tried three times: passed each time. */
  passEach3: Rate
  /** Tool calls that could be carried out: in the server's own field, and with those found in the text. */
  toolsNative: Rate
  toolsValid: Rate
  restraint: Rate
  photos: { form: Rate; manufacturer: Rate; model: Rate; serial: Rate }
  p50Seconds: number | null
  p95Seconds: number | null
  tokensPerSecond: number | null
  costUsd: number
  verdict: Verdict
  stopped: string | null
  cases: { suite: string; name: string; passed: Rate; interval: Interval }[]
}

export type Verdict = 'Ready' | 'Assisted' | 'Reader only' | 'Not suitable' | 'Not enough tried'

export function boardRow({ entry, server, stopped }: TriedModel, all: Result[]): BoardRow {
  const results = all.filter(
    ({ model, end }) => model === entry.key && (end === 'passed' || end === 'failed'),
  )
  const of = (suite: string) => results.filter((one) => one.suite === suite)
  const tools = casesOf(of('tools'))
  const { capabilities } = entry
  const turns = results.flatMap(({ turnMs }) => turnMs).sort((a, b) => a - b)
  const [calls, misused, salvaged] = [
    sum(results, ({ toolCalls }) => toolCalls),
    sum(results, (one) => one.misused),
    sum(results, (one) => one.salvaged),
  ]
  const judged = {
    passEach3: rate(
      tools.filter(({ passes }) => passes.length >= 3).map(({ passes }) => passes.slice(0, 3).every(Boolean)),
    ),
    toolsNative: { hits: calls - misused - salvaged, of: calls },
    toolsValid: { hits: calls - misused, of: calls },
    restraint: rate(of('restraint').map(({ end }) => end === 'passed')),
    photos: {
      form: photoRate(of('photos'), 'form'),
      manufacturer: photoRate(of('photos'), 'manufacturer'),
      model: photoRate(of('photos'), 'model'),
      serial: photoRate(of('photos'), 'serial'),
    },
    p95Seconds: quantile(turns, 0.95),
  }
  const shares = tools.map(({ passes }) => passes.filter(Boolean).length / passes.length)
  return {
    ...{ model: entry.key, server: server.name, version: server.version, stopped },
    windowTokens: capabilities?.windowTokens ?? null,
    shows: {
      ...{ tools: capabilities?.tools ?? 'no', forms: capabilities?.schema ?? false },
      smallestTextPixels: capabilities?.smallestTextPixels ?? null,
    },
    n: results.length,
    passAt1: shares.length === 0 ? null : { share: mean(shares), interval: meanInterval(shares) },
    ...judged,
    p50Seconds: quantile(turns, 0.5),
    tokensPerSecond: speed(results) ?? capabilities?.tokensPerSecond ?? null,
    costUsd: sum(
      all.filter(({ model }) => model === entry.key),
      ({ costUsd }) => costUsd,
    ),
    verdict: verdictOf({ ...judged, hasTools: capabilities?.tools !== 'no', passAt1: mean(shares) }),
    cases: casesOf(results).map(({ suite, name, passes }) => {
      const passed = rate(passes)
      return { suite, name, passed, interval: wilson(passed) }
    }),
  }
}

export interface CasePasses {
  suite: string
  name: string
  /** By epoch. */
  passes: boolean[]
}

export function casesOf(results: Result[]): CasePasses[] {
  const cases = new Map<string, CasePasses>()
  for (const { suite, name, end } of [...results].sort((a, b) => a.epoch - b.epoch)) {
    const one = cases.get(`${suite} ${name}`) ?? { suite, name, passes: [] }
    one.passes.push(end === 'passed')
    cases.set(`${suite} ${name}`, one)
  }
  return [...cases.values()]
}

/** `low`: what the lower end of the Clopper–Pearson interval has to reach, since a few lucky trials prove nothing. */
const ready = {
  ...{ toolsValid: { share: 0.97, low: 0.9 }, toolsNative: { share: 0.9, low: 0.8 } },
  ...{ restraint: { share: 0.95, low: 0.85 }, passEach3: { share: 0.8, low: 0.5 } },
  p95Seconds: 30,
}
const assisted = { toolsValid: 0.9, restraint: 0.8, passAt1: 0.5 }
const reader = { form: 0.95, model: 0.5 }
/** Fewer say nothing. */
const leastTried = 5

type Judged = Pick<
  BoardRow,
  'passEach3' | 'toolsNative' | 'toolsValid' | 'restraint' | 'photos' | 'p95Seconds'
> & {
  hasTools: boolean
  passAt1: number
}

/** The first verdict whose thresholds hold. */
function verdictOf(judged: Judged): Verdict {
  const { toolsValid, restraint, passAt1, photos, hasTools } = judged
  const talks = hasTools && toolsValid.of >= leastTried && restraint.of > 0
  if (talks && isReady(judged)) return 'Ready'
  const helps = shareOf(toolsValid) >= assisted.toolsValid && shareOf(restraint) >= assisted.restraint
  if (talks && helps && passAt1 >= assisted.passAt1) return 'Assisted'
  const reads = shareOf(photos.form) >= reader.form && shareOf(photos.model) >= reader.model
  if (photos.model.of >= leastTried && reads) return 'Reader only'
  return talks || photos.model.of >= leastTried ? 'Not suitable' : 'Not enough tried'
}

function isReady({ toolsValid, toolsNative, restraint, passEach3, p95Seconds }: Judged): boolean {
  const reached = (counted: Rate, { share, low }: { share: number; low: number }) =>
    shareOf(counted) >= share && clopperPearson(counted).low >= low
  return (
    reached(toolsValid, ready.toolsValid) &&
    reached(toolsNative, ready.toolsNative) &&
    reached(restraint, ready.restraint) &&
    reached(passEach3, ready.passEach3) &&
    p95Seconds !== null &&
    p95Seconds <= ready.p95Seconds
  )
}

const shareOf = ({ hits, of }: Rate): number => (of === 0 ? 0 : hits / of)
const rate = (list: boolean[]): Rate => ({ hits: list.filter(Boolean).length, of: list.length })
const mean = (list: number[]): number => (list.length === 0 ? 0 : sum(list, (one) => one) / list.length)

/** Where every case went the same way there is nothing to draw from: then each case counts as one trial. */
function meanInterval(shares: number[]): Interval {
  const passed = shares.filter((share) => share === 1).length
  const isAllAlike = passed === shares.length || shares.every((share) => share === 0)
  return isAllAlike ? wilson({ hits: passed, of: shares.length }) : bootstrapped(shares)
}

function photoRate(results: Result[], what: string): Rate {
  return rate(results.map(({ right }) => right[what] ?? false))
}

function sum<Item>(list: Item[], of: (item: Item) => number): number {
  return list.reduce((total, item) => total + of(item), 0)
}

function speed(results: Result[]): number | null {
  const seconds = sum(results, ({ turnMs }) => sum(turnMs, (ms) => ms)) / 1000
  const tokens = sum(results, ({ outputTokens }) => outputTokens)
  return seconds > 0 && tokens > 0 ? tokens / seconds : null
}

function quantile(sortedMs: number[], share: number): number | null {
  const at = sortedMs[Math.min(sortedMs.length - 1, Math.floor(sortedMs.length * share))]
  return at === undefined ? null : at / 1000
}
