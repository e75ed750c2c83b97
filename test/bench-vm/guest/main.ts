import { join } from 'node:path'
import { loadFolder } from '../../../mcp-servers/serving/load-folder.ts'
import type { BenchCheck } from './check.ts'
import { haveSockets } from './gadget.ts'

/** Runs in the guest: every check of the folder, one line each for the host to read. */
const form = process.argv[2] === 'full' ? 'full' : 'short'
const say = (check: { name: string; passed: boolean; words: string }) =>
  process.stdout.write(`bench-vm check ${JSON.stringify(check)}\n`)

function isCheck(candidate: unknown): candidate is BenchCheck {
  return typeof candidate === 'object' && candidate !== null && 'run' in candidate
}

if (!haveSockets()) {
  say({ name: 'the guest has USB sockets', passed: false, words: 'dummy_hcd is not there' })
  process.exit(1)
}
for (const check of await loadFolder(join(import.meta.dirname, 'checks'), isCheck)) {
  const { name } = check
  try {
    say({ name, passed: true, words: await check.run(form) })
  } catch (error) {
    say({ name, passed: false, words: error instanceof Error ? error.message : String(error) })
  }
}
process.exit(0)
