import { join } from 'node:path'
import { loadFolder } from '../mcp-servers/serving/load-folder.ts'
import type { CaseResult, RunOptions, Suite, SuiteResult } from './case.ts'
import type { LiveWorld } from './worlds/live-world.ts'

/** One thing tried in a world of its own and judged by how the world is afterwards. */
export interface Trial {
  name: string
  /** Why it has to fail: something in its world is wrong on purpose, and the check must see it. */
  mustFail?: string
  /** Judges a real model as well as the trial's own double. */
  judgesLive?: true
  /** What was wrong, one sentence each; none is a pass. A throw is a fault too. A model of `live` answers instead of the trial's own double. */
  run(live?: LiveWorld): Promise<string[]>
}

/** Trials about one thing; a file in `cases/<suite>/`. */
export interface TrialFile {
  name: string
  trials: Trial[]
}

function isTrialFile(candidate: unknown): candidate is TrialFile {
  return typeof candidate === 'object' && candidate !== null && 'trials' in candidate
}

/** A suite of the trials in `cases/<name>/`. */
export function trialSuite(name: string, about: Pick<Suite, 'startsFirst'> = {}): Suite {
  return {
    ...{ name, ...about },
    async run({ progress }) {
      const files = await loadFolder(join(import.meta.dirname, 'cases', name), isTrialFile)
      return runTrials(name, files, progress)
    },
  }
}

/** Every trial has to pass, but those that must fail have to fail: else the run is broken. */
export async function runTrials(
  suite: string,
  files: TrialFile[],
  progress: RunOptions['progress'],
): Promise<SuiteResult> {
  const broken: string[] = []
  const cases: CaseResult[] = []
  for (const file of files) cases.push(await runFile(file, progress, broken))
  return { suite, cases, broken }
}

async function runFile(
  file: TrialFile,
  progress: RunOptions['progress'],
  broken: string[],
): Promise<CaseResult> {
  const passed = { hits: 0, of: 0 }
  const mustFail = { hits: 0, of: 0 }
  const times: number[] = []
  for (const trial of file.trials) {
    const startedMs = performance.now()
    const faults = await faultsOf(trial)
    times.push(performance.now() - startedMs)
    const name = `${file.name}: ${trial.name}`
    if (trial.mustFail === undefined) {
      passed.of += 1
      if (faults.length === 0) passed.hits += 1
      broken.push(...faults.map((fault) => `${name}: ${fault}`))
      continue
    }
    mustFail.of += 1
    if (faults.length > 0) mustFail.hits += 1
    else broken.push(`${name}: expected to fail (${trial.mustFail}), and passed. The check sees nothing.`)
    progress(`${name}: expected to fail: ${faults.length > 0 ? `failed (${faults[0]})` : 'passed'}`)
  }
  progress(`${file.name}, ${file.trials.length} trials`)
  times.sort((a, b) => a - b)
  return {
    ...{ name: file.name, n: file.trials.length, medianMs: times[Math.floor(times.length / 2)] ?? 0 },
    rates: { passed, ...(mustFail.of > 0 ? { 'expected to fail: failed': mustFail } : {}) },
  }
}

async function faultsOf(trial: Trial): Promise<string[]> {
  try {
    return await trial.run()
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}
