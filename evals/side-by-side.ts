import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Suite, SuiteResult } from './case.ts'

const atOnce = 2

/** Each suite in a process of its own, two at a time, the long ones first. */
export async function runSideBySide(suites: Suite[], quick: boolean): Promise<SuiteResult[]> {
  const folder = mkdtempSync(join(tmpdir(), 'hwlab-evals-'))
  const waiting = suites.toSorted((a, b) => Number(b.startsFirst ?? false) - Number(a.startsFirst ?? false))
  const results = new Map<string, SuiteResult>()
  async function work(): Promise<void> {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { name } = next
      const file = join(folder, `${name}.json`)
      await run([name, '--json', file, ...(quick ? ['--quick'] : [])])
      results.set(name, readResult(file))
    }
  }
  try {
    await Promise.all(Array.from({ length: atOnce }, work))
    return suites.flatMap(({ name }) => results.get(name) ?? [])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A suite that ends without a report has a bug, and the whole run ends with it. */
function readResult(file: string): SuiteResult {
  const report: { results: SuiteResult[] } = JSON.parse(readFileSync(file, 'utf8'))
  const [result] = report.results
  if (!result) throw new Error(`${file} holds no result`)
  return result
}

function run(words: string[]): Promise<void> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'run.ts'), ...words], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  return new Promise((resolve) => child.once('exit', () => resolve()))
}
