import { join } from 'node:path'
import { loadFolder } from '../../serving/load-folder.ts'
import type { ConsoleDialect } from './dialect.ts'
import type { Prompt } from './prompt.ts'

export function isConsoleDialect(candidate: unknown): candidate is ConsoleDialect {
  return (
    typeof candidate === 'object' && candidate !== null && 'recognise' in candidate && 'read' in candidate
  )
}

export function loadDialects(): Promise<ConsoleDialect[]> {
  return loadFolder(join(import.meta.dirname, 'dialects'), isConsoleDialect)
}

/** The family that what was shown speaks for most clearly, or null. */
export function recognise(
  dialects: readonly ConsoleDialect[],
  prompt: Prompt['kind'],
  shown: string,
): ConsoleDialect | null {
  const [best] = dialects
    .filter((dialect) => dialect.prompts.includes(prompt))
    .map((dialect) => ({ dialect, points: dialect.recognise(shown) }))
    .filter(({ points }) => points > 0)
    .sort((one, other) => other.points - one.points)
  return best?.dialect ?? null
}
