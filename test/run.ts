import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'

/** Runs every test and ends with one plain line of counts, so that any reader of the output can tell what ran. */

const reportSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
})

const folder = mkdtempSync(join(tmpdir(), 'hwlab-test-'))
const report = join(folder, 'report.json')
const vitest = join(import.meta.dirname, '..', 'node_modules', 'vitest', 'vitest.mjs')
const run = spawnSync(
  process.execPath,
  [
    vitest,
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...process.argv.slice(2),
  ],
  { stdio: ['ignore', 'inherit', 'inherit'] },
)
const counts = reportSchema.parse(JSON.parse(readFileSync(report, 'utf8')))
rmSync(folder, { recursive: true })
const skipped = counts.numPendingTests + counts.numTodoTests
const tail = skipped > 0 ? `, ${skipped} skipped` : ''
process.stdout.write(`${counts.numPassedTests} passed, ${counts.numFailedTests} failed${tail}\n`)
process.exit(run.status ?? 1)
