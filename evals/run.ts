import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { loadFolder } from '../mcp-servers/serving/load-folder.ts'
import type { Suite, SuiteResult } from './case.ts'
import { compareReports } from './compare.ts'
import { liveCommand } from './live/live-command.ts'
import { runSideBySide } from './side-by-side.ts'
import { drawTable } from './table.ts'

/**
 * `node evals/run.ts --live [--models file|keys] [--full] [--budget-usd 0.50] [--resume]`: the operator's own models, see docs/evals.md.
 * `node evals/run.ts [suite…] [--offline] [--quick] [--json file]`: exit code 1 when a hard limit is broken, 2 for a wrong
 * suite name. `--offline`: every suite but the ones that take minutes. `--compare before.json after.json`: two reports.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    ...{ quick: { type: 'boolean', default: false }, offline: { type: 'boolean', default: false } },
    ...{ json: { type: 'string' }, compare: { type: 'boolean', default: false } },
    ...{ live: { type: 'boolean', default: false }, full: { type: 'boolean', default: false } },
    ...{ models: { type: 'string' }, 'budget-usd': { type: 'string' } },
    resume: { type: 'boolean', default: false },
  },
})

if (values.live) {
  const budgetUsd = Number(values['budget-usd'] ?? '0.50')
  if (!(budgetUsd >= 0)) {
    process.stderr.write('Write the budget as a number of US dollars: --budget-usd 0.50\n')
    process.exit(2)
  }
  const { full, resume, models } = values
  const results = join(import.meta.dirname, 'results')
  const told = (words: string) => process.stderr.write(`${words}\n`)
  process.once('SIGINT', () => {
    told('Stopped. What was answered is kept: --live --resume goes on.')
    process.exit(130)
  })
  const end = await liveCommand({ models, full, resume, budgetUsd }, results, told)
  process.stdout.write(`${end.kind === 'board' ? end.text : end.why}\n`)
  process.exit(end.kind === 'board' ? 0 : 2)
}

function isSuite(candidate: unknown): candidate is Suite {
  return typeof candidate === 'object' && candidate !== null && 'name' in candidate && 'run' in candidate
}

const [before, after] = positionals
if (values.compare && before !== undefined && after !== undefined) {
  process.stdout.write(`${compareReports(before, after)}\n`)
  process.exit(0)
}

const suites = await loadFolder(join(import.meta.dirname, 'suites'), isSuite)
const unknown = positionals.find((name) => !suites.some((suite) => suite.name === name))
if (unknown) {
  process.stderr.write(
    `There is no suite “${unknown}”. There are: ${suites.map((suite) => suite.name).join(', ')}.\n`,
  )
  process.exit(2)
}

const chosen = suites.filter(
  ({ name, takesMinutes }) =>
    (positionals.length === 0 || positionals.includes(name)) && !(values.offline && takesMinutes),
)
async function oneByOne(): Promise<SuiteResult[]> {
  const results = []
  for (const suite of chosen) {
    const progress = (words: string) => process.stderr.write(`${suite.name}: ${words}\n`)
    const result = await suite.run({ quick: values.quick, progress })
    results.push(result)
    process.stdout.write(`${drawTable(result)}\n`)
  }
  return results
}
const results = chosen.length > 1 ? await runSideBySide(chosen, values.quick) : await oneByOne()

const report = `${JSON.stringify({ at: new Date().toISOString(), quick: values.quick, results }, null, 2)}\n`
const latest = join(import.meta.dirname, 'results', 'latest.json')
for (const file of [latest, values.json].filter((path) => path !== undefined)) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, report)
}
process.exitCode = results.some((result) => result.broken.length > 0) ? 1 : 0
