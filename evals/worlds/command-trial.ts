import { saysBack, untouched } from '../checks/end-state.ts'
import type { Trial, TrialFile } from '../trial.ts'
import { agentTrial } from './agent-trial.ts'

/** What is typed, and what has to be said back. Without a model, and nothing may be written or proposed. */
export type Typed = [text: string, ...tells: RegExp[]]

export function typedTrials(name: string, rows: Typed[]): TrialFile {
  return { name, trials: rows.map(typedTrial) }
}

function typedTrial([text, ...tells]: Typed): Trial {
  return agentTrial({
    name: text.length > 60 ? `${text.slice(0, 40)}… (${text.length} characters)` : text || '(nothing)',
    async play(world) {
      const before = world.state()
      const faults = await saysBack(world, text, tells)
      return [...faults, ...untouched(before, world.state())]
    },
  })
}
