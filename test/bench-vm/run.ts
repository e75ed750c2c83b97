import { bootGuest } from './boot.ts'
import { prepareGuest } from './prepare.ts'

/**
 * `npm run test:bench-vm`: HWLab's own USB code against a real kernel in a guest. `--short` runs the short form.
 * `--where-possible` ends well, and says why, where a guest cannot run here.
 */
const form = process.argv.includes('--short') ? 'short' : 'full'
const prepared = prepareGuest()
if (prepared.kind === 'not-possible') {
  process.stdout.write(`${prepared.why}\n`)
  process.exit(process.argv.includes('--where-possible') ? 0 : 1)
}
const startedMs = performance.now()
const { checks, console, ended } = await bootGuest(prepared.guest, form, ({ name, passed, words }) =>
  process.stdout.write(`${passed ? 'pass' : 'FAIL'}  ${name}${words ? `: ${words}` : ''}\n`),
)
const failed = checks.filter((check) => !check.passed)
const seconds = ((performance.now() - startedMs) / 1000).toFixed(0)
process.stdout.write(
  `Virtual USB bench (${form}), ${seconds} s: ${checks.length - failed.length} passed, ${failed.length} failed\n`,
)
if (ended !== 0 || failed.length > 0 || checks.length === 0) {
  process.stdout.write(`\nThe guest’s console:\n${console}\n`)
  process.exit(1)
}
