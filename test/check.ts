import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

/** Format, lint, types, dead code and tidiness: what must hold on every commit. */

const modules = join(import.meta.dirname, '..', 'node_modules')
const steps: { name: string; words: string[] }[] = [
  {
    name: 'format and lint',
    words: [join(modules, '@biomejs', 'biome', 'bin', 'biome'), 'check', '--error-on-warnings', '.'],
  },
  { name: 'types', words: [join(modules, 'typescript', 'bin', 'tsc'), '--noEmit'] },
  { name: 'dead code', words: [join(modules, 'knip', 'bin', 'knip.js'), '--no-progress'] },
  {
    name: 'tidiness',
    words: [join(modules, 'vitest', 'vitest.mjs'), 'run', '--project', 'tidy', '--reporter=dot'],
  },
]

for (const step of steps) {
  const startedMs = Date.now()
  const done = spawnSync(process.execPath, step.words, { stdio: ['ignore', 'inherit', 'inherit'] })
  if (done.status !== 0) {
    process.stderr.write(`check: ${step.name} failed\n`)
    process.exit(1)
  }
  process.stderr.write(`check: ${step.name} in ${((Date.now() - startedMs) / 1000).toFixed(1)} s\n`)
}
