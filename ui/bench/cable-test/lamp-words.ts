import type { LampStepView } from '../../../agent/protocol/cable-tests.ts'

/** "3 lit", "None lit". */
export function litWords(lit: readonly string[]): string {
  return lit.length > 0 ? `${lit.map((far) => (far === 'S' ? 'Shield' : far)).join(', ')} lit` : 'None lit'
}

/** "Near 3: 6 lit", "Near shield: none lit". */
export function stepWords({ near, lit }: Pick<LampStepView, 'near' | 'lit'>): string {
  const words = litWords(lit)
  return `${nearWords(near)}: ${lit.length > 0 ? words : words.toLowerCase()}`
}

/** "Near 3: 6 lit", or "Dark: 4, 5" for a tester that lights all its lamps at once. */
export function photoWords(steps: readonly Pick<LampStepView, 'near' | 'lit'>[]): string {
  const [only] = steps
  return only && steps.length === 1 ? stepWords(only) : `Dark: ${steps.map(({ near }) => near).join(', ')}`
}

/** "Near 3", "Near shield". */
export function nearWords(near: string): string {
  return `Near ${near === 'S' ? 'shield' : near}`
}

/** "gemma4:e4b (Ollama) says it is sure". */
export function readerWords({ modelName, isSure }: Pick<LampStepView, 'modelName' | 'isSure'>): string {
  return `${modelName} says it is ${isSure ? 'sure' : 'not sure'}`
}

export function isSameLit(one: readonly string[], other: readonly string[]): boolean {
  return [...one].sort().join() === [...other].sort().join()
}
