import type { RunProgram } from './run-program.ts'

const programWithinMs = 5000

/** The queues of this machine's print service (CUPS); none where there is no service. */
export async function listSystemQueues(run: RunProgram): Promise<string[]> {
  const said = await run('lpstat', ['-e'], programWithinMs)
  if (said.kind !== 'ran' || said.exitCode !== 0) return []
  return said.stdout
    .split('\n')
    .map((line) => line.trim())
    .filter((name) => /^[\w.-]+$/.test(name))
}
